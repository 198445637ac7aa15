import type { Feature } from "../../app/screens";
import {
  IconChanges,
  IconDatabase,
  IconFile,
  IconLink,
  IconPlus,
  IconSearch,
  IconServer,
  IconTable,
} from "../../ui/icons";

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
      path: "changes",
      title: "changes.title",
      permission: "map.read",
      load: () => import("./ChangesScreen"),
      navigation: { group: "map", order: 3, icon: IconChanges, key: "f" },
    },
    {
      path: "references",
      title: "references.title",
      permission: "map.read",
      load: () => import("./references/ReferencesScreen"),
      navigation: { group: "map", order: 4, icon: IconLink, key: "x" },
    },
    {
      path: "activities",
      title: "activities.title",
      permission: "activities.read",
      load: () => import("./activities/ActivitiesScreen"),
      navigation: { group: "map", order: 5, icon: IconFile, key: "a" },
    },
    {
      path: "activities/new",
      title: "activities.create",
      permission: "activities.write",
      load: () => import("./activities/NewActivityScreen"),
    },
    {
      path: "activities/:id",
      title: "activities.one",
      permission: "activities.read",
      load: () => import("./activities/ActivityScreen"),
    },
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
    {
      id: "reference",
      title: "references.create",
      icon: IconPlus,
      permission: "map.write",
      to: "/references?create=1",
    },
    {
      id: "activity",
      title: "activities.create",
      icon: IconPlus,
      permission: "activities.write",
      to: "/activities/new",
    },
  ],
  // A scan is a job of the same id.
  events: { "jobs.progress": "scans" },
};
