import type { Feature } from "../../app/screens";
import { IconBan, IconBook, IconPlus, IconScale, IconUndo } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "requests",
      title: "requests.title",
      permission: "rights.read",
      load: () => import("./RequestsScreen"),
      navigation: { group: "work", order: 2, icon: IconBook, key: "q" },
    },
    {
      path: "requests/figures",
      title: "figures.title",
      permission: "rights.read",
      load: () => import("./FiguresScreen"),
    },
    {
      path: "requests/import",
      title: "import.title",
      permission: "rights.write",
      load: () => import("./ImportScreen"),
    },
    { path: "agents", title: "agents.title", permission: "rights.read", load: () => import("./AgentsScreen") },
    {
      path: "requests/settings",
      title: "casework.title",
      permission: "rights.read",
      load: () => import("./CaseworkScreen"),
    },
    {
      path: "handling",
      title: "handling.title",
      permission: "rights.read",
      load: () => import("./HandlingScreen"),
      navigation: { group: "work", order: 5, icon: IconScale },
    },
    {
      path: "restrictions",
      title: "restrictions.title",
      permission: "rights.read",
      load: () => import("./RestrictionsScreen"),
      navigation: { group: "work", order: 3, icon: IconBan },
    },
    {
      path: "erasures",
      title: "erasures.title",
      permission: "rights.read",
      load: () => import("./ErasuresScreen"),
      navigation: { group: "work", order: 4, icon: IconUndo },
    },
    { path: "erasures/:id", title: "erasures.one", permission: "rights.read", load: () => import("./ReplayScreen") },
    { path: "requests/:id", title: "requests.one", permission: "rights.read", load: () => import("./RequestScreen") },
  ],
  commands: [
    { id: "request", title: "requests.create", icon: IconPlus, permission: "rights.write", to: "/requests?create=1" },
    { id: "handling", title: "handling.create", icon: IconScale, permission: "rights.rules", to: "/handling?create=1" },
  ],
};
