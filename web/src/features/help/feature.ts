import type { Feature } from "../../app/screens";
import { IconHelp } from "../../ui/icons";

export const feature: Feature = {
  screens: [{ path: "help", title: "help.title", load: () => import("./HelpScreen") }],
  commands: [{ id: "help", title: "help.title", icon: IconHelp, to: "/help" }],
};
