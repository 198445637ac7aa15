// One system of the data map, chosen by its name.
import { Select } from "@mantine/core";
import type { FieldControl } from "../../ui/form/fields";
import { inPlace } from "../../ui/inPlace";
import { useSystemChoices } from "./system";

export function SystemField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      searchable
      comboboxProps={inPlace}
      data={useSystemChoices()}
      value={typeof value === "string" ? value : null}
      onChange={(system) => onChange(system ?? undefined)}
    />
  );
}
