import type { Feature } from "../../app/screens";
import { IconScale } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "packs",
      title: "packs.title",
      permission: "packs.read",
      load: () => import("./PacksScreen"),
      navigation: { group: "evidence", order: 8, icon: IconScale, key: "p" },
    },
    {
      path: "packs/:kind/:id/:version",
      title: "packs.one",
      permission: "packs.read",
      load: () => import("./PackScreen"),
    },
  ],
};
