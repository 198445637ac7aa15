import { Select } from "@mantine/core";
import type { FieldControl } from "./fields";

// IANA time zones, as the browser knows them; one that only the server knows stays choosable.
export function TimeZoneField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  const current = typeof value === "string" ? value : null;
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  return (
    <Select
      {...rest}
      searchable
      allowDeselect={false}
      limit={50}
      data={current === null || known.includes(current) ? known : [current, ...known]}
      value={current}
      onChange={(zone) => onChange(zone ?? undefined)}
    />
  );
}
