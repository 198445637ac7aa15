// One field of a SchemaForm: the control that fits the schema's type, its label, help and refusal.
import {
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import { hasWords, humanize, nameOf, t } from "../../words/words";
import { IconPlus, IconTrash } from "../icons";
import { choicesOf, kindOf, type Place, type Schema, type Values } from "./schema";
import styles from "./form.module.css";

export interface FieldControl {
  readonly id: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
  readonly required: boolean;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  // Where a dialog puts the focus when it opens.
  readonly "data-autofocus": true | undefined;
}

interface SchemaFieldProps {
  id: string;
  name: string;
  path: string;
  schema: Schema;
  required: boolean;
  value: unknown;
  errors: readonly Place[];
  first: boolean;
  label?: string | undefined;
  help?: string | undefined;
  custom: ((field: FieldControl) => ReactNode) | undefined;
  onChange: (value: unknown) => void;
}

export function SchemaField(props: SchemaFieldProps) {
  const { id, name, schema, errors, path } = props;
  const field: FieldControl = {
    id,
    label: props.label ?? fieldLabel(name),
    description: props.help === undefined || props.help === "" ? wordsOf(`field.${name}.help`) : props.help,
    error: errors.find((place) => place.path === path)?.text,
    required: props.required,
    value: props.value,
    onChange: props.onChange,
    "data-autofocus": props.first || undefined,
  };
  if (props.custom !== undefined) return props.custom(field);
  switch (kindOf(schema)) {
    case "group":
      return <Group {...props} label={field.label} />;
    case "rows":
      return <Rows {...props} field={field} />;
    default:
      return <Control schema={schema} field={field} name={name} />;
  }
}

function wordsOf(key: string): string | undefined {
  return hasWords(key) ? t(key) : undefined;
}

export function fieldLabel(name: string): string {
  return wordsOf(`field.${name}`) ?? humanize(name);
}

function Group(props: SchemaFieldProps & { label: string }) {
  return (
    <fieldset className={styles.group}>
      <legend>{props.label}</legend>
      <Parts {...props} />
    </fieldset>
  );
}

type PartsProps = Omit<SchemaFieldProps, "name" | "custom" | "first"> & { of?: string };

// `of` is the name of the rows they belong to: "field.<of>.<name>" labels a part where "field.<name>" says too little.
function Parts({ id, schema, value, errors, path, onChange, of = "" }: PartsProps) {
  const values = (value ?? {}) as Values;
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, part]) => (
        <SchemaField
          key={name}
          id={`${id}/${name}`}
          name={name}
          path={`${path}/${name}`}
          schema={part}
          required={schema.required?.includes(name) === true}
          value={values[name]}
          errors={errors}
          first={false}
          label={wordsOf(`field.${of}.${name}`)}
          custom={undefined}
          onChange={(changed) => onChange({ ...values, [name]: changed })}
        />
      ))}
    </>
  );
}

// Several things of the same parts: one can be added and each be taken away.
function Rows({ id, name, schema, value, errors, path, onChange, field }: SchemaFieldProps & { field: FieldControl }) {
  const rows = Array.isArray(value) ? (value as Values[]) : [];
  const items = schema.items ?? {};
  const replace = (index: number, row: unknown) => onChange(rows.map((one, at) => (at === index ? row : one)));
  return (
    <fieldset className={styles.rows} aria-describedby={field.description === undefined ? undefined : `${id}/help`}>
      <legend>{field.label}</legend>
      {field.description !== undefined && <p id={`${id}/help`}>{field.description}</p>}
      {rows.map((row, index) => (
        <div key={index} role="group" aria-label={t("form.row", { name: field.label, number: index + 1 })}>
          <Parts
            id={`${id}/${index}`}
            path={`${path}/${index}`}
            of={name}
            schema={items}
            required
            value={row}
            errors={errors}
            onChange={(changed) => replace(index, changed)}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={14} />}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            {t("form.row.remove", { name: nameOf("form.row_of", name), number: index + 1 })}
          </Button>
        </div>
      ))}
      <Button
        id={rows.length === 0 ? id : undefined}
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, {}])}
      >
        {t("form.row.add", { name: nameOf("form.row_of", name) })}
      </Button>
    </fieldset>
  );
}

const longTextMin = 400;
const veryLongTextMin = 500;

function Control({ schema, field, name }: { schema: Schema; field: FieldControl; name: string }) {
  const { onChange, value, ...rest } = field;
  const shared = { ...rest, name };
  switch (kindOf(schema)) {
    case "boolean":
      return (
        <Checkbox
          {...shared}
          required={false}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...shared}
          value={typeof value === "number" ? value : ""}
          allowDecimal={schema.type !== "integer"}
          onChange={(typed) => onChange(typeof typed === "number" ? typed : undefined)}
        />
      );
    case "choice":
      return (
        <Select
          {...shared}
          data={(choicesOf(schema) ?? []).map((choice) => ({
            value: choice,
            label: nameOf(`choice.${name}`, choice),
          }))}
          clearable={!field.required}
          value={typeof value === "string" ? value : null}
          allowDeselect={!field.required}
          onChange={(choice) => onChange(choice ?? undefined)}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...shared}
          data={(schema.items?.enum ?? []).map((choice) => ({
            value: choice,
            label: nameOf(`choice.${name}`, choice),
          }))}
          value={texts(value)}
          onChange={onChange}
        />
      );
    case "list":
      return <TagsInput {...shared} value={texts(value)} onChange={onChange} />;
    case "text":
    case "group":
    case "rows":
      return <TextControl schema={schema} shared={shared} value={value} onChange={onChange} />;
  }
}

interface TextControlProps {
  schema: Schema;
  shared: Omit<FieldControl, "value" | "onChange"> & { name: string };
  value: unknown;
  onChange: (value: unknown) => void;
}

function TextControl({ schema, shared, value, onChange }: TextControlProps) {
  const text = typeof value === "string" ? value : "";
  const change = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  if (schema.format === "password") {
    const toggle = { "aria-label": t("action.show_password") };
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        value={text}
        onChange={change}
      />
    );
  }
  const length = schema.maxLength ?? 0;
  if (length >= longTextMin) {
    return <Textarea {...shared} rows={length > veryLongTextMin ? 4 : 2} value={text} onChange={change} />;
  }
  return <TextInput {...shared} type={inputType(schema.format)} value={text} onChange={change} />;
}

function inputType(format: string | undefined): string {
  if (format === "email") return "email";
  if (format === "uri") return "url";
  return format === "date" ? "date" : "text";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
