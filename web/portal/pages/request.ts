// One request as its person follows it: what the state means, until when and why, what was said, what can be done.
import { call, type Message, type PortalRequest, type Problem } from "../api";
import type { App, Page } from "../app";
import { h, type Child } from "../dom";
import { card, note, problemBox, textAt, waited, type Place } from "../faces";
import { forgetDrafts, form, textArea, type FormOptions } from "../fields";
import { calendarDay, day, hasWords, moment, nameOf, placeName, t, type WordKey } from "../words";
import { documents } from "./documents";
import { isOpen, leave, notProven } from "./shared";

type Deadline = PortalRequest["deadlines"][number];

export function requestPage(app: App, id: string): Page {
  const path = `/requests/${encodeURIComponent(id)}`;
  const load = () => call<PortalRequest>("GET", path);
  const body = waited(load, (answer) => {
    if (answer.state === "failed") return notProven(app, answer.problem);
    return [...parts(app, path, answer.value), leave(app)];
  });
  return {
    title: t("request_title"),
    content: [h("p", {}, h("a", { href: "/requests", class: "back" }, t("back"))), body],
  };
}

function parts(app: App, path: string, request: PortalRequest): HTMLElement[] {
  return [
    h("h2", { class: "what" }, nameOf("right", request.right)),
    standing(app, request),
    documents(app, path, request, (problem) => proveAgain(app, problem)),
    ...(request.refusal ? [refusal(request.refusal)] : []),
    ...(request.has_package || request.has_certificate ? [downloads(path, request)] : []),
    talk(app, path, request),
    ...(request.may_appeal ? [appeal(app, path)] : []),
    ...(request.may_withdraw ? [withdrawal(app, path)] : []),
  ];
}

function standing(app: App, request: PortalRequest): HTMLElement {
  const prove = () => {
    app.awaited = null;
    app.go("/prove");
  };
  return card(
    nameOf("state", request.state),
    textAt(app, `state.${request.state}_text` as Place, nameOf("state", `${request.state}_text`)),
    progress(request),
    request.paused && note("plain", t("request_paused")),
    request.extended && note("plain", t("request_extended")),
    isOpen(request) &&
      !request.proven &&
      note(
        "plain",
        h("p", {}, t("request_unproven")),
        h("button", { type: "button", class: "button", click: prove }, t("request_prove")),
      ),
    facts(request),
  );
}

const stages: readonly [key: WordKey, reachedIn: readonly string[]][] = [
  ["progress_received", ["received", "proving"]],
  ["progress_proven", ["verified"]],
  ["progress_work", ["planned", "approved", "running", "waiting_store", "waiting_person"]],
  ["progress_checked", ["checking", "checked"]],
  ["progress_answered", ["answered"]],
];

// Not shown for requests that left the way: refused, withdrawn, appealed, closed.
function progress(request: PortalRequest): HTMLElement | null {
  const now = stages.findIndex(([, states]) => states.includes(request.state));
  if (now < 0) return null;
  const items = stages.map(([key], index) => {
    const stage = index < now || request.state === "answered" ? "done" : index === now ? "now" : "later";
    const said = h("span", { class: "hidden" }, `: ${t(`progress_${stage}`)}`);
    return h(
      "li",
      { class: stage, ...(stage === "now" ? { "aria-current": "step" } : {}) },
      h("span", {}, t(key)),
      said,
    );
  });
  return h("ol", { class: "progress", "aria-label": t("progress") }, ...items);
}

function facts(request: PortalRequest): HTMLElement {
  const due = isOpen(request) ? request.deadlines.map((due) => deadline(due, request.law_name)) : [];
  return h(
    "dl",
    { class: "facts" },
    ...due.flat(),
    ...fact(t("request_received"), day(request.received_at)),
    ...(request.finished_at ? fact(t("request_finished"), day(request.finished_at)) : []),
    ...fact(t("request_law"), request.law_name),
    ...fact(t("request_reference"), request.id),
  );
}

function fact(name: string, ...values: Child[]): HTMLElement[] {
  return [h("dt", {}, name), h("dd", {}, ...values)];
}

function deadline(due: Deadline, law: string): HTMLElement[] {
  const { rule, article, calendar, holidays_known: known } = due;
  const when = due.day ? calendarDay(due.day) : moment(due.due);
  const period = nameOf("period", rule.unit, { count: rule.value });
  const counted = t("request_due_rule", { rule: period, article, law, from: day(due.counted_from) });
  const holidays = known ? t("request_due_calendar", { calendar: calendarName(calendar) }) : t("request_due_weekends");
  const name = due.duty === "answer" ? t("request_due") : t("request_due_ack");
  return fact(name, h("strong", {}, when), h("p", { class: "help" }, `${counted}. ${holidays}`));
}

