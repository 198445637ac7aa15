import type { Feature } from "../../app/screens";
import { IconBook, IconPlus } from "../../ui/icons";

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
    { path: "requests/:id", title: "requests.one", permission: "rights.read", load: () => import("./RequestScreen") },
  ],
  commands: [
    { id: "request", title: "requests.create", icon: IconPlus, permission: "rights.write", to: "/requests?create=1" },
  ],
};
