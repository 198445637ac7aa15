// What scans found, decided by keyboard alone: one after the other, several at once, taken back; and what was decided is found again
// with its reason.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import type { Console } from "../support/console.ts";
import { eventually } from "../support/eventually.ts";
import { useMappedConsole } from "../support/mapped_console.ts";

let console: Console;
let page: ConsolePage;

useMappedConsole(async (started) => {
  console = started;
  page = await console.open();
});

type Field = { name: string; collection_name: string; verdict: string; category: string; verdict_reason: string };

async function field(collection: string, name: string): Promise<Field> {
  const { items } = (await console.administrator.get<{ items: Field[] }>("/v1/fields?limit=100")).body;
  const found = items.find((one) => one.name === name && one.collection_name === collection);
  return found ?? assert.fail(`the map has no field ${collection}.${name}`);
}

async function isGone(row: RegExp): Promise<void> {
  await page.page.getByRole("row", { name: row }).waitFor({ state: "detached" });
}

/** Walks with j and k to the row of that field. */
async function walkTo(row: RegExp): Promise<void> {
  const target = page.at("row", row);
  await target.waitFor();
  for (let steps = 0; steps < 20; steps++) {
    const way = await target.evaluate((element) => {
      const rows = [...document.querySelectorAll("[data-row]")];
      return rows.indexOf(element) - rows.findIndex((one) => one.contains(document.activeElement));
    });
    if (way === 0) return;
    await page.press(way > 0 ? "j" : "k");
  }
  assert.fail(`j and k do not reach ${String(row)}`);
}

const inSomeRow = () => page.page.waitForFunction(() => document.activeElement?.closest("[data-row]") != null);

test("what is new stands there with what speaks for it, and special categories say so", async () => {
  await page.goto("/changes");
  await page.sees("row", /email customer in Web shop New User Contact Email .*Its name: email/);
  await page.sees("row", /email newsletter.csv in Newsletter/);
  await page.sees("row", /medical_condition .*Special category/);
  await page.reads(/7 wait for a decision: 7 new, 0 changed, 0 gone; 1 of special categories/);
  await page.isAccessible();
});

test("one key confirms, the next row has the focus, and one key takes it back", async () => {
  await walkTo(/phone customer/);
  await page.press("c");
  await isGone(/phone customer/);
  await page.reads("1 change confirmed");
  await inSomeRow();
  assert.equal((await field("customer", "phone")).verdict, "confirmed");
  await page.undo();
  await page.sees("row", /phone customer/);
  assert.equal((await field("customer", "phone")).verdict, "proposed");
});

test("a rejection asks why, and keeps it", async () => {
  await walkTo(/email newsletter/);
  await page.press("r");
  await page.sees("dialog", "No personal data in this field?");
  await page.activate("button", "No personal data");
  await page.describes("Why", /This is needed/);
  await page.isAccessible();
  await page.fill("Why", "Addresses of our own shops");
  await page.press("Enter");
  await isGone(/email newsletter/);
  await inSomeRow();
  const rejected = await field("newsletter.csv", "email");
  assert.deepEqual([rejected.verdict, rejected.verdict_reason], ["rejected", "Addresses of our own shops"]);
});

test("another category is chosen by its name; the last reason stands there", async () => {
  await walkTo(/phone customer/);
  await page.press("e");
  await page.sees("dialog", "Which category is this field?");
  await page.choose("Category", "Contact Data › Fax Number");
  assert.equal(await page.at("textbox", "Why").inputValue(), "Addresses of our own shops");
  await page.fill("Why", "The column of the old fax machines");
  await page.press("Enter");
  await isGone(/phone customer/);
  assert.equal((await field("customer", "phone")).category, "user.contact.fax_number");
});

test("who thinks better of it goes on in the same row, and nothing is decided", async () => {
  await walkTo(/email customer/);
  await page.press("r");
  await page.sees("dialog", "No personal data in this field?");
  await page.press("Escape");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
  await page.hasFocus("link", /^email customer/);
  assert.equal((await field("customer", "email")).verdict, "proposed");
});

test("several are decided at once, those chosen and no others", async () => {
  await page.press("x");
  await walkTo(/full_name customer/);
  await page.press("x");
  await page.reads("2 selected");
  await page.press("c");
  await isGone(/email customer/);
  await isGone(/full_name customer/);
  await page.reads("2 changes confirmed");
  await page.sees("row", /medical_condition/);
  await eventually(async () => (await field("customer", "medical_condition")).verdict, (verdict) => verdict === "proposed");
});

test("filters leave what is asked for: a system, a category, how sure it is", async () => {
  await page.goto("/changes?state=confirmed");
  await page.sees("row", /full_name customer/);
  await page.choose("Category", "Contact Data › User Contact Email");
  await isGone(/full_name customer/);
  await page.sees("row", /email customer/);
  await page.choose("Confidence", "Below 60 %");
  await page.sees("heading", "Nothing matches these filters");
  await page.choose("Confidence", "90 % and more");
  await page.sees("row", /email customer/);
  await page.choose("System", "Newsletter");
  await page.sees("heading", "Nothing matches these filters");
});

test("what was decided is found with its reason and who gave it, and is taken back there", async () => {
  await page.goto("/changes?state=rejected");
  await page.sees("row", /email newsletter.*Addresses of our own shops.*Ada Example/);
  await page.isAccessible();
  await walkTo(/email newsletter/);
  await page.press("u");
  await isGone(/email newsletter/);
  assert.equal((await field("newsletter.csv", "email")).verdict, "proposed");
});

test("what the detector missed is given its category by hand", async () => {
  await page.goto("/changes?state=noted");
  await walkTo(/points newsletter/);
  await page.press("e");
  await page.sees("dialog", "Which category is this field?");
  await page.choose("Category", "Observed Behavior");
  await page.fill("Why", "What people bought");
  await page.press("Enter");
  await isGone(/points newsletter/);
  assert.equal((await field("newsletter.csv", "points")).category, "user.behavior");
});

test("a field's own page decides it, too", async () => {
  await page.goto("/fields?q=full_name");
  await page.activate("link", "full_name");
  await page.activate("button", "Decide");
  await page.sees("dialog", "What does full_name hold?");
  await page.choose("Category", "No personal data");
  await page.fill("Why", "Names of our own shops");
  await page.isAccessible();
  await page.activate("button", "Decide");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
  await page.reads("Names of our own shops");
  assert.equal((await field("customer", "full_name")).verdict, "rejected");
});

test("buttons do the same for whoever has no keys; who may only read has none", async () => {
  await page.goto("/changes");
  await page.activate("button", "Confirm customer.medical_condition");
  await isGone(/medical_condition/);
  const reader = await console.person("Rita Reader", ["map.read"]);
  const hers = await console.open(reader);
  await hers.goto("/changes");
  await hers.sees("row", /email newsletter/);
  assert.equal(await hers.page.getByRole("button", { name: /^Confirm/ }).count(), 0);
  await hers.press("?");
  await hers.sees("dialog", "Keyboard shortcuts");
  assert.doesNotMatch(await hers.at("dialog", "Keyboard shortcuts").innerText(), /Confirm/);
  await hers.close();
});

test("the page reported nothing", async () => {
  await page.close();
});
