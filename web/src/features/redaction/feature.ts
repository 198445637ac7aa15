import type { Feature } from "../../app/screens";
import { IconEyeOff } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "redact",
      title: "redaction.title",
      permission: "redaction.use",
      load: () => import("./RedactScreen"),
      navigation: { group: "work", order: 8, icon: IconEyeOff, key: "b" },
    },
  ],
};
