// What people say of systems, tables, fields and activities, by keyboard: who decides, how long it may be kept, fields of one's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import type { Console } from "../support/console.ts";
import { useMappedConsole } from "../support/mapped_console.ts";

let console: Console;
let page: ConsolePage;
let shop = "";

useMappedConsole(async (started, systems) => {
  console = started;
  shop = systems.shop;
  page = await console.open();
});

async function collection(name: string): Promise<string> {
  const { items } = (await console.administrator.get<{ items: { id: string; name: string }[] }>(`/v1/collections?system=${shop}`)).body;
  return items.find((each) => each.name === name)!.id;
}

test("a system has a legal entity and fields of the company's own", async () => {
  await page.goto(`/systems/${shop}`);
  await page.activate("button", "Change");
  await page.fill("Legal entity", "Example Trading GmbH");
  await page.fill("Custom fields", "Contract: 2026/17");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("Example Trading GmbH");
  await page.reads("2026/17");
  await page.reads("Stores of this kind do not count how often they are read.");
});

test("a table says who decides about it and how long its records may be kept", async () => {
  await page.goto(`/collections/${await collection("purchase")}`);
  await page.reads("Nobody has said yet who decides about it or how long it may be kept.");
  await page.activate("button", "Edit");
  await page.sees("dialog", "Who decides, and how long it may be kept");
  await page.tick("May be kept for a time only");
  await page.fill("How many", "6");
  await page.choose("The period begins when", "the transaction took place");
  await page.tick("Counted from the end of that calendar year");
  await page.fill("Ground", "HGB § 257");
  await page.choose("Counted by", "amount");
  await page.fill("Custom fields", "Contract: 2026/18");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("6 years from the end of the year in which the transaction took place (HGB § 257)");
  await page.reads("2026/18");
  await page.isAccessible();
});

test("what was said before stays, and the list of periods leads to the table", async () => {
  await page.activate("button", "What was said before");
  await page.sees("dialog", "What was said before");
  await page.isAccessible();
  await page.press("Escape");
  await page.goto("/retention");
  await page.reads("The next scan counts");
  await page.isAccessible();
  await page.activate("link", "purchase");
  await page.sees("heading", "purchase");
});

test("a field is kept for its own time, and says so on a narrow screen", async () => {
  const { items } = (await console.administrator.get<{ items: { id: string; name: string }[] }>(`/v1/fields?system=${shop}&q=phone`)).body;
  const narrow = await console.open(console.administrator, { width: 320, scheme: "dark" });
  await narrow.goto(`/fields/${items[0]!.id}`);
  await narrow.activate("button", "Edit");
  await narrow.tick("May be kept for a time only");
  await narrow.choose("Days, months or years", "Months");
  await narrow.activate("button", "Save");
  await narrow.reads("1 month from the day on which the data was collected");
  await narrow.isAccessible();
});

test("an activity has a period for each kind of data, and fields of the company's own", async () => {
  await page.goto("/activities/new");
  await page.fill("Name", "Delivering orders");
  await page.activate("button", "Add a period");
  await page.fill("How many", "2");
  await page.choose("Days, months or years", "Years");
  await page.fill("Custom fields", "Ticket: A-1");
  await page.isAccessible();
  await page.activate("button", "Record it");
  await page.sees("heading", "Delivering orders");
  await page.reads("2 years from the day on which the data was collected");
  await page.reads("A-1");
  const [activity] = (await console.administrator.get<{ items: { content: { retention_rules: { rule: { period: number } }[] } }[] }>("/v1/activities")).body.items;
  assert.equal(activity?.content.retention_rules[0]?.rule.period, 2);
});
