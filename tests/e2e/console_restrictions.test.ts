// What people forbade, and erasures after a backup came back, by keyboard: a restriction stands until it is lifted with words to the
// person, and the journal of erasures is replayed.

import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { eventually } from "../support/eventually.ts";
import { makeStores, scanned } from "../support/stores.ts";

const stores = makeStores();
let console: Console;
let page: ConsolePage;

type Request = { state: string; plan?: { digest: string } | null };

before(async () => {
  console = await Console.start({ environment: stores.environment });
  await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`);
  await carriedOut("restriction");
  page = await console.open();
});
after(async () => {
  await console.stop();
  stores.remove();
});

async function carriedOut(right: string): Promise<void> {
  const made = await console.create("/v1/rights/requests", { law: "eu-gdpr", right, content: { email: "ada@example.org" } });
  const path = `/v1/rights/requests/${String(made["id"])}`;
  const read = async () => (await console.administrator.get<Request>(path)).body;
  await console.create(`${path}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  await console.create(`${path}/plan`);
  const planned = await eventually(read, ({ state }) => state === "planned");
  await console.create(`${path}/approval`, { plan: planned.plan?.digest });
  await console.create(`${path}/execution`);
  await eventually(
    async () => (await console.administrator.get<{ items: object[] }>("/v1/restrictions")).body.items,
    (items) => items.length > 0,
  );
}

test("what a person forbade stands there without their name, and leads to their request", async () => {
  await page.goto("/restrictions");
  await page.sees("row", /^Restriction Every purpose .*Stands/);
  await page.isAccessible();
});

test("it is lifted only with words to the person", async () => {
  await page.activate("button", "Lift it");
  await page.sees("dialog", "Lift this restriction?");
  await page.activate("button", "Lift it");
  await page.describes(/^What the person reads/, /This is needed/);
  await page.fill(/^What the person reads/, "Your data is correct now, so the restriction ends.");
  await page.isAccessible();
  await page.activate("button", "Lift it");
  await page.sees("heading", "Nobody forbade anything");
  await page.goto("/restrictions?lifted=true");
  await page.sees("row", /^Restriction Every purpose/);
});

test("the journal is replayed, and says who is back", async () => {
  await page.goto("/erasures");
  await page.reads("The journal remembers no erasure yet.");
  await page.activate("button", "Replay the journal");
  await page.sees("dialog", "Replay the journal");
  await page.isAccessible();
  await page.activate("button", "Replay the journal");
  await page.sees("heading", "Replay of the journal");
  await page.reads("Nobody who was erased is back.");
  await page.isAccessible();
  await page.goto("/erasures");
  await page.sees("link", "Nobody is back (looked only)");
  await page.isAccessible();
});

test("the page reported nothing", async () => {
  await page.close();
});
