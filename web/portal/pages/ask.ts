// A request: where somebody lives says which law applies, and the law which rights there are. A link may fill in place and right
// (/ask?place=DE&right=erasure&lang=de); one that the company made for a person also their address, sealed (/ask#link=…).
import { call, type About, type Schemas } from "../api";
import type { App, Channel, Page } from "../app";
import { h } from "../dom";
import { note, textAt, waited, type Place } from "../faces";
import { choice, forgetDrafts, form, radios, textArea, textField, type Field, type Missing } from "../fields";
import { currentLanguage, hasWords, nameOf, placeName, t } from "../words";

type Law = About["laws"][number];
const elsewhere = "*";
const stops: readonly string[] = ["objection", "consent_withdrawal"];

// What a link says.
interface Wishes {
  place: string;
  right: string;
  law: string;
  email: string;
}

export function askPage(app: App, query: URLSearchParams, token: string | null): Page {
  const plain = { place: query.get("place") ?? "", right: query.get("right") ?? "", law: "", email: "" };
  return {
    title: t("ask_title"),
    content: [
      textAt(app, "ask_lead", t("ask_lead"), "lead"),
      token === null ? askForm(app, plain) : linkedForm(app, token),
    ],
  };
}

function linkedForm(app: App, token: string): HTMLElement {
  return waited(
    () => call<Schemas["PortalPrefill"]>("POST", "/links", { token }),
    (answer) => {
      const empty = { place: "", right: "", law: "", email: "" };
      if (answer.state === "failed") return [note("plain", t("ask_link_over")), askForm(app, empty)];
      const { law, right, email } = answer.value;
      return askForm(app, { ...empty, law: law ?? "", right: right ?? "", email: email ?? "" });
    },
  );
}

function askForm(app: App, link: Wishes): HTMLElement {
  const { laws, texts } = app.about;
  const place = placeField(laws, placeOf(laws, link), link.law);
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
    initial: link.email,
    attributes: { type: "email", autocomplete: "email", inputmode: "email", maxlength: 254, required: true },
  });
  const number = textField({
    name: "ask.number",
    label: t("ask_number"),
    help: t("ask_number_help"),
    optional: true,
    attributes: { maxlength: 100 },
  });
  const phone = textField({
    name: "ask.phone",
    label: t("ask_phone"),
    help: t("ask_phone_help"),
    optional: true,
    attributes: { type: "tel", autocomplete: "tel", inputmode: "tel", maxlength: 30 },
  });
  const channel = choice(
    { name: "ask.channel", initial: "mail", label: t("ask_channel"), help: t("ask_channel_help") },
    [
      ["mail", t("channel.mail")],
      ["text", t("channel.text")],
    ],
  );
  const rights = rightsPart(app, place, purpose, link.right, link.law);
  const send = () => {
    const law = rights.law();
    const chosen = rights.chosen();
    const against = chosen?.purpose ?? (stops.includes(chosen?.right ?? "") ? purpose.read() : "");
    return call<Schemas["PortalCodeSent"]>("POST", "/requests", {
      law: law?.id ?? "",
      right: chosen?.right ?? "access",
      language: currentLanguage(),
      content: {
        name: name.read(),
        email: email.read(),
        identifiers: [
          ...(number.read() === "" ? [] : [{ kind: "customer_number", value: number.read() }]),
          ...(phone.read() === "" ? [] : [{ kind: "phone", value: phone.read() }]),
        ],
        details: details.read(),
        corrections: [],
        ...(against === "" ? {} : { purpose: against }),
      },
      channel: channel.read() as Channel,
    } satisfies Schemas["PortalAsk"]);
  };
  const sent = ({ proven, needs_proof }: Schemas["PortalCodeSent"]) => {
    app.asked = proven;
    app.awaited = proven
      ? null
      : { email: email.read(), afterAsking: true, channel: channel.read() as Channel, needsProof: needs_proof };
    forgetDrafts("ask.");
    app.go(proven ? "/requests" : "/prove");
  };
  const check = (): Missing[] => [
    ...(rights.law() === undefined ? [{ field: place, reason: t("missing.place") }] : []),
    ...(rights.law() !== undefined && rights.chosen() === undefined
      ? [{ field: rights.field(), reason: t("missing.right") }]
      : []),
    ...(email.read() === "" ? [{ field: email, reason: t("missing.email") }] : []),
    ...(channel.read() === "text" && !/^(\+|00)[\d\s()/-]{8,}$/.test(phone.read())
      ? [{ field: phone, reason: t("missing.phone") }]
      : []),
  ];
  const fields = () => [place, rights.field(), details, purpose, name, email, number, phone];
  const options = {
    submit: t("ask_send"),
    get fields() {
      return fields();
    },
    check,
    send,
    sent,
  };
  const prefilled = Object.values(link).some((wish) => wish !== "") ? note("plain", t("ask_prefilled")) : null;
  return form(
    options,
    prefilled,
    h("div", { class: "card" }, place.element, rights.element),
    h("div", { class: "card" }, purpose.element, details.element),
    h(
      "div",
      { class: "card" },
      h("h2", {}, t("ask_who")),
      email.element,
      name.element,
      number.element,
      texts === true ? phone.element : null,
      texts === true ? channel.element : null,
    ),
  );
}

