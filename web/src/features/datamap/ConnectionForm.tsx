// How a store is reached, asked for in the fields of its kind. A password goes in and is never shown again.
import { Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import type { FieldControl } from "../../ui/form/fields";
import type { Schema, Values } from "../../ui/form/schema";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { nameOf, t } from "../../words/words";
import { requestOf, type Connection, type ConnectionRequest } from "./connection";
import { addressOf, partsOf, placeOf, storeKinds, type KindChoice, type StoreParts } from "./storeAddress";

interface ConnectionFormProps {
  connection?: Connection;
  submitLabel: string;
  submit: (request: ConnectionRequest) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

const sampleRecords = 1_000;

export function ConnectionForm({ connection, submitLabel, submit, onCancel, onReload }: ConnectionFormProps) {
  const may = useMay();
  const parts: StoreParts = connection === undefined ? { store_kind: "postgresql" } : partsOf(connection.address);
  const [kind, setKind] = useState<KindChoice>(parts.store_kind);
  const mayGrant = may("connections.grant_writing");
  const fields = fieldsOf(kind, { hasPassword: connection?.has_password === true, mayGrant });
  return (
    <SchemaForm
      schema={formSchema(kind, fields)}
      only={fields}
      initial={{
        ...parts,
        name: connection?.name ?? "",
        writing_granted: connection?.writing_granted ?? false,
        private_networks: connection?.networks ?? [],
        sample_records: connection?.sample_records ?? sampleRecords,
      }}
      labels={connection?.has_password === true ? { store_password: t("connections.new_password") } : {}}
      custom={{
        store_kind: (field) => <KindField key="store_kind" field={field} onChosen={setKind} />,
        sslmode: (field) => <EncryptionField key="sslmode" field={field} />,
        writing_granted: (field) => <WritingField key="writing_granted" field={field} />,
      }}
      submitLabel={submitLabel}
      onCancel={onCancel}
      onReload={onReload}
      submit={(values) => submit(requestFrom(values, connection))}
    />
  );
}

interface Allowed {
  readonly hasPassword: boolean;
  readonly mayGrant: boolean;
}

function fieldsOf(kind: KindChoice, { hasPassword, mayGrant }: Allowed): readonly string[] {
  const password = ["store_password", ...(hasPassword ? ["remove_password"] : [])];
  const own = {
    server: ["host", "port", "database", "store_user", ...password, "sslmode", "private_networks"],
    path: ["path"],
    address: ["address", ...password, "private_networks"],
  }[placeOf(kind)];
  return ["store_kind", "name", ...own, "sample_records", ...(mayGrant ? ["writing_granted"] : [])];
}

// Only what is shown is checked: what was typed for another kind stands in nobody's way.
function formSchema(kind: KindChoice, fields: readonly string[]): Schema {
  const described = requestSchema("connections.create").properties ?? {};
  const text: Schema = { type: "string", maxLength: 300 };
  const needed = { server: ["host"], path: ["path"], address: ["address"] }[placeOf(kind)];
  const properties: Readonly<Record<string, Schema>> = {
    store_kind: text,
    name: described["name"] ?? {},
    host: text,
    port: { type: "integer", minimum: 1, maximum: 65_535 },
    database: text,
    store_user: text,
    store_password: { type: "string", format: "password" },
    remove_password: { type: "boolean" },
    sslmode: text,
    path: { type: "string", pattern: "^/", maxLength: 1_000 },
    // One line, however long: an address is not a text.
    address: { type: "string", maxLength: 399 },
    private_networks: described["networks"] ?? {},
    sample_records: described["sample_records"] ?? {},
    writing_granted: { type: "boolean" },
  };
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((name) => [name, properties[name] ?? {}])),
    required: ["store_kind", "name", "sample_records", ...needed],
  };
}

// The server keeps the stored password when none is sent, and forgets it when an empty one is.
function requestFrom(values: Values, connection: Connection | undefined): ConnectionRequest {
  const { store_password: typed, remove_password: removed } = values;
  const password = removed === true ? { password: "" } : typeof typed === "string" ? { password: typed } : {};
  return {
    ...(connection === undefined ? {} : requestOf(connection)),
    name: String(values["name"]),
    address: addressOf(values as unknown as StoreParts),
    ...password,
    networks: (values["private_networks"] ?? []) as string[],
    sample_records: Number(values["sample_records"]),
    writing_granted: values["writing_granted"] === true,
  };
}

function KindField({ field, onChosen }: { field: FieldControl; onChosen: (kind: KindChoice) => void }) {
  const { onChange, value, ...rest } = field;
  const kinds: readonly KindChoice[] = [...storeKinds.map(({ id }) => id), "address"];
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={kinds.map((kind) => ({ value: kind, label: nameOf("store_kind", kind) }))}
      value={value as KindChoice}
      onChange={(chosen) => {
        onChange(chosen);
        onChosen(chosen as KindChoice);
      }}
    />
  );
}

const encryptions = ["require", "verify-full", "disable"] as const;

function EncryptionField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      clearable
      placeholder={t("encryption.by_itself")}
      data={encryptions.map((mode) => ({ value: mode, label: nameOf("encryption", mode) }))}
      value={typeof value === "string" ? value : null}
      onChange={(mode) => onChange(mode ?? undefined)}
    />
  );
}

function WritingField({ field }: { field: FieldControl }) {
  const { onChange, value, required: _, ...rest } = field;
  return <Checkbox {...rest} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
}
