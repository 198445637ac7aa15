import type { Feature } from "../../app/screens";
import { IconPlay, IconPlus, IconTasks } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "tasks",
      title: "tasks.title",
      permission: "tasks.use",
      load: () => import("./TasksScreen"),
      navigation: { group: "work", order: 1, icon: IconTasks, key: "t" },
    },
    { path: "tasks/:id", title: "tasks.one", permission: "tasks.use", load: () => import("./TaskScreen") },
  ],
  events: { "tasks.changed": "tasks" },
  commands: [
    { id: "task", title: "tasks.create", icon: IconPlus, permission: "tasks.use", to: "/tasks?create=1" },
    { id: "playbook", title: "playbooks.start", icon: IconPlay, permission: "tasks.manage", to: "/tasks?start=1" },
  ],
};
