// Every word that the console shows: ICU MessageFormat texts, from the catalogs that the server and the mails share. What the entry
// pages and the frame say is in words/<language>/console.json and comes with the first visit; what only screens say is in
// console.screens.json and comes with the first screen. A key is checked by the compiler against the English files;
// tests/words.test.ts checks that each key is used, and stands where it is needed.
import { IntlMessageFormat } from "intl-messageformat";
import english from "@words/en/console.json";
import type englishScreens from "@words/en/console.screens.json";

export type WordKey = keyof typeof english.text | keyof typeof englishScreens.text;
export type WordParameters = Record<string, string | number | Date>;

const language = "en";
const texts: Record<string, string> = { ...english.text };
const compiled = new Map<string, IntlMessageFormat>();

export async function loadScreenWords(): Promise<void> {
  Object.assign(texts, (await import("@words/en/console.screens.json")).text);
}

export function t(key: WordKey, parameters?: WordParameters): string {
  return format(key, parameters);
}

// The name of a value that the API sends (a state, a kind). Values that the catalog does not know are shown as they are, made
// readable: a newer server must not break an older page.
export function nameOf(family: string, value: string): string {
  const key = `${family}.${value}`;
  return hasWords(key) ? t(key) : humanize(value);
}

export function hasWords(key: string): key is WordKey {
  return Object.hasOwn(texts, key);
}

export function humanize(name: string): string {
  const spaced = name.replaceAll(/[_.-]+/g, " ").trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

// What, why and how to mend of the few errors that arise in the page itself and never reach the server.
export function errorWords(name: keyof typeof english.errors): { what: string; why: string; mend: string } {
  return english.errors[name];
}

// A message of another catalog.
export function formatted(text: string, parameters: WordParameters): string {
  return String(new IntlMessageFormat(text, language).format(parameters));
}

function format(key: WordKey, parameters?: WordParameters): string {
  let message = compiled.get(key);
  if (message === undefined) {
    message = new IntlMessageFormat(texts[key] ?? key, language);
    compiled.set(key, message);
  }
  return String(message.format(parameters));
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

// "3.1 MB": decimal units, as operating systems and browsers show them.
export function byteSize(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), byteUnits.length - 1);
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: byteUnits[power],
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** power);
}
