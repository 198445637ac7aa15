// @vitest-environment node
// The catalog and the code that uses it say the same: every key in the source is in the catalog (the compiler checks that too),
// every key of the catalog is used, and every message can be formatted.
import { globSync, readFileSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import catalog from "@words/en/console.json";

const sources = globSync("src/**/*.{ts,tsx}", { exclude: (path) => /\.test\.tsx?$/.test(String(path)) })
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const keys = Object.keys(catalog.text);

// Keys put together at run time: a family and a value that the API sends, or a choice of the page's own.
const families = [
  ...sources.matchAll(/family="([a-z_.]+)"/g),
  ...sources.matchAll(/`([a-z_.]+)\.\$\{/g),
  ...sources.matchAll(/nameOf\(\s*"([a-z_.]+)"/g),
].map(([, name]) => `${name}.`);

function isUsed(key: string): boolean {
  return sources.includes(`"${key}"`) || families.some((family) => key.startsWith(family));
}

function canBeFormatted(text: string): boolean {
  try {
    return new IntlMessageFormat(text, "en").getAst().length >= 0;
  } catch {
    return false;
  }
}

describe("words/en/console.json", () => {
  it("has no key that nothing uses", () => {
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it("has only messages that can be formatted", () => {
    const broken = Object.entries(catalog.text).filter(([, text]) => !canBeFormatted(text));
    expect(broken).toEqual([]);
  });

  it("gives every error what, why and mend", () => {
    for (const [name, words] of Object.entries(catalog.errors)) {
      expect(Object.keys(words), name).toEqual(["what", "why", "mend"]);
    }
  });
});

describe("the screens", () => {
  it("hold no sentences of their own", () => {
    const literals = [...sources.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+[.?!]?)\s*</g)].map(([, text]) => text);
    expect(literals).toEqual([]);
  });
});
