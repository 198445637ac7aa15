// "Contract: 2026/17", a line for each: how custom fields are written in a form.
import type { Schemas } from "../../api/client";

type CustomField = Schemas["CustomField"];

export function linesOf(fields: readonly CustomField[]): string {
  return fields.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

// What stands before the first colon names it; a line without one has no value. Empty lines are left out.
export function customFieldsOf(text: string): CustomField[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [name = "", ...value] = line.split(":");
    return { name: name.trim(), value: value.join(":").trim() };
  });
}
