import type { Feature } from "../../app/screens";
import { IconDatabase, IconPlus, IconSearch, IconServer, IconTable } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "systems",
      title: "systems.title",
      permission: "map.read",
      load: () => import("./SystemsScreen"),
      navigation: { group: "map", order: 1, icon: IconServer, key: "m" },
    },
    { path: "systems/:id", title: "systems.one", permission: "map.read", load: () => import("./SystemScreen") },
    {
      path: "collections/:id",
      title: "collections.one",
      permission: "map.read",
      load: () => import("./CollectionScreen"),
    },
    {
      path: "fields",
      title: "fields.title",
      permission: "map.read",
      load: () => import("./FieldsScreen"),
      navigation: { group: "map", order: 2, icon: IconTable, key: "d" },
    },
    { path: "fields/:id", title: "fields.one", permission: "map.read", load: () => import("./FieldScreen") },
    {
      path: "connections",
      title: "connections.title",
      permission: "connections.read",
      load: () => import("./ConnectionsScreen"),
      navigation: { group: "map", order: 8, icon: IconDatabase, key: "c" },
    },
    {
      path: "connections/:id",
      title: "connections.one",
      permission: "connections.read",
      load: () => import("./ConnectionScreen"),
    },
    {
      path: "scans",
      title: "scans.title",
      permission: "map.read",
      load: () => import("./ScansScreen"),
      navigation: { group: "map", order: 9, icon: IconSearch, key: "v" },
    },
    { path: "scans/:id", title: "scans.one", permission: "map.read", load: () => import("./ScanScreen") },
  ],
  commands: [
    {
      id: "connection",
      title: "connections.create",
      icon: IconPlus,
      permission: "connections.write",
      to: "/connections?create=1",
    },
  ],
  // A scan is a job of the same id.
  events: { "jobs.progress": "scans" },
};
