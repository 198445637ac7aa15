import { call, type Schemas } from "../api";
import type { App, Page } from "../app";
import { h } from "../dom";
import { card, note, problemBox, textAt, waited } from "../faces";
import { nameOf, t, type WordKey } from "../words";

export function startPage(app: App): Page {
  const { organization, face } = app.about;
  const left = app.goodbye ? note("good", t("left")) : null;
  app.goodbye = false;
  return {
    title: t("title", { organization }),
    content: [
      ...(left === null ? [] : [left]),
      textAt(app, "start_lead", t("start_lead", { organization }), "lead"),
      h(
        "ul",
        { class: "ways" },
        way("/ask", "start_ask_title", "start_ask_text"),
        way("/requests", "start_follow_title", "start_follow_text"),
        way("/verify", "start_verify_title", "start_verify_text"),
      ),
      card(t("steps_title"), h("ol", { class: "steps" }, ...steps.map((key) => h("li", {}, t(key))))),
      ...(face.show_holdings === true ? [holdings(app)] : []),
    ],
  };
}

const steps = ["step_1", "step_2", "step_3", "step_4"] as const;

function way(path: string, title: WordKey, text: WordKey): HTMLElement {
  return h("li", {}, h("a", { href: path }, t(title)), h("p", {}, t(text)));
}

function holdings(app: App): HTMLElement {
  const load = () => call<{ items: Schemas["PortalHolding"][] }>("GET", "/holdings");
  return card(
    t("holdings_title"),
    waited(load, (answer) => {
      if (answer.state === "failed") return problemBox(answer.problem, () => app.draw());
      if (answer.value.items.length === 0) return h("p", {}, t("holdings_empty"));
      const items = answer.value.items.map(({ category, purposes }) =>
        h(
          "li",
          {},
          nameOf("held", category),
          purposes.length === 0
            ? null
            : h("p", { class: "help" }, t("holdings_why", { purposes: purposes.join("; ") })),
        ),
      );
      return h("div", {}, textAt(app, "holdings_lead", t("holdings_lead")), h("ul", { class: "holdings" }, ...items));
    }),
  );
}
