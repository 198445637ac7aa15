import type { Feature } from "../../app/screens";
import { IconKey } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "keys",
      title: "keys.title",
      permission: "keys.read",
      load: () => import("./KeysScreen"),
      navigation: { group: "system", order: 8, icon: IconKey, key: "e" },
    },
  ],
  events: { "jobs.progress": "keys" },
};
