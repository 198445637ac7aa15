// The copy of an identity document as a proof: what to cover first, what becomes of it, and taking it back.
import { call, sendFile, type PortalDocument, type PortalRequest, type Problem } from "../api";
import type { App } from "../app";
import { h } from "../dom";
import { card, note, problemBox } from "../faces";
import { form, showRefusal, type Field } from "../fields";
import { moment, nameOf, t } from "../words";

const megabytesMax = 10;
const days = 14;
const formats = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp";

// Nothing where the request takes none and none was given.
export function documents(
  app: App,
  path: string,
  request: PortalRequest,
  failed: (problem: Problem) => boolean,
): HTMLElement {
  const place = h("div", {});
  const show = async () => {
    const given = await call<{ items: PortalDocument[] }>("GET", `${path}/documents`);
    if (given.state === "failed") {
      place.replaceChildren(problemBox(given.problem, () => void show()));
      return;
    }
    const { items } = given.value;
    if (items.length === 0 && !request.takes_document) return;
    place.replaceChildren(
      card(
        t("document_title"),
        ...(items.length === 0 ? [] : [list(path, items, () => app.draw())]),
        ...(request.takes_document ? [giving(app, path, failed)] : []),
      ),
    );
  };
  void show();
  return place;
}

function list(path: string, items: readonly PortalDocument[], changed: () => void): HTMLElement {
  const outcome = h("div", { class: "outcome", "aria-live": "polite" });
  const takeBack = async (document: PortalDocument) => {
    const answer = await call("DELETE", `${path}/documents/${document.id}`);
    if (answer.state === "failed") outcome.replaceChildren(problemBox(answer.problem));
    else changed();
  };
  const line = (document: PortalDocument) =>
    h(
      "li",
      {},
      h(
        "p",
        {},
        t("document_line", { format: document.format.toUpperCase(), at: moment(document.given_at) }),
        ": ",
        h("strong", {}, nameOf("document_outcome", document.outcome)),
      ),
      document.outcome !== "waiting" &&
        h(
          "p",
          { class: "help" },
          document.destroyed_at == null
            ? t("document_being_destroyed")
            : t("document_destroyed", { at: moment(document.destroyed_at) }),
        ),
      document.outcome === "waiting" &&
        h(
          "button",
          { type: "button", class: "button quiet", click: () => void takeBack(document) },
          t("document_take_back"),
        ),
    );
  return h("div", {}, h("ul", { class: "documents" }, ...items.map(line)), outcome);
}

function giving(app: App, path: string, failed: (problem: Problem) => boolean): HTMLElement {
  const input = h("input", { type: "file", id: "document", accept: formats, "aria-describedby": "document-help" });
  const help = h("p", { class: "help", id: "document-help" }, t("document_help", { megabytes: megabytesMax }));
  const refusal = h("p", { class: "refusal", id: "document-refusal" });
  const field: Field = {
    element: h("div", { class: "field" }, h("label", { for: "document" }, t("document_file")), help, input, refusal),
    control: input,
    read: () => input.value,
    refuse: (reason) => showRefusal(input, refusal, help, reason),
  };
  const chosen = () => input.files?.[0];
  const check = () => {
    const file = chosen();
    if (file === undefined) return [{ field, reason: t("missing.document") }];
    return file.size > megabytesMax * 1024 * 1024 ? [{ field, reason: t("problem.files.too_large") }] : [];
  };
  return form(
    {
      submit: t("document_send"),
      fields: [field],
      check,
      send: () => sendFile(`${path}/documents`, chosen() as File),
      sent: () => app.draw(),
      failed,
    },
    h("p", {}, t("document_lead")),
    note("plain", h("strong", {}, t("document_cover_title")), h("p", {}, t("document_cover"))),
    h("p", {}, t("document_fate", { organization: app.about.organization, days })),
    field.element,
  );
}
