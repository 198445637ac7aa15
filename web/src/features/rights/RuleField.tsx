// What is decided, and of which place: a system, a table or file in it, perhaps one field; the kind of decision, and what it says. Only a
// whole decision is a value of the form.
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import type { FieldControl } from "../../ui/form/fields";
import { nameOf, t } from "../../words/words";
import { useCollections, useFieldNames } from "../datamap/references/PlaceField";
import { placeText, useSystemChoices, type Collection } from "../datamap/system";
import { inPlace } from "../datamap/SystemField";
import styles from "./rights.module.css";

export type RuleContent = Schemas["HandlingRuleContent"];
type Kind = RuleContent["kind"];

export const handlingKinds = ["people", "keep", "strategy", "flag", "source"] as const satisfies readonly Kind[];

// What a kind may say; of the others, words of one's own.
const values: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  people: ["customer", "employee", "none"],
  strategy: ["null", "mask", "pseudonymize", "hash", "redact"],
  source: ["provided", "observed", "derived"],
};
const flagging = ["restriction", "objection", "consent_withdrawal"] as const;

export function decisionText({ kind, value, right }: RuleContent): string {
  const text = values[kind] === undefined ? value : nameOfValue(kind, value);
  return right == null ? text : t("handling.flagged", { right: nameOf("choice.right", right), value: text });
}

function nameOfValue(kind: Kind, value: string): string {
  return kind === "strategy" ? nameOf("strategy", value) : nameOf("handling_value", value);
}

interface Draft {
  readonly system?: string | undefined;
  readonly collection?: Collection | undefined;
  readonly field?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly value?: string | undefined;
  readonly right?: RuleContent["right"];
}

export function RuleField({ field }: { field: FieldControl }) {
  const [draft, setDraft] = useState<Draft>({});
  const collections = useCollections(draft.system);
  const fields = useFieldNames(draft.collection?.id);
  const kinds = kindsFor(draft.field);
  const change = (part: Draft) => {
    const next = { ...draft, ...part };
    setDraft(next);
    field.onChange(contentOf(next));
  };
  return (
    <fieldset className={styles.rule} aria-describedby={field.error === undefined ? undefined : `${field.id}/error`}>
      <legend>{field.label}</legend>
      <Select
        id={field.id}
        data-autofocus={field["data-autofocus"]}
        label={t("systems.one")}
        required
        searchable
        comboboxProps={inPlace}
        data={useSystemChoices()}
        value={draft.system ?? null}
        onChange={(system) => change({ system: system ?? undefined, collection: undefined, field: undefined })}
      />
      <Select
        label={t("collections.one")}
        required
        searchable
        comboboxProps={inPlace}
        disabled={draft.system === undefined}
        data={collections.map((one) => ({ value: one.id, label: placeText(one) }))}
        value={draft.collection?.id ?? null}
        onChange={(id) => change({ collection: collections.find((one) => one.id === id), field: undefined })}
      />
      <Select
        label={t("fields.one")}
        description={t("handling.field.help")}
        searchable
        clearable
        comboboxProps={inPlace}
        disabled={draft.collection === undefined}
        data={fields}
        value={draft.field ?? null}
        onChange={(name) => change({ field: name ?? undefined, kind: undefined, value: undefined, right: undefined })}
      />
      <Select
        label={t("handling.kind")}
        required
        allowDeselect={false}
        comboboxProps={inPlace}
        data={kinds.map((kind) => ({ value: kind, label: nameOf("handling_kind", kind) }))}
        value={draft.kind ?? null}
        onChange={(kind) => change({ kind: kinds.find((one) => one === kind), value: undefined, right: undefined })}
      />
      {draft.kind === "flag" && (
        <Select
          label={t("field.right")}
          required
          allowDeselect={false}
          comboboxProps={inPlace}
          data={flagging.map((right) => ({ value: right, label: nameOf("choice.right", right) }))}
          value={draft.right ?? null}
          onChange={(right) => change({ right: flagging.find((one) => one === right) })}
        />
      )}
      {draft.kind !== undefined && (
        <ValueField kind={draft.kind} value={draft.value ?? ""} onChange={(value) => change({ value })} />
      )}
      {field.error !== undefined && (
        <p id={`${field.id}/error`} role="alert">
          {field.error}
        </p>
      )}
    </fieldset>
  );
}

// Records as a whole are people or are not; values are those of one field.
function kindsFor(field: string | undefined): readonly Kind[] {
  return field === undefined ? ["people", "keep", "source"] : ["keep", "strategy", "flag", "source"];
}

interface ValueFieldProps {
  kind: Kind;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

export function ValueField({ kind, value, error, onChange }: ValueFieldProps) {
  const choices = values[kind];
  const shared = { label: nameOf("handling_value_of", kind), required: true, error };
  if (choices === undefined) {
    return (
      <TextInput
        {...shared}
        description={kind === "keep" ? t("handling.ground.help") : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Select
      {...shared}
      allowDeselect={false}
      comboboxProps={inPlace}
      data={choices.map((choice) => ({ value: choice, label: nameOfValue(kind, choice) }))}
      value={value === "" ? null : value}
      onChange={(choice) => onChange(choice ?? "")}
    />
  );
}

function contentOf({ system, collection, field, kind, value, right }: Draft): Omit<RuleContent, "reason"> | undefined {
  if (system === undefined || collection === undefined || kind === undefined || (value ?? "") === "") return undefined;
  if (kind === "flag" && right == null) return undefined;
  const { dataset, name } = collection;
  return { system, dataset, collection: name, field: field ?? "", kind, value: value ?? "", right: right ?? null };
}
