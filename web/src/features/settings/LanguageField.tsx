import { Select } from "@mantine/core";
import type { FieldControl } from "../../ui/form/fields";

// The languages in which data subjects are written to. One that only the server knows stays choosable.
const languages = ["en", "de", "fr", "es"];

export function LanguageField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  const current = typeof value === "string" ? value : "en";
  const known = languages.includes(current) ? languages : [current, ...languages];
  const names = new Intl.DisplayNames("en", { type: "language" });
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={known.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
      value={current}
      onChange={onChange}
    />
  );
}
