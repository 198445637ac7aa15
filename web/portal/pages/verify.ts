// A certificate, checked where its reader is. Nothing leaves the browser.
import type { App, Page } from "../app";
import { h } from "../dom";
import { card, note, textAt } from "../faces";
import { textArea } from "../fields";
import { moment, nameOf, t, type WordKey } from "../words";
import type { Certificate, Verdict } from "../certificate";

type Result = Verdict | { state: "broken"; fault: "no_file" | "too_large" };

export function verifyPage(app: App): Page {
  const input = h("input", {
    type: "file",
    id: "certificate",
    accept: ".json,application/json",
    "aria-describedby": "certificate-drop",
  });
  const key = textArea({
    name: "verify.key",
    label: t("verify_key"),
    help: t("verify_key_help"),
    initial: app.about.verifier,
    attributes: { rows: 4, maxlength: 300, spellcheck: "false", autocomplete: "off", class: "key" },
  });
  const outcome = h("div", { "aria-live": "polite" });
  const show = async (file: File | undefined) => outcome.replaceChildren(...drawn(await judged(file, key.read())));
  const submit = (event: Event) => {
    event.preventDefault();
    void show(input.files?.[0]);
  };
  const drop = (event: Event) => {
    event.preventDefault();
    const files = (event as DragEvent).dataTransfer?.files;
    if (files !== undefined) input.files = files;
    void show(files?.[0]);
  };
  const place = h(
    "div",
    { class: "card drop", dragover: (event) => event.preventDefault(), drop },
    h(
      "div",
      { class: "field" },
      h("label", { for: "certificate" }, t("verify_file")),
      input,
      h("p", { class: "help", id: "certificate-drop" }, t("verify_drop")),
    ),
    key.element,
  );
  const button = h("button", { type: "submit", class: "button" }, t("verify_do"));
  return {
    title: t("verify_title"),
    content: [
      textAt(app, "verify_lead", t("verify_lead"), "lead"),
      h("form", { novalidate: true, submit }, place, button),
      outcome,
    ],
  };
}

async function judged(file: File | undefined, key: string): Promise<Result> {
  if (file === undefined) return { state: "broken", fault: "no_file" };
  const { certificateBytesMax, verify } = await import("../certificate");
  if (file.size > certificateBytesMax) return { state: "broken", fault: "too_large" };
  return verify(await file.text(), key);
}

// Nothing is said of the certificate when it was not looked at.
const notJudged: readonly string[] = ["no_file", "too_large", "key_malformed"];

function drawn(result: Result): HTMLElement[] {
  if (result.state === "broken") {
    const title = notJudged.includes(result.fault) ? t("problem_title") : t("verify_broken");
    return [
      h(
        "div",
        { class: "note problem", role: "alert" },
        h("strong", {}, title),
        h("p", {}, nameOf("verify_problem", result.fault)),
      ),
    ];
  }
  const { certificate, complete } = result;
  return [
    note(
      "good",
      h("strong", {}, t("verify_holds")),
      h("p", {}, t("verify_holds_text", { count: certificate.entries.length })),
      h("p", {}, t(complete ? "verify_complete" : "verify_incomplete")),
      h("p", {}, t("verify_limits")),
    ),
    card(t("verify_table"), issued(certificate), table(certificate)),
  ];
}

function issued({ issued_at: at, origin }: Certificate): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    h("dt", {}, t("verify_issued")),
    h("dd", {}, moment(at)),
    h("dt", {}, t("verify_origin")),
    h("dd", {}, origin),
  );
}

const isShredded = ({ collections }: Certificate) => collections.some(({ shredded = 0 }) => shredded > 0);

function columnsOf(certificate: Certificate): readonly WordKey[] {
  const changed = certificate.act === "change" ? "verify_replaced" : "verify_changed";
  const shredded: readonly WordKey[] = isShredded(certificate) ? ["verify_shredded"] : [];
  return ["verify_where", "verify_found", "verify_deleted", changed, ...shredded, "verify_kept", "verify_not_done"];
}

function table(certificate: Certificate): HTMLElement {
  const { collections } = certificate;
  const columns = columnsOf(certificate);
  const rows = collections.map((one) => {
    const { dataset, space, name } = one.id;
    const where = [dataset, space, name].filter((part) => part !== "").join(" / ");
    const shredded = one.shredded ?? 0;
    const open = one.found - one.deleted - one.changed - shredded - one.kept;
    const sealed = isShredded(certificate) ? [shredded] : [];
    return [where, one.found, one.deleted, one.changed, ...sealed, one.kept, open];
  });
  const head = h("tr", {}, ...columns.map((key) => h("th", { scope: "col" }, t(key))));
  const body = rows.map(([where, ...numbers]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, String(where)),
      ...numbers.map((number, at) => h("td", { "data-column": t(columns[at + 1] ?? "verify_found") }, String(number))),
    ),
  );
  return h("table", {}, h("thead", {}, head), h("tbody", {}, ...body));
}
