// A system that can only be asked, as the console shows it: the request says who was asked and what they answered, and the access
// screen that nobody knows who can reach it.

import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { eventually } from "../support/eventually.ts";
import { scanned } from "../support/stores.ts";

let console: Console;
let page: ConsolePage;
let request: string;

before(async () => {
  console = await Console.start();
  await scanned(console.administrator, "Paper archive", "manual:///Basement", { writing_granted: true });
  page = await console.open();
});
after(async () => {
  await console.stop();
});

const standsAt = (state: string) =>
  eventually(
    async () => (await console.administrator.get<{ state: string; plan?: { digest: string } }>(`/v1/rights/requests/${request}`)).body,
    (now) => now.state === state,
  );

test("the request says who was asked to do what, and that it waits", async () => {
  const content = { email: "ana@example.org", corrections: [{ category: "user.name", before: "Anna", after: "Ana" }] };
  request = String((await console.create("/v1/rights/requests", { law: "eu-gdpr", right: "correction", content }))["id"]);
  await console.create(`/v1/rights/requests/${request}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  await console.create(`/v1/rights/requests/${request}/plan`);
  const { plan } = await standsAt("planned");
  await console.create(`/v1/rights/requests/${request}/approval`, { plan: plan!.digest });
  await console.create(`/v1/rights/requests/${request}/execution`);
  await standsAt("waiting_store");
  await page.goto(`/requests/${request}`);
  await page.sees("heading", "Systems that were asked");
  await page.reads("Paper archive: correct");
  await page.reads("Not answered yet: the request waits for it.");
  await page.isAccessible();
});

test("from there one comes to the task, and its end is the answer", async () => {
  await page.activate("link", "The task");
  await page.sees("heading", /^Paper archive: correct what it holds/);
  await page.reads("Correct there: user.name");
  const { items } = (await console.administrator.get<{ items: { id: string; kind: string }[] }>("/v1/tasks")).body;
  const task = items.find(({ kind }) => kind === "store_order")!.id;
  await console.create(`/v1/tasks/${task}/evidence`, { text: "Card 12 corrected." });
  await console.create(`/v1/tasks/${task}/move`, { state: "done" });
  await standsAt("checked");
  await page.goto(`/requests/${request}`);
  await page.reads("Done, 1 piece of evidence");
  await page.isAccessible();
});

test("who can reach it is not known, and the access screen says so", async () => {
  await page.goto("/access");
  await page.sees("heading", "Where this is not known as a whole");
  await page.sees("link", "Paper archive");
  await page.reads("This kind of store does not tell who can reach it.");
  await page.isAccessible();
});

test("the page reported nothing", async () => {
  await page.close();
});
