// Fields with label, help and refusal, and the form around them. What somebody typed is kept in memory until it was sent: an error, a
// proof that is over and a change of the language lose nothing. It is never kept in the browser's storage.
import type { Answer, Problem } from "./api";
import { h, type Child } from "./dom";
import { problemBox } from "./faces";
import { t } from "./words";

const drafts = new Map<string, string>();
let fieldCount = 0;

// Closing the page would lose something that was typed and not sent.
export function hasDrafts(): boolean {
  return [...drafts.values()].some((text) => text.trim() !== "");
}

export function forgetDrafts(prefix = ""): void {
  for (const name of drafts.keys()) if (name.startsWith(prefix)) drafts.delete(name);
}

export interface Field {
  readonly element: HTMLElement;
  readonly control: HTMLElement;
  read(): string;
  refuse(reason: string | null): void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface FieldOptions {
  readonly name: string; // of the draft
  readonly label: string;
  readonly help?: string;
  readonly optional?: boolean;
  readonly initial?: string;
  readonly attributes?: Record<string, string | number | boolean>;
}

export function textField(options: FieldOptions): Field {
  return labelled(options, h("input", { type: "text", ...options.attributes }));
}

export function textArea(options: FieldOptions): Field {
  return labelled(options, h("textarea", { rows: 4, maxlength: 4000, ...options.attributes }));
}

export function choice(options: FieldOptions, values: readonly [value: string, label: string][]): Field {
  const select = h("select", {}, ...values.map(([value, label]) => h("option", { value }, label)));
  return labelled(options, select);
}

function labelled(options: FieldOptions, control: Control): Field {
  const id = `field-${++fieldCount}`;
  control.id = id;
  control.value = drafts.get(options.name) ?? options.initial ?? "";
  if (!(control instanceof HTMLSelectElement)) control.dir = "auto";
  control.addEventListener("input", () => drafts.set(options.name, control.value));
  const help = options.help === undefined ? null : h("p", { class: "help", id: `${id}-help` }, options.help);
  const refusal = h("p", { class: "refusal", id: `${id}-refusal` });
  if (help !== null) control.setAttribute("aria-describedby", help.id);
  const mark = options.optional === true ? h("span", { class: "optional" }, ` ${t("optional")}`) : null;
  return {
    element: h("div", { class: "field" }, h("label", { for: id }, options.label, mark), help, control, refusal),
    control,
    read: () => control.value.trim(),
    refuse: (reason) => showRefusal(control, refusal, help, reason),
  };
}

export function showRefusal(
  control: HTMLElement,
  place: HTMLElement,
  help: HTMLElement | null,
  reason: string | null,
): void {
  place.textContent = reason ?? "";
  control.toggleAttribute("data-refused", reason !== null);
  if (reason === null) control.removeAttribute("aria-invalid");
  else control.setAttribute("aria-invalid", "true");
  const described = [help?.id, reason === null ? undefined : place.id].filter((id) => id !== undefined);
  if (described.length > 0) control.setAttribute("aria-describedby", described.join(" "));
}

// One of a few, each with a sentence; the browser moves among them with the arrow keys.
export function radios(
  name: string,
  legend: string,
  values: readonly { value: string; label: string; text: Node | null; aside: string }[],
): Field {
  const id = `field-${++fieldCount}`;
  const refusal = h("p", { class: "refusal", id: `${id}-refusal` });
  const options = values.map(({ value, label, text, aside }, index) => {
    const input = h("input", {
      type: "radio",
      name: id,
      value,
      id: `${id}-${index}`,
      "aria-describedby": `${id}-${index}-text`,
    });
    input.checked = drafts.get(name) === value;
    input.addEventListener("change", () => drafts.set(name, value));
    const title = h("label", { for: input.id }, label);
    const about = h("div", { id: `${id}-${index}-text`, class: "about" }, text, h("p", { class: "article" }, aside));
    return { input, element: h("div", { class: "option" }, input, h("div", {}, title, about)) };
  });
  const element = h(
    "fieldset",
    { class: "field", "aria-describedby": refusal.id },
    h("legend", {}, legend),
    refusal,
    h("div", { class: "options" }, ...options.map((option) => option.element)),
  );
  return {
    element,
    control: options[0]?.input ?? element,
    read: () => options.find(({ input }) => input.checked)?.input.value ?? "",
    refuse: (reason) => showRefusal(element, refusal, null, reason),
  };
}

export interface Missing {
  readonly field: Field;
  readonly reason: string;
}

export interface FormOptions<T = unknown> {
  readonly submit: string;
  readonly danger?: boolean;
  readonly fields: readonly Field[];
  readonly check?: () => readonly Missing[];
  readonly send: () => Promise<Answer<T>>;
  readonly sent: (value: T) => void;
  readonly failed?: (problem: Problem) => boolean; // true: somebody else shows it
}

export function form<T>(options: FormOptions<T>, ...children: Child[]): HTMLFormElement {
  const button = h(
    "button",
    { type: "submit", class: options.danger === true ? "button danger" : "button" },
    options.submit,
  );
  const outcome = h("div", { class: "outcome" });
  let busy = false;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || !complete(options, outcome)) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = t("sending");
    outcome.replaceChildren();
    const answer = await options.send();
    busy = false;
    button.removeAttribute("aria-disabled");
    button.textContent = options.submit;
    if (answer.state === "done") options.sent(answer.value);
    else if (options.failed?.(answer.problem) !== true) outcome.replaceChildren(problemBox(answer.problem));
  };
  return h(
    "form",
    { novalidate: true, submit: (event) => void submit(event) },
    ...children.filter((child) => child !== null),
    outcome,
    button,
  );
}

// Shows what is missing at its field and together, and puts the focus on the first.
function complete(options: Pick<FormOptions, "fields" | "check">, outcome: HTMLElement): boolean {
  for (const field of options.fields) field.refuse(null);
  const missing = options.check?.() ?? [];
  for (const { field, reason } of missing) field.refuse(reason);
  if (missing.length === 0) return true;
  const summary = t("missing_summary", { count: missing.length });
  const lines = missing.map(({ reason }) => h("li", {}, reason));
  outcome.replaceChildren(
    h("div", { class: "note problem", role: "alert" }, h("strong", {}, summary), h("ul", {}, ...lines)),
  );
  missing[0]?.field.control.focus();
  return false;
}
