// The part of JSON Schema (2020-12, as OpenAPI 3.1 uses it) that request bodies need, and its check before anything is sent. The
// server checks again and decides; this check only saves a round trip and puts the words beside the field.
import { t } from "../../words/words";

export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly readOnly?: boolean;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export type Values = Readonly<Record<string, unknown>>;

export interface Place {
  // A JSON Pointer into the values (RFC 6901).
  readonly path: string;
  readonly text: string;
}

export type Kind = "text" | "number" | "boolean" | "choice" | "choices" | "list" | "group" | "rows";

export function kindOf(schema: Schema): Kind {
  const type = mainType(schema);
  if (choicesOf(schema) !== undefined) return "choice";
  if (type === "boolean") return "boolean";
  if (type === "integer" || type === "number") return "number";
  if (type === "object" && schema.properties !== undefined) return "group";
  if (type === "array") return kindOfList(schema.items ?? {});
  return "text";
}

function kindOfList(items: Schema): Kind {
  if (items.properties !== undefined) return "rows";
  return items.enum === undefined ? "list" : "choices";
}

// Also of what may be null instead.
export function choicesOf(schema: Schema): readonly string[] | undefined {
  return schema.enum ?? schema.anyOf?.find((one) => one.enum !== undefined)?.enum;
}

function mainType(schema: Schema): string | undefined {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  return types.find((type) => type !== "null");
}

// Every place at which `values` would be refused.
export function problemsIn(schema: Schema, values: Values, at = ""): readonly Place[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const path = `${at}/${name}`;
    const value = values[name];
    if (isAbsent(value)) {
      const needed = schema.required?.includes(name) === true && kindOf(part) !== "boolean";
      return needed ? [{ path, text: t("form.required") }] : [];
    }
    if (kindOf(part) === "group") return problemsIn(part, value as Values, path);
    if (kindOf(part) === "rows") return problemsInRows(part.items ?? {}, value as readonly Values[], path);
    const text = problemWith(part, value);
    return text === null ? [] : [{ path, text }];
  });
}

function problemsInRows(items: Schema, rows: readonly Values[], at: string): readonly Place[] {
  return rows.flatMap((row, index) => problemsIn(items, row, `${at}/${index}`));
}

function problemWith(schema: Schema, value: unknown): string | null {
  if (typeof value === "string") return problemWithText(schema, value);
  if (typeof value === "number") return problemWithNumber(schema, value);
  if (Array.isArray(value) && value.length < (schema.minItems ?? 0)) {
    return t("form.too_few", { count: schema.minItems ?? 0 });
  }
  return null;
}

function problemWithText(schema: Schema, value: string): string | null {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength)
    return t("form.too_short", { count: schema.minLength });
  if (schema.maxLength !== undefined && length > schema.maxLength)
    return t("form.too_long", { count: schema.maxLength });
  if (schema.format === "email" && !/^[^\s@]+@[^\s@]+$/.test(value)) return t("form.not_email");
  if (schema.format === "uri" && !URL.canParse(value)) return t("form.not_address");
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) return t("form.wrong_form");
  return null;
}

function problemWithNumber(schema: Schema, value: number): string | null {
  if (schema.minimum !== undefined && value < schema.minimum) return t("form.too_small", { limit: schema.minimum });
  if (schema.maximum !== undefined && value > schema.maximum) return t("form.too_large", { limit: schema.maximum });
  return null;
}

// What is sent: fields left empty are left out, so that "absent" never arrives as "", and so is what the server decides.
export function cleaned(schema: Schema, values: Values): Values {
  const given = Object.entries(values).filter(([name, value]) => {
    return !isAbsent(value) && schema.properties?.[name]?.readOnly !== true;
  });
  return Object.fromEntries(given);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
