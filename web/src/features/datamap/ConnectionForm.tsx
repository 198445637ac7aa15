// How a store is reached, asked for in the parts that the server names for its kind. A password goes in and is never shown again.
import { Checkbox, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import type { FieldControl } from "../../ui/form/fields";
import type { Schema, Values } from "../../ui/form/schema";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";

import { nameOf, t } from "../../words/words";
import { requestOf, type Connection, type ConnectionRequest } from "./connection";
import { addressOf, firstScheme, partsOf, typedAsItIs, type ConnectionKind, type StoreParts } from "./storeAddress";

interface ConnectionFormProps {
  connection?: Connection;
  submitLabel: string;
  submit: (request: ConnectionRequest) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

type AddressPart = ConnectionKind["parts"][number];

const sampleRecords = 1_000;
const firstKind = "PostgreSQL";

export function ConnectionForm(props: ConnectionFormProps) {
  const kinds = useQuery({
    queryKey: ["connection-kinds"],
    queryFn: ({ signal }) => answer(api.GET("/v1/connection-kinds", { signal })),
    staleTime: Infinity,
  });
  return <Loaded from={kinds}>{({ items }) => <KnownForm {...props} kinds={items} />}</Loaded>;
}

function KnownForm(props: ConnectionFormProps & { kinds: readonly ConnectionKind[] }) {
  const { connection, kinds, submitLabel, submit, onCancel, onReload } = props;
  const may = useMay();
  const known: StoreParts =
    connection === undefined ? { kind: firstKind, values: {} } : partsOf(kinds, connection.address);
  const [chosen, setChosen] = useState(known.kind);
  const kind = kinds.find(({ name }) => name === chosen);
  const hasPassword = connection?.has_password === true;
  const shown = partsAsked(kind, hasPassword);
  const field = (part: AddressPart) => fieldOf(kind, part);
  const fields = [
    "store_kind",
    "name",
    ...shown.map(field),
    ...(hasPassword && shown.some(({ name }) => name === "password") ? ["remove_password"] : []),
    ...(kind?.local === true ? [] : ["private_networks"]),
    "sample_records",
    ...(may("connections.grant_writing") ? ["writing_granted"] : []),
  ];
  const choices = shown.filter(({ choices: offered }) => offered.length > 0);
  return (
    <SchemaForm
      schema={formSchema(kind, shown, fields)}
      only={fields}
      initial={{
        ...initialParts(kinds, known),
        store_kind: known.kind,
        name: connection?.name ?? "",
        writing_granted: connection?.writing_granted ?? false,
        private_networks: connection?.networks ?? [],
        sample_records: connection?.sample_records ?? sampleRecords,
      }}
      labels={Object.fromEntries(shown.map((part) => [field(part), part.label]))}
      helps={Object.fromEntries(shown.map((part) => [field(part), part.help]))}
      custom={{
        store_kind: (control) => <KindField key="store_kind" field={control} kinds={kinds} onChosen={setChosen} />,
        ...Object.fromEntries(
          choices.map((part) => [
            field(part),
            (control: FieldControl) => <ChoiceField key={field(part)} field={control} part={part} />,
          ]),
        ),
        writing_granted: (control) => <WritingField key="writing_granted" field={control} />,
      }}
      submitLabel={submitLabel}
      onCancel={onCancel}
      onReload={onReload}
      submit={(values) => submit(requestFrom(values, kind, connection))}
    />
  );
}

// What was typed for one kind waits in the form for another that has the same part; a choice is of its kind alone.
function fieldOf(kind: ConnectionKind | undefined, { name, choices }: AddressPart): string {
  if (kind !== undefined && choices.length > 0) return `part_${kind.name}_${name}`;
  return kind?.local === true ? `part_local_${name}` : `part_${name}`;
}

function partsAsked(kind: ConnectionKind | undefined, hasPassword: boolean): readonly AddressPart[] {
  const typed: AddressPart[] = [
    { name: "address", label: t("field.address"), help: t("field.address.help"), needed: true, choices: [] },
    {
      name: "password",
      label: t("field.store_password"),
      help: t("field.store_password.help"),
      needed: false,
      choices: [],
    },
  ];
  const parts = kind?.parts ?? typed;
  if (!hasPassword) return parts;
  return parts.map((part) => (part.name === "password" ? { ...part, label: t("connections.new_password") } : part));
}

// The parts of the address that there is, and what each kind begins with.
function initialParts(kinds: readonly ConnectionKind[], known: StoreParts): Values {
  const kind = kinds.find(({ name }) => name === known.kind);
  const schemes = kinds.flatMap((each) =>
    each.parts
      .filter(({ name }) => name === "scheme")
      .map((part): [string, unknown] => [fieldOf(each, part), firstScheme(each)]),
  );
  const parts = partsAsked(kind, false)
    .filter(({ name }) => known.values[name] !== undefined)
    .map((part): [string, unknown] => [fieldOf(kind, part), valueOf(part, known.values[part.name] ?? "")]);
  return Object.fromEntries([...schemes, ...parts]);
}

function valueOf({ name }: AddressPart, text: string): string | number {
  return name === "port" ? Number(text) : text;
}

// Only what is shown is checked: what was typed for another kind stands in nobody's way.
function formSchema(
  kind: ConnectionKind | undefined,
  shown: readonly AddressPart[],
  fields: readonly string[],
): Schema {
  const described = requestSchema("connections.create").properties ?? {};
  const own: Readonly<Record<string, Schema>> = {
    store_kind: { type: "string" },
    name: described["name"] ?? {},
    remove_password: { type: "boolean" },
    private_networks: described["networks"] ?? {},
    sample_records: described["sample_records"] ?? {},
    writing_granted: { type: "boolean" },
  };
  const parts = Object.fromEntries(shown.map((part) => [fieldOf(kind, part), partSchema(part, kind?.local === true)]));
  const needed = shown.filter((part) => part.needed).map((part) => fieldOf(kind, part));
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((name) => [name, own[name] ?? parts[name] ?? {}])),
    required: ["store_kind", "name", "sample_records", ...needed],
  };
}

