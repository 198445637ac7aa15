import type { Feature } from "../../app/screens";
import { IconBuilding } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "settings",
      title: "settings.title",
      permission: "settings.read",
      load: () => import("./SettingsScreen"),
      navigation: { group: "system", order: 0, icon: IconBuilding, key: "o" },
    },
  ],
};
