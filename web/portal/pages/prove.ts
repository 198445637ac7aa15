// The code, by mail or as a text message: asked for, then typed in the same browser. The page says the same for every address.
import { call } from "../api";
import type { App, Channel, Page } from "../app";
import { h, type Child } from "../dom";
import { note, problemBox, textAt } from "../faces";
import { choice, forgetDrafts, form, textField } from "../fields";
import { currentLanguage, t } from "../words";

const digits = 8;
const minutes = 10;

export function provePage(app: App): Page {
  const over = app.proofIsOver ? [note("plain", t("prove_over"))] : [];
  const content =
    app.awaited === null
      ? [textAt(app, "prove_lead", t("prove_lead"), "lead"), emailForm(app)]
      : codeParts(app, app.awaited);
  return { title: t("prove_title"), content: [...over, ...content] };
}

function emailForm(app: App): HTMLElement {
  const email = textField({
    name: "prove.email",
    label: t("ask_email"),
    attributes: { type: "email", autocomplete: "email", inputmode: "email", maxlength: 254, required: true },
  });
  const channel = choice(
    { name: "prove.channel", initial: "mail", label: t("ask_channel"), help: t("prove_channel_help") },
    [
      ["mail", t("channel.mail")],
      ["text", t("channel.text")],
    ],
  );
  return form(
    {
      submit: t("prove_send"),
      fields: [email],
      check: () => (email.read() === "" ? [{ field: email, reason: t("missing.email") }] : []),
      send: () =>
        call("POST", "/visits", { email: email.read(), language: currentLanguage(), channel: channel.read() }),
      sent: () => {
        app.awaited = {
          email: email.read(),
          afterAsking: false,
          channel: channel.read() as Channel,
          needsProof: true,
        };
        forgetDrafts("prove.");
        app.draw();
      },
    },
    h("div", { class: "card" }, email.element, app.about.texts === true ? channel.element : null),
  );
}

function sentText({ email, afterAsking, channel }: NonNullable<App["awaited"]>): string {
  if (channel === "text") return t(afterAsking ? "prove_texted_after_ask" : "prove_texted", { digits });
  return afterAsking ? t("prove_sent_after_ask", { digits, email }) : t("prove_sent", { digits });
}

// The other way, for the address that this browser gave.
function otherChannel(app: App, awaited: NonNullable<App["awaited"]>): HTMLElement {
  const other: Channel = awaited.channel === "mail" ? "text" : "mail";
  const outcome = h("div", { class: "outcome" });
  const send = async () => {
    const answer = await call("POST", "/codes", { channel: other });
    if (answer.state === "failed") return outcome.replaceChildren(problemBox(answer.problem));
    app.awaited = { ...awaited, channel: other };
    forgetDrafts("prove.");
    app.draw();
  };
  const button = h(
    "button",
    { type: "button", class: "button quiet", click: () => void send() },
    t(other === "text" ? "prove_by_text" : "prove_by_mail"),
  );
  return h("div", {}, h("p", {}, button), outcome);
}

function codeParts(app: App, awaited: NonNullable<App["awaited"]>): Child[] {
  const code = textField({
    name: "prove.code",
    label: t(awaited.channel === "text" ? "prove_code_text" : "prove_code"),
    help: t("prove_code_help"),
    attributes: { inputmode: "numeric", autocomplete: "one-time-code", maxlength: 20, required: true, class: "code" },
  });
  const another = () => {
    app.awaited = null;
    forgetDrafts("prove.");
    app.draw();
  };
  return [
    note("good", awaited.afterAsking && textAt(app, "asked_thanks", t("asked_thanks")), h("p", {}, sentText(awaited))),
    ...(awaited.needsProof ? [] : [note("plain", t("prove_unneeded"))]),
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
    h("p", { class: "help" }, t(awaited.channel === "text" ? "prove_no_text" : "prove_no_letter")),
    ...(app.about.texts === true ? [otherChannel(app, awaited)] : []),
    h("p", {}, h("button", { type: "button", class: "button quiet", click: another }, t("prove_again"))),
  ];
}