// Of a country or a state by its code; other calendars have no name in every language.
function calendarName(calendar: string): string {
  return /^[A-Z]{2}$/.test(calendar) || hasWords(`place.${calendar}`) ? placeName(calendar) : calendar;
}

function refusal({ text, article, remedies }: NonNullable<PortalRequest["refusal"]>): HTMLElement {
  return card(
    t("refusal_title"),
    h("p", { class: "written", dir: "auto" }, text),
    h("p", {}, t("refusal_article", { article })),
    h("p", {}, t("refusal_message")),
    remedies.length > 0 && h("h3", {}, t("refusal_remedies")),
    remedies.length > 0 && h("ul", { lang: "en" }, ...remedies.map((remedy) => h("li", {}, remedy))),
  );
}

function downloads(path: string, request: PortalRequest): HTMLElement {
  const link = (file: "package" | "certificate" | "certificate/document", said: "package" | "certificate" | "page") => [
    h("p", {}, h("a", { href: `/v1/portal${path}/${file}`, download: true, class: "button" }, t(`download_${said}`))),
    h("p", { class: "help" }, t(`download_${said}_help`)),
  ];
  return card(
    t("downloads_title"),
    ...(request.has_package ? link("package", "package") : []),
    ...(request.has_certificate
      ? [...link("certificate/document", "page"), ...link("certificate", "certificate")]
      : []),
  );
}

function talk(app: App, path: string, request: PortalRequest): HTMLElement {
  const load = () => call<{ items: Message[] }>("GET", `${path}/messages`);
  const text = textArea({ name: `talk.${request.id}`, label: t("talk_write") });
  const place = h("div", {});
  const show = () =>
    place.replaceChildren(
      waited(load, (answer) => {
        if (answer.state === "failed") return problemBox(answer.problem, show);
        const { items } = answer.value;
        return items.length === 0
          ? h("p", { class: "help" }, t("talk_empty"))
          : h("ol", { class: "talk" }, ...items.map((message) => said(app, message)));
      }),
    );
  show();
  const outcome = h("div", {});
  const write = form(
    {
      submit: t("talk_send"),
      fields: [text],
      check: () => (text.read() === "" ? [{ field: text, reason: t("missing.text") }] : []),
      send: () => call("POST", `${path}/messages`, { text: text.read() }),
      sent: () => {
        forgetDrafts(`talk.${request.id}`);
        (text.control as HTMLTextAreaElement).value = "";
        outcome.replaceChildren(note("good", t("talk_sent")));
        show();
      },
      failed: (problem) => proveAgain(app, problem),
    },
    text.element,
  );
  return card(t("talk_title"), place, outcome, write);
}

function said(app: App, message: Message): HTMLElement {
  const mine = message.direction === "from_person";
  const at = moment(message.at);
  const from = mine ? t("talk_from_you", { at }) : t("talk_from_us", { organization: app.about.organization, at });
  return h(
    "li",
    { class: mine ? "mine" : "theirs" },
    h("p", { class: "help" }, from),
    h("p", { class: "written", dir: "auto" }, message.text),
  );
}

function appeal(app: App, path: string): HTMLElement {
  const text = textArea({ name: `appeal.${path}`, label: t("appeal_text") });
  return folded(
    t("appeal_title"),
    app,
    {
      submit: t("appeal_do"),
      fields: [text],
      check: () => (text.read() === "" ? [{ field: text, reason: t("missing.text") }] : []),
      send: () => call("POST", `${path}/appeal`, { text: text.read() }),
      sent: () => {
        forgetDrafts(`appeal.${path}`);
        app.draw();
      },
    },
    text.element,
  );
}

function withdrawal(app: App, path: string): HTMLElement {
  const options = {
    submit: t("withdraw_do"),
    danger: true,
    fields: [],
    send: () => call("POST", `${path}/withdrawal`),
    sent: () => app.draw(),
  };
  return folded(t("withdraw_title"), app, options, h("p", {}, t("withdraw_text")));
}

// Opened by hand, so that nobody takes a request back by the first key.
function folded(title: string, app: App, options: FormOptions, ...children: Child[]): HTMLElement {
  const failed = (problem: Problem) => proveAgain(app, problem);
  return h("details", { class: "card" }, h("summary", {}, title), form({ ...options, failed }, ...children));
}

// The proof ran out while somebody wrote: what was written stays, and comes back with the page.
function proveAgain(app: App, problem: Problem): boolean {
  if (problem.code !== "rights.not_signed_in") return false;
  app.proofIsOver = true;
  app.awaited = null;
  app.go("/prove");
  return true;
}
