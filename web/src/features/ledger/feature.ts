import type { Feature } from "../../app/screens";
import { IconBook } from "../../ui/icons";

export const feature: Feature = {
  screens: [
    {
      path: "ledger",
      title: "ledger.title",
      permission: "ledger.read",
      load: () => import("./LedgerScreen"),
      navigation: { group: "evidence", order: 0, icon: IconBook, key: "l" },
    },
    { path: "ledger/:index", title: "ledger.entry", permission: "ledger.read", load: () => import("./EntryScreen") },
  ],
};
