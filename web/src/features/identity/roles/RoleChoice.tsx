import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FieldControl } from "../../../ui/form/fields";
import { rolesQuery } from "../queries";
import { roleName } from "./roleName";

// A form field that holds role ids and shows role names.
export function RoleChoice({ field }: { field: FieldControl }) {
  const roles = useQuery(rolesQuery);
  const { onChange, value, ...rest } = field;
  return (
    <MultiSelect
      {...rest}
      searchable
      data={(roles.data ?? []).map((role) => ({ value: role.id, label: roleName(role) }))}
      value={Array.isArray(value) ? value : []}
      onChange={onChange}
    />
  );
}
