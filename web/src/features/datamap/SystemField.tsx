// One system of the data map, chosen by its name.
import { Select } from "@mantine/core";
import type { FieldControl } from "../../ui/form/fields";
import { useSystemChoices } from "./system";

// Choices open as soon as they have the focus; within a dialog they are part of it for screen readers.
export const inPlace = { withinPortal: false };

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
