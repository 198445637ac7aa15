import type { Feature } from "../../app/screens";
import { IconActivity } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "health",
      title: "health.title",
      permission: "health.read",
      load: () => import("./HealthScreen"),
      navigation: { group: "system", order: 9, icon: IconActivity, key: "y" },
    },
  ],
};
