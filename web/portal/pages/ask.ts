// A request: where somebody lives says which law applies, and the law which rights there are. A link may fill in place and right
// (/ask?place=DE&right=erasure&lang=de); it never carries anything personal.
import { call, type About, type Schemas } from "../api";
import type { App, Page } from "../app";
import { h } from "../dom";
import { note } from "../faces";
import { choice, forgetDrafts, form, radios, textArea, textField, type Field, type Missing } from "../fields";
import { currentLanguage, nameOf, placeName, t } from "../words";

type Law = About["laws"][number];
const elsewhere = "*";
const stops = ["objection", "consent_withdrawal"];

export function askPage(app: App, link: URLSearchParams): Page {
  return { title: t("ask_title"), content: [h("p", { class: "lead" }, t("ask_lead")), askForm(app, link)] };
}

function askForm(app: App, link: URLSearchParams): HTMLElement {
  const { laws } = app.about;
  const place = placeField(laws, link.get("place") ?? "");
  const details = textArea({
    name: "ask.details",
    label: t("ask_details"),
    help: t("ask_details_help"),
    optional: true,
  });
  const purpose = textField({
    name: "ask.purpose",
    label: t("ask_purpose"),
    help: t("ask_purpose_help"),
    optional: true,
    attributes: { maxlength: 200 },
  });
  const name = textField({
    name: "ask.name",
    label: t("ask_name"),
    optional: true,
    attributes: { autocomplete: "name", maxlength: 200 },
  });
  const email = textField({
    name: "ask.email",
    label: t("ask_email"),
    help: t("ask_email_help"),
    attributes: { type: "email", autocomplete: "email", inputmode: "email", maxlength: 254, required: true },
  });
  const number = textField({
    name: "ask.number",
    label: t("ask_number"),
    help: t("ask_number_help"),
    optional: true,
    attributes: { maxlength: 100 },
  });
  const rights = rightsPart(laws, place, purpose, link.get("right") ?? "");
  const send = () => {
    const law = rights.law();
    return call<Schemas["PortalCodeSent"]>("POST", "/requests", {
      law: law?.id ?? "",
      right: rights.read() as Schemas["Right"],
      language: currentLanguage(),
      content: {
        name: name.read(),
        email: email.read(),
        identifiers: number.read() === "" ? [] : [{ kind: "customer_number", value: number.read() }],
        details: details.read(),
        corrections: [],
        ...(stops.includes(rights.read()) && purpose.read() !== "" ? { purpose: purpose.read() } : {}),
      },
    } satisfies Schemas["PortalAsk"]);
  };
  const sent = ({ proven }: Schemas["PortalCodeSent"]) => {
    app.awaited = proven ? null : { email: email.read(), afterAsking: true };
    forgetDrafts("ask.");
    app.go(proven ? "/requests" : "/prove");
  };
  const check = (): Missing[] => [
    ...(rights.law() === undefined ? [{ field: place, reason: t("missing.place") }] : []),
    ...(rights.law() !== undefined && rights.read() === ""
      ? [{ field: rights.field(), reason: t("missing.right") }]
      : []),
    ...(email.read() === "" ? [{ field: email, reason: t("missing.email") }] : []),
  ];
  const fields = () => [place, rights.field(), details, purpose, name, email, number];
  const options = {
    submit: t("ask_send"),
    get fields() {
      return fields();
    },
    check,
    send,
    sent,
  };
  const prefilled = link.has("place") || link.has("right") ? note("plain", t("ask_prefilled")) : null;
  return form(
    options,
    prefilled,
    h("div", { class: "card" }, place.element, rights.element),
    h("div", { class: "card" }, purpose.element, details.element),
    h("div", { class: "card" }, h("h2", {}, t("ask_who")), email.element, name.element, number.element),
  );
}

function placeField(laws: readonly Law[], wished: string): Field {
  const collator = new Intl.Collator(currentLanguage());
  const places = laws.flatMap((law) => law.places).map((code): [string, string] => [code, placeName(code)]);
  places.sort(([, one], [, other]) => collator.compare(one, other));
  const values: [string, string][] = [["", t("ask_place_choose")], ...places, [elsewhere, t("ask_place_other")]];
  const initial = places.some(([code]) => code === wished) ? wished : "";
  return choice({ name: "ask.place", label: t("ask_place"), help: t("ask_place_help"), initial }, values);
}

// The law of the place, or the one that somebody from elsewhere names, and its rights.
function rightsPart(laws: readonly Law[], place: Field, purpose: Field, wished: string) {
  const named = choice(
    { name: "ask.law", label: t("ask_law") },
    laws.map((law) => [law.id, law.name]),
  );
  const element = h("div", {});
  const waiting: Field = radios("ask.right", t("ask_right"), []);
  let field = waiting;
  const law = () => {
    const code = place.read();
    if (code === elsewhere) return laws.find(({ id }) => id === named.read());
    return laws.find(({ places }) => places.includes(code));
  };
  const showPurpose = () => (purpose.element.hidden = !stops.includes(field.read()));
  const draw = () => {
    const chosen = law();
    const kept = field.read() === "" ? wished : field.read();
    field = chosen === undefined ? waiting : rightsOf(chosen);
    const wish = [...field.element.querySelectorAll("input")].find(({ value }) => value === kept);
    if (wish !== undefined) wish.checked = true;
    const which =
      place.read() === elsewhere
        ? named.element
        : chosen && h("p", { class: "help" }, t("ask_law_is", { law: chosen.name }));
    const none = h("div", { class: "field" }, h("p", { class: "help" }, t("ask_right_first")));
    element.replaceChildren(...(which === undefined ? [] : [which]), chosen === undefined ? none : field.element);
    showPurpose();
  };
  place.control.addEventListener("change", draw);
  named.control.addEventListener("change", draw);
  element.addEventListener("change", showPurpose);
  draw();
  return { element, law, field: () => field, read: () => field.read() };
}

function rightsOf(law: Law): Field {
  const values = law.rights.map(({ right, article }) => ({
    value: right,
    label: nameOf("right", right),
    text: nameOf("right", `${right}_text`),
    aside: article,
  }));
  return radios("ask.right", t("ask_right"), values);
}
