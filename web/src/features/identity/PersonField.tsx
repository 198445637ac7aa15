// One of the people who work here, or nobody.
import { Select } from "@mantine/core";
import type { FieldControl } from "../../ui/form/fields";
import { usePeople } from "./people";

export function PersonField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      clearable
      searchable
      data={usePeople().map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof value === "string" ? value : null}
      onChange={(person) => onChange(person ?? undefined)}
    />
  );
}
