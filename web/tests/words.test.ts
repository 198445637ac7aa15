// @vitest-environment node
// The catalog and the code that uses it say the same: every key in the source is in the catalog (the compiler checks that too),
// every key of the catalog is used, and every message can be formatted.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import catalog from "@words/en/console.json";
import screensCatalog from "@words/en/console.screens.json";

const sources = globSync("src/**/*.{ts,tsx}", { exclude: (path) => /\.test\.tsx?$/.test(String(path)) })
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const firstKeys = Object.keys(catalog.text);
const screenKeys = Object.keys(screensCatalog.text);

// Which keys a source uses: written out, or put together at run time of a family and a value that the API sends or the page chooses.
function usedIn(source: string): (key: string) => boolean {
  const families = [
    ...source.matchAll(/family="([a-z_.]+)"/g),
    ...source.matchAll(/`([a-z_.]+)\.\$\{/g),
    ...source.matchAll(/nameOf\(\s*"([a-z_.]+)"/g),
  ].map(([, name]) => `${name}.`);
  return (key) => source.includes(`"${key}"`) || families.some((family) => key.startsWith(family));
}

// The files that come with a first visit: what the page and its entry pages import, but not what they import later.
function firstVisit(): string[] {
  const entries = ["SignIn", "SetUp", "ForgottenPassword", "OneTimeLink"];
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const source = readFileSync(path, "utf8");
    for (const [, type, name = ""] of source.matchAll(/^(?:import|export)( type)?[^;]*?from "(\.[^"]+)"/gm)) {
      const imported = [".ts", ".tsx"].map((end) => join(dirname(path), name) + end).find(existsSync);
      if (type === undefined && imported !== undefined) visit(imported);
    }
  };
  visit("src/main.tsx");
  globSync("src/features/*/feature.ts").forEach(visit);
  entries.forEach((name) => visit(`src/features/identity/entry/${name}.tsx`));
  return [...found];
}

function canBeFormatted(text: string): boolean {
  try {
    return new IntlMessageFormat(text, "en").getAst().length >= 0;
  } catch {
    return false;
  }
}

describe("the console's words", () => {
  it("have no key that nothing uses", () => {
    const isUsed = usedIn(sources);
    expect([...firstKeys, ...screenKeys].filter((key) => !isUsed(key))).toEqual([]);
  });

  it("are in console.json where a first visit needs them, and in console.screens.json where not", () => {
    const isFirst = usedIn(
      firstVisit()
        .map((path) => readFileSync(path, "utf8"))
        .join("\n"),
    );
    expect(
      screenKeys.filter((key) => isFirst(key)),
      "to console.json",
    ).toEqual([]);
    expect(
      firstKeys.filter((key) => !isFirst(key)),
      "to console.screens.json",
    ).toEqual([]);
  });

  it("can all be formatted", () => {
    const texts = Object.entries({ ...catalog.text, ...screensCatalog.text });
    const broken = texts.filter(([, text]) => !canBeFormatted(text));
    expect(broken).toEqual([]);
  });

  it("give every error what, why and mend", () => {
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
