import type { Feature } from "../../app/screens";
import { IconCalendar, IconCpu } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "jobs",
      title: "jobs.title",
      permission: "jobs.read",
      load: () => import("./JobsScreen"),
      navigation: { group: "system", order: 1, icon: IconCpu, key: "j" },
    },
    { path: "jobs/:id", title: "jobs.one", permission: "jobs.read", load: () => import("./JobScreen") },
    {
      path: "schedules",
      title: "schedules.title",
      permission: "jobs.read",
      load: () => import("./SchedulesScreen"),
      navigation: { group: "system", order: 2, icon: IconCalendar, key: "s" },
    },
  ],
  events: { "jobs.progress": "jobs" },
};
