// Which records point at which, by keyboard: what a store declares is there, one from store to store is stated, ignored and followed
// again, and removed.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import type { Console } from "../support/console.ts";
import { useMappedConsole } from "../support/mapped_console.ts";

let console: Console;
let page: ConsolePage;

useMappedConsole(async (started) => {
  console = started;
  page = await console.open();
});

type Reference = { origin: string; is_ignored: boolean; reason: string };

async function references(origin: string): Promise<Reference[]> {
  return (await console.administrator.get<{ items: Reference[] }>(`/v1/references?origin=${origin}`)).body.items;
}

test("a foreign key of the store is there", async () => {
  await page.goto("/references");
  await page.sees("row", /purchase \(customer_id\) Web shop customer \(id\) Web shop Declared by the store Followed/);
  await page.isAccessible();
});

test("a reference from one store to another is stated by choosing both ends", async () => {
  await page.activate("button", "State a reference");
  await page.sees("dialog", "State a reference");
  await page.activate("button", "State it");
  await page.reads("This is needed");
  await page.isAccessible();
  for (const [end, system, collection] of [
    ["Where the records are that point", "Newsletter", "newsletter.csv"],
    ["What they point at", "Web shop", "customer"],
  ] as const) {
    const group = page.page.getByRole("group", { name: end });
    await take(group.getByRole("combobox", { name: "System" }), system);
    await take(group.getByRole("combobox", { name: "Table or file" }), collection);
    await take(group.getByRole("combobox", { name: "Fields" }), "email");
  }
  await page.fill("Why, or how it is known", "The same address is used for both");
  await page.activate("button", "State it");
  await page.sees("row", /newsletter.csv \(email\) Newsletter customer \(email\) Web shop Stated by a person Followed/);
});

/** One of several choices of the same name: opened, narrowed and taken by keyboard. */
async function take(field: ReturnType<ConsolePage["at"]>, option: string): Promise<void> {
  await field.and(page.page.locator(":enabled")).focus();
  await page.type(option);
  await page.sees("option", option);
  await page.press("ArrowDown", "Enter");
}

test("it is ignored with a reason, and followed again by one key", async () => {
  const row = page.at("row", /newsletter.csv \(email\)/);
  await row.getByRole("button", { name: "Ignore" }).focus();
  await page.press("Enter");
  await page.fill("Why, or how it is known", "Old addresses");
  await page.isAccessible();
  await page.activate("button", "Ignore");
  await page.sees("row", /newsletter.csv \(email\).*Ignored Old addresses/);
  assert.deepEqual((await references("stated")).map(({ is_ignored, reason }) => [is_ignored, reason]), [[true, "Old addresses"]]);
  await page.undo();
  await page.sees("row", /newsletter.csv \(email\).*Followed The same address/);
});

test("what a person stated is removed; a foreign key is the store's own", async () => {
  assert.equal(await page.page.getByRole("button", { name: "Remove" }).count(), 1);
  await page.activate("button", "Remove");
  await page.sees("dialog", "Remove this reference?");
  await page.isAccessible();
  await page.activate("button", "Remove");
  await page.page.getByRole("row", { name: /newsletter.csv/ }).waitFor({ state: "detached" });
  assert.deepEqual(await references("stated"), []);
});

test("who may only read is offered no change", async () => {
  const reader = await console.person("Rita Reader", ["map.read"]);
  const hers = await console.open(reader);
  await hers.goto("/references");
  await hers.sees("row", /purchase \(customer_id\)/);
  const names = await hers.page.getByRole("main").getByRole("button").allInnerTexts();
  assert.ok(!names.some((name) => /Ignore|Remove|State/.test(name)));
  await hers.close();
});

test("the page reported nothing", async () => {
  await page.close();
});
