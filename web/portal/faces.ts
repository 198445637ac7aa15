// What every page shows while it waits, when something failed, and when it worked.
import type { Problem } from "./api";
import { paragraphsOf } from "../src/words/formatted";
import type { App } from "./app";
import { h, type Child } from "./dom";
import { currentLanguage, hasWords, t, type WordKey } from "./words";

export function loading(): HTMLElement {
  return h(
    "div",
    { class: "loading", role: "status", "aria-label": t("loading") },
    h("span", { class: "bar" }),
    h("span", { class: "bar short" }),
    h("span", { class: "bar" }),
  );
}

export function problemText(problem: Problem): string {
  const key = `problem.${problem.code}`;
  if (!hasWords(key)) return t("problem.refused");
  return t(key, { minutes: Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 60) / 60)) });
}

export function problemBox(problem: Problem, retry?: () => void): HTMLElement {
  return h(
    "div",
    { class: "note problem", role: "alert" },
    h("strong", {}, t("problem_title")),
    h("p", {}, problemText(problem)),
    retry && h("button", { type: "button", class: "button quiet", click: retry }, t("retry")),
  );
}

// Paragraphs and links.
function formatted(text: string): HTMLElement[] {
  return paragraphsOf(text).map((pieces) =>
    h(
      "p",
      { class: "written" },
      ...pieces.map((piece) => (typeof piece === "string" ? piece : h("a", { href: piece.href }, piece.words))),
    ),
  );
}

// A place that the company may word (src/settings/portal_text.h): a word of the catalog, or a place that has none there.
export type Place = WordKey | "imprint";

// What stands at `place`: the company's own words, else the built-in ones, if there are any.
export function textAt(app: App, place: Place, builtIn: string | null, look = ""): HTMLElement | null {
  const text = app.about.own_texts[currentLanguage()]?.[place] ?? builtIn;
  return text === null ? null : h("div", { class: `text ${look}` }, ...formatted(text));
}

export function note(kind: "good" | "plain", ...children: Child[]): HTMLElement {
  return h("div", { class: `note ${kind}`, role: "status" }, ...children);
}

export function card(title: string, ...children: Child[]): HTMLElement {
  const heading = h("h2", {}, title);
  return h("section", { class: "card" }, heading, ...children);
}

// Draws what `load` brings into a place that says meanwhile that it waits.
export function waited<T>(load: () => Promise<T>, draw: (value: T) => Child | Child[]): HTMLElement {
  const place = h("div", {}, loading());
  void load().then((value) => {
    const drawn = draw(value);
    place.replaceChildren(...(Array.isArray(drawn) ? drawn : [drawn]).filter((child) => child instanceof Node));
  });
  return place;
}
