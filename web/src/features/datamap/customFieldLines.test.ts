import { expect, test } from "vitest";
import { customFieldsOf, linesOf } from "./customFieldLines";

test("lines become names and values, and the other way round", () => {
  const fields = [
    { name: "Contract", value: "2026/17" },
    { name: "Page", value: "https://wiki.example.org/shop" },
  ];
  expect(linesOf(fields)).toBe("Contract: 2026/17\nPage: https://wiki.example.org/shop");
  expect(customFieldsOf(linesOf(fields))).toEqual(fields);
});

test("a line without a colon is a name, and empty lines are nothing", () => {
  expect(customFieldsOf("\n Audited \n\n")).toEqual([{ name: "Audited", value: "" }]);
  expect(customFieldsOf("")).toEqual([]);
});
