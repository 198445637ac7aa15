// What the pages of somebody who has proven an address share.
import { call, type PortalRequest, type Problem } from "../api";
import type { App } from "../app";
import { h } from "../dom";
import { problemBox } from "../faces";
import { forgetDrafts } from "../fields";
import { calendarDay, moment, t } from "../words";

const ended = ["answered", "refused", "withdrawn", "closed"];

export function isOpen(request: PortalRequest): boolean {
  return !ended.includes(request.state);
}

// The day of the answer; nothing once there is nothing to wait for.
export function dueOf(request: PortalRequest): string | null {
  const deadline = isOpen(request) ? request.deadlines.find(({ duty }) => duty === "answer") : undefined;
  if (deadline === undefined) return null;
  return deadline.day ? calendarDay(deadline.day) : moment(deadline.due);
}

// Who is not proven, or no longer, is led to the code and back; everything else is a problem.
export function notProven(app: App, problem: Problem): HTMLElement {
  if (problem.code !== "rights.not_signed_in") return problemBox(problem, () => app.draw());
  queueMicrotask(() => app.go("/prove"));
  return h("div", {});
}

export function leave(app: App): HTMLElement {
  const go = async () => {
    await call("DELETE", "/visits");
    forgetDrafts();
    app.goodbye = true;
    app.go("/");
  };
  return h(
    "p",
    { class: "leave" },
    h("button", { type: "button", class: "button quiet", click: () => void go() }, t("leave")),
  );
}
