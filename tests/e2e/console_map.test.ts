// The data map drawn, by keyboard: from part to part by arrow keys, around one system and back, the way between two, and everything of the
// picture as a table.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import type { Console } from "../support/console.ts";
import { useMappedConsole } from "../support/mapped_console.ts";

let console: Console;
let page: ConsolePage;

useMappedConsole(async (started, systems) => {
  console = started;
  await console.create("/v1/references", {
    from: { system: systems.newsletter, dataset: "", collection: "newsletter.csv", fields: ["email"] },
    to: { system: systems.shop, dataset: "", collection: "customer", fields: ["email"] },
    reason: "The same addresses",
  });
  page = await console.open();
});

test("systems, categories and what joins them are drawn, special categories with a sign", async () => {
  await page.goto("/map");
  await page.sees("button", /^System Newsletter/);
  await page.sees("button", /^System Web shop, .*special categories$/);
  await page.sees("button", /^Category .*special categories$/);
  await page.isAccessible();
});

test("arrow keys go from part to part; Enter shows what is around one, Escape all again", async () => {
  const parts = page.page.locator("[data-part]");
  const first = await page.tabTo("button", /^(System|Category)/);
  const name = String(await first.getAttribute("aria-label"));
  await page.press("ArrowRight");
  const focused = await page.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.notEqual(focused, name);
  await page.press("ArrowLeft");
  await page.hasFocus("button", name);
  const all = await parts.count();
  await page.tabTo("button", /^System/);
  await page.press("Enter");
  await page.sees("heading", /^Around /);
  await page.isAccessible();
  await page.tabTo("button", /^System/);
  await page.press("Escape");
  await page.sees("heading", "Systems and categories");
  assert.equal(await parts.count(), all);
});

test("what is around a system is said in words, and leads on", async () => {
  await page.fill("Find a system or category", "Newsletter", "searchbox");
  await page.sees("button", /^System Newsletter/);
  await page.tabTo("button", /^System Newsletter/);
  await page.press("Enter");
  await page.sees("heading", "Around Newsletter");
  const details = page.at("region", "Newsletter");
  await details.getByText("Points at").waitFor();
  await details.getByRole("button", { name: "Web shop" }).focus();
  await page.press("Enter");
  await page.sees("heading", "Around Web shop");
  await page.sees("link", "Open the system");
});

test("the way from one system to another is found step by step", async () => {
  await page.choose("From", "Newsletter");
  await page.choose("To", "Web shop");
  await page.activate("button", "Find the way");
  await page.reads("newsletter.csv in Newsletter points at customer in Web shop");
  await page.isAccessible();
});

test("the same is there as a table, with the same filters", async () => {
  await page.goto("/map");
  await page.tabTo("radio", "Picture");
  await page.press("ArrowRight");
  await page.sees("row", /^Newsletter .*Web shop \(1\)/);
  await page.sees("row", /^Web shop .*Newsletter \(1\)/);
  await page.isAccessible();
  await page.choose("Special category", "Only special categories");
  await page.page.getByRole("row", { name: /^Newsletter/ }).waitFor({ state: "detached" });
  await page.sees("row", /^Web shop/);
});

test("the page reported nothing", async () => {
  await page.close();
});
