// A console whose data map knows two stores, for all tests of a file: a newsletter (CSV) and a web shop (SQLite).
//
//   let console: Console;
//   let page: ConsolePage;
//   useMappedConsole(async (started) => {
//     console = started;
//     page = await console.open();
//   });

import { after } from "node:test";
import { type Console, useConsole } from "./console.ts";
import { makeStores, scanned } from "./stores.ts";

/** The ids of the two systems. */
export type MappedSystems = { newsletter: string; shop: string };

export function useMappedConsole(begin: (console: Console, systems: MappedSystems) => Promise<void>): void {
  const stores = makeStores();
  useConsole(
    async (console) => {
      const newsletter = await scanned(console.administrator, "Newsletter", `file://${stores.exports}`);
      const shop = await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`);
      await begin(console, { newsletter: newsletter.system, shop: shop.system });
    },
    { environment: stores.environment },
  );
  after(stores.remove);
}
