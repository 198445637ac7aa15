// The record of processing activities, by keyboard: an activity recorded with everything that GDPR Art. 30 asks for, its gaps named
// until they are filled, changed with its history kept, handed out as a file, and ended.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { makeStores, scanned } from "../support/stores.ts";

const stores = makeStores();
let console: Console;
let page: ConsolePage;

before(async () => {
  console = await Console.start({ environment: stores.environment });
  await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`);
  page = await console.open();
});
after(async () => {
  await console.stop();
  stores.remove();
});

test("an empty record says what it is for, and an activity is begun from it", async () => {
  await page.goto("/activities");
  await page.sees("heading", "No processing activity is recorded");
  await page.isAccessible();
  await page.activate("link", "Record an activity");
  await page.sees("heading", "Record an activity");
  await page.activate("button", "Record it");
  await page.describes("Name", /This is needed/);
});

test("what is not known yet may stay empty, and is named with its article", async () => {
  await page.fill("Name", "Delivering orders");
  await page.activate("button", "Record it");
  await page.sees("heading", "Delivering orders");
  const missing = page.at("region", "What is missing");
  await missing.getByText("GDPR Art. 30(1)(b)").waitFor();
  await page.reads("Not said yet (GDPR Art. 30(1)(f))");
  await page.isAccessible();
});

test("each part is filled in, also those of which there are several", async () => {
  await page.activate("button", "Change");
  await page.sees("region", "Change");
  await page.fill("What is done", "Orders are packed and sent.");
  await page.activate("button", "Add a name");
  await page.choose("Role", "Controller");
  await page.fill("Name of the person or organization", "Example Trading");
  await page.fill("How they are reached", "privacy@example.org");
  await page.activate("button", "Add a purpose");
  await page.fill("Purpose", "Sending what was ordered");
  await page.choose("Lawful basis", "Contract, Art. 6(1)(b)");
  await page.fill("Whose data", "Customers", "combobox");
  await page.press("Enter");
  await page.choose("Which data", "Contact Data › User Contact Email");
  await page.press("Escape");
  await page.fill("Recipients", "Parcel services", "combobox");
  await page.press("Enter");
  await page.activate("button", "Add a transfer");
  await page.fill("Country or organization", "Norway");
  await page.fill("Safeguards", "Member of the EEA");
  await page.fill("When data is erased", "Six years after the order");
  await page.fill("Security measures", "Encrypted disks");
  await page.choose("Systems", "Web shop");
  await page.press("Escape");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("Everything that the law asks for is said.");
  await page.reads("Contract, Art. 6(1)(b)");
  await page.sees("link", "Contact Data › User Contact Email");
  await page.sees("link", "Web shop");
  await page.isAccessible();
});

test("every version stays, with who wrote it and what it changed", async () => {
  await page.reads(/^Changed: .*Purposes.*Security measures/);
  await page.activate("button", "Show version 1");
  await page.sees("dialog", "Version 1");
  assert.doesNotMatch(await page.at("dialog", "Version 1").innerText(), /Parcel services/);
  await page.isAccessible();
  await page.press("Escape");
});

test("what a row lacks is said at its field", async () => {
  await page.activate("button", "Change");
  await page.activate("button", "Add a transfer");
  await page.activate("button", "Save");
  const second = page.page.getByRole("group", { name: "Transfers to third countries: 2" });
  await second.getByText("This is needed").waitFor();
  await page.activate("button", "Remove transfer 2");
  await second.waitFor({ state: "detached" });
  await page.activate("button", "Cancel");
  await page.sees("button", "End it");
});

test("whoever writes at the same time as another is told, and nothing is lost", async () => {
  await page.activate("button", "Change");
  await page.sees("textbox", "Name");
  const [activity] = (await console.administrator.get<{ items: { id: string; content: object }[] }>("/v1/activities")).body.items;
  const path = `/v1/activities/${String(activity?.id)}`;
  const theirs = await console.administrator.put(path, { ...activity?.content, retention: "Ten years" }, { "If-Match": "*" });
  assert.equal(theirs.status, 200);
  await page.fill("Security measures", "Encrypted disks, two factors");
  await page.activate("button", "Save");
  await page.reads("Someone else");
  await page.isAccessible();
  await page.activate("button", "Cancel");
});

test("the list shows what is missing, and the record is handed out as a file", async () => {
  await console.create("/v1/activities", { role: "processor", name: "Payroll for others" });
  await page.goto("/activities");
  await page.sees("row", /Delivering orders Controller .*Complete/);
  await page.choose("What is missing", "Only with something missing");
  await page.sees("row", /Payroll for others Processor .*parts missing/);
  await page.page.getByRole("row", { name: /Delivering orders/ }).waitFor({ state: "detached" });
  await page.activate("button", "Download the record");
  await page.isAccessible();
  const table = page.at("menuitem", "Table (CSV)");
  while (!(await table.evaluate((element) => element === document.activeElement))) await page.press("ArrowDown");
  const [file] = await Promise.all([page.page.waitForEvent("download"), page.press("Enter")]);
  assert.match(readFileSync(await file.path(), "utf8"), /Delivering orders/);
});

test("whom the activity names is on the list of recipients, and is said to be who they are", async () => {
  await page.goto("/recipients");
  await page.sees("heading", "Recipients");
  await page.isAccessible();
  await page.activate("button", "Change");
  await page.sees("dialog", "Parcel services");
  await page.fill("Country", "Germany");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("The recipient was saved");
  await page.sees("cell", "Germany");
  await page.activate("button", "History");
  await page.reads("Parcel services, Germany");
  await page.press("Escape");
});

test("an activity that is no longer done ends, and its record stays to be read", async () => {
  await page.goto("/activities");
  await page.activate("link", "Delivering orders");
  await page.activate("button", "End it");
  await page.reads("with every version");
  await page.isAccessible();
  await page.activate("button", "End it");
  await page.reads("Delivering orders has ended; its record stays");
  await page.page.getByRole("button", { name: "Change" }).waitFor({ state: "detached" });
  await page.goto("/activities?ended=true");
  await page.sees("row", /Delivering orders/);
});

test("who may only read is offered no change", async () => {
  const reader = await console.person("Rita Reader", ["activities.read", "map.read"]);
  const hers = await console.open(reader);
  await hers.goto("/activities");
  await hers.sees("button", "Download the record");
  assert.equal(await hers.page.getByRole("link", { name: "Record an activity" }).count(), 0);
  await hers.activate("link", "Payroll for others");
  await hers.sees("region", "What is missing");
  assert.equal(await hers.page.getByRole("button", { name: "Change" }).count(), 0);
  await hers.close();
});

test("the page reported nothing", async () => {
  await page.close();
});
