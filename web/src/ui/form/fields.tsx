// One field of a SchemaForm: the control that fits the schema's type, its label, help and refusal.
import {
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
import { kindOf, type Place, type Schema, type Values } from "./schema";
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
  custom: ((field: FieldControl) => ReactNode) | undefined;
  onChange: (value: unknown) => void;
}

export function SchemaField(props: SchemaFieldProps) {
  const { id, name, schema, errors, path } = props;
  const help = `field.${name}.help`;
  const field: FieldControl = {
    id,
    label: props.label ?? fieldLabel(name),
    description: hasWords(help) ? t(help) : undefined,
    error: errors.find((place) => place.path === path)?.text,
    required: props.required,
    value: props.value,
    onChange: props.onChange,
    "data-autofocus": props.first || undefined,
  };
  if (props.custom !== undefined) return props.custom(field);
  return kindOf(schema) === "group" ? (
    <Group {...props} label={field.label} />
  ) : (
    <Control schema={schema} field={field} name={name} />
  );
}

export function fieldLabel(name: string): string {
  const key = `field.${name}`;
  return hasWords(key) ? t(key) : humanize(name);
}

function Group({ id, schema, value, errors, path, label, onChange }: SchemaFieldProps & { label: string }) {
  const values = (value ?? {}) as Values;
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
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
          custom={undefined}
          onChange={(changed) => onChange({ ...values, [name]: changed })}
        />
      ))}
    </fieldset>
  );
}

const longTextMin = 400;

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
          data={(schema.enum ?? []).map((choice) => ({ value: choice, label: nameOf(`choice.${name}`, choice) }))}
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
  if ((schema.maxLength ?? 0) >= longTextMin) return <Textarea {...shared} rows={4} value={text} onChange={change} />;
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
