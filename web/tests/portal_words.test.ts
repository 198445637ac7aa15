// @vitest-environment node
// The portal speaks four languages, each whole: the same keys, the same arguments, every message formattable in its language, and no key
// that the pages do not use.
import { globSync, readFileSync } from "node:fs";
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import english from "@words/en/portal.json";
import french from "@words/fr/portal.json";
import german from "@words/de/portal.json";
import spanish from "@words/es/portal.json";

const catalogs: Record<string, Record<string, string>> = {
  de: german.text,
  en: english.text,
  es: spanish.text,
  fr: french.text,
};
const sources = globSync("portal/**/*.ts", { exclude: (path) => String(path).endsWith(".d.ts") })
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
// Keys put together from a family and a value that the API sends.
const families = [...sources.matchAll(/nameOf\(\s*"([a-z_.]+)"/g), ...sources.matchAll(/`([a-z_.]+[._])\$\{/g)].map(
  ([, name]) => (name?.endsWith("_") || name?.endsWith(".") ? name : `${name}.`),
);

function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.argument) return [element.value];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))];
  });
}

for (const [language, texts] of Object.entries(catalogs)) {
  describe(`words/${language}/portal.json`, () => {
    it("has every key of English, in its order", () => {
      expect(Object.keys(texts)).toEqual(Object.keys(english.text));
    });

    it("has the arguments of English in every message", () => {
      for (const [key, text] of Object.entries(texts)) {
        const wanted = new Set(argumentsOf(parse(catalogs["en"]?.[key] ?? "")));
        expect(new Set(argumentsOf(parse(text))), key).toEqual(wanted);
      }
    });

    it("has no empty message and none that cannot be formatted", () => {
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).not.toBe("");
        expect(() => new IntlMessageFormat(text, language), key).not.toThrow();
      }
    });
  });
}

describe("the portal's pages", () => {
  it("use every key", () => {
    const unused = Object.keys(english.text).filter(
      (key) => !sources.includes(`"${key}"`) && !families.some((family) => key.startsWith(family ?? "")),
    );
    expect(unused).toEqual([]);
  });

  it("hold no sentences of their own", () => {
    const literals = [...sources.replaceAll(/\/\/.*$/gm, "").matchAll(/"([A-Z][a-z]+(?: [a-z]+)+[.?!]?)"/g)].map(
      ([, text]) => text,
    );
    expect(literals).toEqual([]);
  });

  it("use sides that turn around with the direction of writing", () => {
    const style = readFileSync("portal/style.css", "utf8");
    const physical =
      /^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:|text-align:\s*(?:left|right)/gm;
    expect(style.match(physical)).toBeNull();
  });
});
