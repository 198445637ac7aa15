// The code by mail: asked for, then typed in the same browser. The page says the same for every address.
import { call } from "../api";
import type { App, Page } from "../app";
import { h } from "../dom";
import { note } from "../faces";
import { forgetDrafts, form, textField } from "../fields";
import { currentLanguage, t } from "../words";

const digits = 8;
const minutes = 10;

export function provePage(app: App): Page {
  const over = app.proofIsOver ? [note("plain", t("prove_over"))] : [];
  const content =
    app.awaited === null ? [h("p", { class: "lead" }, t("prove_lead")), emailForm(app)] : codeParts(app, app.awaited);
  return { title: t("prove_title"), content: [...over, ...content] };
}

function emailForm(app: App): HTMLElement {
  const email = textField({
    name: "prove.email",
    label: t("ask_email"),
    attributes: { type: "email", autocomplete: "email", inputmode: "email", maxlength: 254, required: true },
  });
  return form(
    {
      submit: t("prove_send"),
      fields: [email],
      check: () => (email.read() === "" ? [{ field: email, reason: t("missing.email") }] : []),
      send: () => call("POST", "/visits", { email: email.read(), language: currentLanguage() }),
      sent: () => {
        app.awaited = { email: email.read(), afterAsking: false };
        forgetDrafts("prove.");
        app.draw();
      },
    },
    h("div", { class: "card" }, email.element),
  );
}

function codeParts(app: App, awaited: { email: string; afterAsking: boolean }): Node[] {
  const { email, afterAsking } = awaited;
  const code = textField({
    name: "prove.code",
    label: t("prove_code"),
    help: t("prove_code_help"),
    attributes: { inputmode: "numeric", autocomplete: "one-time-code", maxlength: 20, required: true, class: "code" },
  });
  const another = () => {
    app.awaited = null;
    forgetDrafts("prove.");
    app.draw();
  };
  return [
    note("good", afterAsking ? t("prove_sent_after_ask", { digits, email }) : t("prove_sent", { digits })),
    form(
      {
        submit: t("prove_confirm"),
        fields: [code],
        check: () => (code.read() === "" ? [{ field: code, reason: t("missing.code") }] : []),
        send: () => call("POST", "/code", { code: code.read() }),
        sent: () => {
          app.awaited = null;
          app.proofIsOver = false;
          forgetDrafts("prove.");
          app.go("/requests");
        },
      },
      h("div", { class: "card" }, code.element, h("p", { class: "help" }, t("prove_keep_open", { minutes }))),
    ),
    h("p", { class: "help" }, t("prove_no_letter")),
    h("p", {}, h("button", { type: "button", class: "button quiet", click: another }, t("prove_again"))),
  ];
}
