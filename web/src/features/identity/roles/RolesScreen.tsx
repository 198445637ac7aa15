// The roles side by side: what each may do, row by row. Names lead to the role.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMay } from "../../../api/session";
import { IconCheck, IconPlus } from "../../../ui/icons";
import { LinesSkeleton, Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { hiddenText } from "../../../ui/hidden";
import { nameOf, t } from "../../../words/words";
import { permissionsQuery, rolesQuery, type Role } from "../queries";
import { roleName } from "./roleName";
import { permissionGroups, type PermissionInfo } from "./permissions";
import styles from "../identity.module.css";

export default function RolesScreen() {
  const may = useMay();
  const roles = useQuery(rolesQuery);
  const permissions = useQuery(permissionsQuery);
  return (
    <Page
      title={t("roles.title")}
      lead={t("roles.lead")}
      actions={
        may("roles.write") && (
          <Button component={Link} to="/roles/new" leftSection={<IconPlus size={16} />}>
            {t("roles.create")}
          </Button>
        )
      }
    >
      <Loaded from={roles} skeleton={<LinesSkeleton lines={10} />}>
        {(loaded) => (
          <Loaded from={permissions} skeleton={<LinesSkeleton lines={10} />}>
            {(known) => <Overview roles={loaded} permissions={known} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Overview({ roles, permissions }: { roles: readonly Role[]; permissions: readonly PermissionInfo[] }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("roles.title")}>
      <table className={styles.overview}>
        <thead>
          <tr>
            <th scope="col">{t("roles.permission")}</th>
            {roles.map((role) => (
              <th scope="col" key={role.id}>
                <Link to={`/roles/${role.id}`}>{roleName(role)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups(permissions).map((group) => (
          <tbody key={group.resource}>
            <tr className={styles.resource}>
              <th scope="rowgroup" colSpan={roles.length + 1}>
                {nameOf("resource", group.resource)}
              </th>
            </tr>
            {group.permissions.map((permission) => (
              <tr key={permission.name}>
                <th scope="row">{permission.summary}</th>
                {roles.map((role) => (
                  <td key={role.id}>
                    {role.permissions.includes(permission.name) ? (
                      <>
                        <IconCheck size={18} />
                        <span className={hiddenText}>{t("roles.granted")}</span>
                      </>
                    ) : (
                      <span className={hiddenText}>{t("roles.not_granted")}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
