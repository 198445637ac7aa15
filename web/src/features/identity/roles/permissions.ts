import type { Schemas } from "../../../api/client";

export type PermissionInfo = Schemas["PermissionInfo"];

export interface PermissionGroup {
  // What comes before the dot: "users" of "users.write".
  readonly resource: string;
  readonly permissions: readonly PermissionInfo[];
}

export function permissionGroups(permissions: readonly PermissionInfo[]): readonly PermissionGroup[] {
  const resources = [...new Set(permissions.map(resourceOf))];
  return resources.map((resource) => ({
    resource,
    permissions: permissions.filter((permission) => resourceOf(permission) === resource),
  }));
}

function resourceOf(permission: PermissionInfo): string {
  return permission.name.split(".")[0] ?? permission.name;
}
