import { call, type PortalRequest } from "../api";
import type { App, Page } from "../app";
import { h } from "../dom";
import { note, textAt, waited } from "../faces";
import { day, nameOf, t } from "../words";
import { dueOf, leave, notProven } from "./shared";

export function requestsPage(app: App): Page {
  const load = () => call<{ items: PortalRequest[] }>("GET", "/requests");
  const list = waited(load, (answer) => {
    if (answer.state === "failed") return notProven(app, answer.problem);
    const { items } = answer.value;
    if (items.length === 0) return [h("p", {}, t("list_empty")), leave(app)];
    return [h("ul", { class: "requests" }, ...items.map(line)), leave(app)];
  });
  const thanks = app.asked ? note("good", textAt(app, "asked_thanks", t("asked_thanks"))) : null;
  app.asked = false;
  return { title: t("list_title"), content: [thanks, list] };
}

function line(request: PortalRequest): HTMLElement {
  const due = dueOf(request);
  const right = nameOf("right", request.right);
  const received = day(request.received_at);
  return h(
    "li",
    {},
    h("a", { href: `/requests/${request.id}`, "aria-label": t("list_open", { right, day: received }) }, right),
    h("p", {}, h("span", { class: `state ${request.state}` }, nameOf("state", request.state))),
    h(
      "p",
      { class: "help" },
      t("list_received", { day: received }),
      due === null ? null : ` · ${t("request_due")} ${due}`,
    ),
  );
}
