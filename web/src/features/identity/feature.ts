// Who may do what: people, roles, tokens, and one's own account.
import type { Feature } from "../../app/screens";
import { IconKey, IconLogIn, IconPlus, IconShield, IconUsers } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "users",
      title: "users.title",
      permission: "users.read",
      load: () => import("./users/UsersScreen"),
      navigation: { group: "people", order: 0, icon: IconUsers, key: "u" },
    },
    { path: "users/:id", title: "users.title", permission: "users.read", load: () => import("./users/UserScreen") },
    {
      path: "roles",
      title: "roles.title",
      permission: "roles.read",
      load: () => import("./roles/RolesScreen"),
      navigation: { group: "people", order: 1, icon: IconShield, key: "r" },
    },
    { path: "roles/:id", title: "roles.title", permission: "roles.read", load: () => import("./roles/RoleScreen") },
    {
      path: "tokens",
      title: "tokens.title",
      permission: "tokens.read",
      load: () => import("./tokens/TokensScreen"),
      navigation: { group: "people", order: 2, icon: IconKey, key: "k" },
    },
    {
      path: "identity-providers",
      title: "providers.title",
      permission: "identity_providers.read",
      load: () => import("./providers/ProvidersScreen"),
      navigation: { group: "people", order: 3, icon: IconLogIn, key: "i" },
    },
    {
      path: "identity-providers/:id",
      title: "providers.title",
      permission: "identity_providers.read",
      load: () => import("./providers/ProviderScreen"),
    },
    { path: "account", title: "account.title", load: () => import("./account/AccountScreen") },
  ],
  commands: [
    { id: "invite", title: "users.invite", icon: IconPlus, permission: "users.write", to: "/users?invite=1" },
    { id: "token", title: "tokens.create", icon: IconPlus, permission: "tokens.write", to: "/tokens?create=1" },
    { id: "role", title: "roles.create", icon: IconPlus, permission: "roles.write", to: "/roles/new" },
    {
      id: "provider",
      title: "providers.create",
      icon: IconPlus,
      permission: "identity_providers.write",
      to: "/identity-providers/new",
    },
  ],
};
