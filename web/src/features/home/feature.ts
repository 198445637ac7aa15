import type { Feature } from "../../app/screens";
import { IconHome } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "",
      title: "home.title",
      load: () => import("./HomeScreen"),
      navigation: { group: "work", order: 0, icon: IconHome, key: "h" },
    },
  ],
};
