// What is decided, and of which place: a system, a table or file in it, perhaps one field; the kind of decision, and what it says. Only a
// whole decision is a value of the form.
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import type { FieldControl } from "../../ui/form/fields";
import { nameOf, t } from "../../words/words";
import { useCollections, useFieldNames } from "../datamap/references/PlaceField";
import { placeText, useSystemChoices, type Collection } from "../datamap/system";
import { inPlace } from "../../ui/inPlace";
import styles from "./rights.module.css";

export type RuleContent = Schemas["HandlingRuleContent"];
type Kind = RuleContent["kind"];

export const handlingKinds = [
  "people",
  "keep",
  "strategy",
  "flag",
  "source",
  "quarantine",
] as const satisfies readonly Kind[];

// What a kind may say; of the others, words of one's own.
const values: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  people: ["customer", "employee", "none"],
  strategy: ["null", "mask", "pseudonymize", "hash", "redact", "crypto_shred"],
  source: ["provided", "observed", "derived"],
};
const flagging = ["restriction", "objection", "consent_withdrawal"] as const;
const shredding = "crypto_shred";

// What of it can be changed afterwards; a target is another decision.
export function changeable({ kind, value }: RuleContent): readonly string[] {
  if (kind === "quarantine" || value === shredding) return ["reason"];
  return kind === "keep" ? ["value", "article", "reason"] : ["value", "reason"];
}

export function decisionText(content: RuleContent): string {
  const { kind, value = "", right, purpose = "" } = content;
  const target = placeText({ dataset: content.target_dataset ?? "", name: content.target_collection ?? "" });
  if (kind === "quarantine") return t("handling.target", { place: target });
  if (value === shredding) return t("handling.shredded", { place: `${target}.${content.target_field ?? ""}` });
  const text = values[kind] === undefined ? value : nameOfValue(kind, value);
  if (right == null) return text;
  const named = { right: nameOf("choice.right", right), value: text };
  return purpose === "" ? t("handling.flagged", named) : t("handling.flagged_for", { ...named, purpose });
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
  readonly purpose?: string | undefined;
  readonly keysSystem?: string | undefined;
  readonly target?: Collection | undefined;
  readonly targetField?: string | undefined;
}

const undecided: Draft = {
  value: undefined,
  right: undefined,
  purpose: undefined,
  keysSystem: undefined,
  target: undefined,
  targetField: undefined,
};

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
        onChange={(system) =>
          change({ ...undecided, system: system ?? undefined, collection: undefined, field: undefined })
        }
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
        onChange={(name) => change({ ...undecided, field: name ?? undefined, kind: undefined })}
      />
      <Select
        label={t("handling.kind")}
        required
        allowDeselect={false}
        comboboxProps={inPlace}
        data={kinds.map((kind) => ({ value: kind, label: nameOf("handling_kind", kind) }))}
        value={draft.kind ?? null}
        onChange={(kind) => change({ ...undecided, kind: kinds.find((one) => one === kind) })}
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
      {draft.kind === "flag" && draft.right != null && draft.right !== "restriction" && (
        <TextInput
          label={t("handling.purpose")}
          description={t("handling.purpose.help")}
          maxLength={200}
          value={draft.purpose ?? ""}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
        />
      )}
      {draft.kind !== undefined && draft.kind !== "quarantine" && (
        <ValueField
          kind={draft.kind}
          choices={draft.kind === "strategy" && draft.field === undefined ? [shredding] : undefined}
          value={draft.value ?? ""}
          onChange={(value) => change({ value, keysSystem: draft.system, target: undefined, targetField: undefined })}
        />
      )}
      {draft.value === shredding && <KeysField draft={draft} change={change} />}
      {draft.kind === "quarantine" && (
        <Select
          label={t("handling.quarantine")}
          description={t("handling.quarantine.help")}
          required
          searchable
          allowDeselect={false}
          comboboxProps={inPlace}
          data={collections
            .filter((one) => one.id !== draft.collection?.id && one.dataset === draft.collection?.dataset)
            .map((one) => ({ value: one.id, label: placeText(one) }))}
          value={draft.target?.id ?? null}
          onChange={(id) => change({ target: collections.find((one) => one.id === id) })}
        />
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
  return field === undefined
    ? ["people", "keep", "strategy", "source", "quarantine"]
    : ["keep", "strategy", "flag", "source"];
}

// Where the keys of sealed fields stand, one for each person.
function KeysField({ draft, change }: { draft: Draft; change: (part: Draft) => void }) {
  const collections = useCollections(draft.keysSystem);
  const fields = useFieldNames(draft.target?.id);
  return (
    <>
      <Select
        label={t("handling.keys_system")}
        required
        searchable
        allowDeselect={false}
        comboboxProps={inPlace}
        data={useSystemChoices()}
        value={draft.keysSystem ?? null}
        onChange={(system) => change({ keysSystem: system ?? undefined, target: undefined, targetField: undefined })}
      />
      <Select
        label={t("handling.keys")}
        description={t("handling.keys.help")}
        required
        searchable
        allowDeselect={false}
        comboboxProps={inPlace}
        data={collections.map((one) => ({ value: one.id, label: placeText(one) }))}
        value={draft.target?.id ?? null}
        onChange={(id) => change({ target: collections.find((one) => one.id === id), targetField: undefined })}
      />
      <Select
        label={t("handling.key_field")}
        required
        searchable
        allowDeselect={false}
        disabled={draft.target === undefined}
        comboboxProps={inPlace}
        data={fields}
        value={draft.targetField ?? null}
        onChange={(name) => change({ targetField: name ?? undefined })}
      />
    </>
  );
}

interface ValueFieldProps {
  kind: Kind;
  choices?: readonly string[] | undefined;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

export function ValueField({ kind, choices = values[kind], value, error, onChange }: ValueFieldProps) {
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

function contentOf(draft: Draft): Omit<RuleContent, "reason"> | undefined {
  const { system, collection, field = "", kind, value = "", right = null, purpose = "" } = draft;
  if (system === undefined || collection === undefined || kind === undefined) return undefined;
  if (value === "" && kind !== "quarantine") return undefined;
  if (kind === "flag" && right === null) return undefined;
  const { dataset, name } = collection;
  const content = { system, dataset, collection: name, field, kind, value, right, purpose };
  if (kind !== "quarantine" && value !== shredding) return content;
  const target = targetOf(draft);
  return target === undefined ? undefined : { ...content, ...target };
}

function targetOf({ system, kind, keysSystem, target, targetField }: Draft) {
  if (target === undefined) return undefined;
  const place = { target_dataset: target.dataset, target_collection: target.name };
  if (kind === "quarantine") return place;
  if (targetField === undefined) return undefined;
  return { ...place, target_system: keysSystem === system ? null : (keysSystem ?? null), target_field: targetField };
}