// Lines, however long: an address is not a text.
function partSchema({ name }: AddressPart, isLocal: boolean): Schema {
  if (name === "port") return { type: "integer", minimum: 1, maximum: 65_535 };
  if (name === "password") return { type: "string", format: "password" };
  if (name === "path" && isLocal) return { type: "string", pattern: "^/", maxLength: 399 };
  return { type: "string", maxLength: 399 };
}

// The server keeps the stored password when none is sent, and forgets it when an empty one is.
function requestFrom(
  values: Values,
  kind: ConnectionKind | undefined,
  connection: Connection | undefined,
): ConnectionRequest {
  const { part_password: typed, remove_password: removed } = values;
  const password = removed === true ? { password: "" } : typeof typed === "string" ? { password: typed } : {};
  const parts = partsAsked(kind, false).filter((part) => values[fieldOf(kind, part)] != null);
  const filled = parts.map((part) => [part.name, String(values[fieldOf(kind, part)])]);
  return {
    ...(connection === undefined ? {} : requestOf(connection)),
    name: String(values["name"]),
    address: addressOf(kind, Object.fromEntries(filled) as Record<string, string>),
    ...password,
    networks: kind?.local === true ? [] : ((values["private_networks"] ?? []) as string[]),
    sample_records: Number(values["sample_records"]),
    writing_granted: values["writing_granted"] === true,
  };
}

interface KindFieldProps {
  field: FieldControl;
  kinds: readonly ConnectionKind[];
  onChosen: (kind: string) => void;
}

function KindField({ field, kinds, onChosen }: KindFieldProps) {
  const { onChange, value, ...rest } = field;
  const known = kinds.map(({ name, title }) => ({ value: name, label: title }));
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={[...known, { value: typedAsItIs, label: nameOf("store_kind", typedAsItIs) }]}
      value={String(value)}
      onChange={(chosen) => {
        onChange(chosen);
        onChosen(chosen ?? typedAsItIs);
      }}
    />
  );
}

function ChoiceField({ field, part }: { field: FieldControl; part: AddressPart }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      clearable={!part.needed}
      allowDeselect={!part.needed}
      placeholder={part.name === "sslmode" ? t("encryption.by_itself") : undefined}
      data={part.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={typeof value === "string" ? value : null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

function WritingField({ field }: { field: FieldControl }) {
  const { onChange, value, required: _, ...rest } = field;
  return <Checkbox {...rest} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
}
