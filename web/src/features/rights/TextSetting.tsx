import { TextInput } from "@mantine/core";
import type { FieldControl } from "../../ui/form/fields";

export function TextSetting({ field, help }: { field: FieldControl; help: string }) {
  const { value, onChange, ...rest } = field;
  return (
    <TextInput
      {...rest}
      description={help}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
