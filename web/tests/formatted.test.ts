// @vitest-environment node
import { expect, it } from "vitest";
import { paragraphsOf } from "../src/words/formatted";

it("ends paragraphs at empty lines, and keeps the other ends of lines", () => {
  expect(paragraphsOf("One\nmore.\n\n \n\nTwo.\n")).toEqual([["One\nmore."], ["Two."]]);
});

it("makes links of safe addresses alone", () => {
  expect(paragraphsOf("Read [our notice](https://example.org/a?b=c) or [write](mailto:a@example.org).")).toEqual([
    [
      "Read ",
      { words: "our notice", href: "https://example.org/a?b=c" },
      " or ",
      { words: "write", href: "mailto:a@example.org" },
      ".",
    ],
  ]);
});

it.each([
  "[x](javascript:alert(1))",
  "[x](http://example.org)",
  "[x](data:text/html,x)",
  "[x]( https://example.org)",
  "[x] (https://example.org)",
  "[](https://example.org)",
  "<a href='https://example.org'>x</a>",
])("shows %s as it is written", (text) => {
  expect(paragraphsOf(text)).toEqual([[text]]);
});
