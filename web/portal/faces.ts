// What every page shows while it waits, when something failed, and when it worked.
import type { Problem } from "./api";
import { h, type Child } from "./dom";
import { hasWords, t } from "./words";

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