const isSet = (value: string | null | undefined) => value !== null && value !== undefined;

// Of a law of one place, that place; of another, it is named as by somebody from elsewhere.
function placeOf(laws: readonly Law[], link: Wishes): string {
  const law = laws.find(({ id }) => id === link.law);
  if (law === undefined) return link.place;
  return law.places.length === 1 ? (law.places[0] ?? elsewhere) : elsewhere;
}

function placeField(laws: readonly Law[], wished: string, law: string): Field {
  const collator = new Intl.Collator(currentLanguage());
  const places = laws.flatMap((law) => law.places).map((code): [string, string] => [code, placeName(code)]);
  places.sort(([, one], [, other]) => collator.compare(one, other));
  const values: [string, string][] = [["", t("ask_place_choose")], ...places, [elsewhere, t("ask_place_other")]];
  const isKnown = places.some(([code]) => code === wished) || (law !== "" && wished === elsewhere);
  const initial = isKnown ? wished : "";
  return choice({ name: "ask.place", label: t("ask_place"), help: t("ask_place_help"), initial }, values);
}

// The law of the place, or the one that somebody from elsewhere names, and its rights.
function rightsPart(app: App, place: Field, purpose: Field, wished: string, wishedLaw: string) {
  const { laws } = app.about;
  const isKnown = laws.some(({ id }) => id === wishedLaw);
  const named = choice(
    { name: "ask.law", label: t("ask_law"), ...(isKnown ? { initial: wishedLaw } : {}) },
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
  const chosenRight = () => law()?.rights.find(({ id }) => id === field.read());
  const showPurpose = () => {
    const chosen = chosenRight();
    purpose.element.hidden = chosen === undefined || !stops.includes(chosen.right) || isSet(chosen.purpose);
  };
  const draw = () => {
    const chosen = law();
    const before = field.read();
    field = chosen === undefined ? waiting : rightsOf(app, chosen);
    const kept = chosen?.rights.find(({ id, right }) => (before === "" ? right === wished : id === before));
    const wish = [...field.element.querySelectorAll("input")].find(({ value }) => value === kept?.id);
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
  return { element, law, field: () => field, chosen: chosenRight };
}

function rightsOf(app: App, law: Law): Field {
  // In the words of this one right of the law where there are any.
  const values = law.rights.map(({ id, right, article }) => {
    const key = hasWords(`right.${id}`) ? id : right;
    const text = textAt(app, `right.${key}_text` as Place, nameOf("right", `${key}_text`));
    return { value: id, label: nameOf("right", key), text, aside: article };
  });
  return radios("ask.right", t("ask_right"), values);
}
