import type { Feature } from "../../app/screens";
import { IconBell } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "notifications",
      title: "notifications.title",
      permission: "workspace.use",
      load: () => import("./NotificationsScreen"),
      navigation: { group: "work", order: 9, icon: IconBell, key: "n" },
    },
  ],
  events: { "notifications.changed": "notifications" },
};
