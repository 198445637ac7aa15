import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../../../api/session";
import type { FieldControl } from "../../../ui/form/fields";
import { Loaded } from "../../../ui/Loaded";
import { nameOf, t } from "../../../words/words";
import { permissionsQuery } from "../queries";
import { permissionGroups } from "./permissions";
import styles from "../identity.module.css";

interface PermissionMatrixProps {
  // Where a form puts the focus when the choice is refused.
  id?: string;
  value: readonly string[];
  readOnly?: boolean;
  error?: string | undefined;
  onChange: (value: readonly string[]) => void;
}

// Permissions by what they are about. Nobody can give away what they do not hold: those boxes are off, and the server refuses them.
export function PermissionMatrix({ id, value, readOnly = false, error, onChange }: PermissionMatrixProps) {
  const may = useMay();
  const permissions = useQuery(permissionsQuery);
  return (
    <Loaded from={permissions}>
      {(known) => (
        <div id={id} tabIndex={-1} className={styles.matrix} role="group" aria-label={t("field.permissions")}>
          {error !== undefined && (
            <p role="alert" className={styles.refusal}>
              {error}
            </p>
          )}
          {permissionGroups(known).map((group) => (
            <fieldset key={group.resource}>
              <legend>{nameOf("resource", group.resource)}</legend>
              <div className={styles.matrixGrid}>
                {group.permissions.map((permission) => (
                  <Checkbox
                    key={permission.name}
                    label={permission.summary}
                    description={permission.name}
                    checked={value.includes(permission.name)}
                    disabled={readOnly || !may(permission.name)}
                    onChange={(event) =>
                      onChange(
                        event.currentTarget.checked
                          ? [...value, permission.name]
                          : value.filter((name) => name !== permission.name),
                      )
                    }
                  />
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      )}
    </Loaded>
  );
}

// The matrix as a form's field.
export function PermissionsField({ field }: { field: FieldControl }) {
  return (
    <PermissionMatrix
      id={field.id}
      value={field.value as readonly string[]}
      error={field.error}
      onChange={field.onChange}
    />
  );
}
