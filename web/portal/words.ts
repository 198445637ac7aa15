// Every word of the portal, from words/<language>/portal.json. A visitor downloads one language; tests/portal_words.test.ts holds the
// four against each other and against this code.
import { IntlMessageFormat } from "intl-messageformat";
import type english from "@words/en/portal.json";

export type WordKey = keyof typeof english.text;
export type WordParameters = Record<string, string | number>;

export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];

const catalogs: Record<Language, () => Promise<{ default: { text: Record<string, string> } }>> = {
  en: () => import("@words/en/portal.json"),
  de: () => import("@words/de/portal.json"),
  fr: () => import("@words/fr/portal.json"),
  es: () => import("@words/es/portal.json"),
};
// Right to left, for languages that are still to come.
const writtenFromTheRight = /^(ar|fa|he|ur)\b/;
const remembered = "privity-portal-language";

let language: Language = "en";
let texts: Record<string, string> = {};

export function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}

export function currentLanguage(): Language {
  return language;
}

// What the link asks for, what was chosen here before, what the browser asks for (its Accept-Language).
export function preferredLanguage(link: string | null): Language {
  const wishes = [link, localStorage.getItem(remembered), ...navigator.languages];
  for (const wish of wishes) {
    const tag = (wish ?? "").split("-")[0] ?? "";
    if (isLanguage(tag)) return tag;
  }
  return "en";
}

export async function speak(wanted: Language): Promise<void> {
  texts = (await catalogs[wanted]()).default.text;
  language = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = writtenFromTheRight.test(wanted) ? "rtl" : "ltr";
}

export function remember(chosen: Language): void {
  localStorage.setItem(remembered, chosen);
}

export function t(key: WordKey, parameters?: WordParameters): string {
  return String(new IntlMessageFormat(texts[key] ?? key, language).format(parameters));
}

export function hasWords(key: string): key is WordKey {
  return Object.hasOwn(texts, key);
}

// The name of a value that the API sends; one that a newer server knows and this page does not is shown as it is.
export function nameOf(family: string, value: string, parameters?: WordParameters): string {
  const key = `${family}.${value}`;
  return hasWords(key) ? t(key, parameters) : value.replaceAll("_", " ");
}

export function day(instant: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(instant));
}

// A calendar day without a time: never shifted by the reader's time zone.
export function calendarDay(date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

export function moment(instant: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}

export function placeName(code: string): string {
  const own = `place.${code}`;
  if (hasWords(own)) return t(own);
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}
