// Rights requests, by keyboard: one written down for a person, proven, refused with a ground of the law; due dates with their article,
// and nothing personal before somebody asks to see it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { useConsole } from "../support/console.ts";

let page: ConsolePage;

useConsole(async (console) => {
  page = await console.open();
});

test("an empty list says what appears there, and a request is written down from it", async () => {
  await page.goto("/requests");
  await page.sees("heading", "No requests");
  await page.isAccessible();
  await page.activate("button", "New request");
  await page.choose("Law", "EU GDPR");
  await page.choose("Right", "Erasure");
  await page.fill("E-mail address of the person", "ada@example.org");
  await page.fill("Name of the person", "Ada Example");
  await page.isAccessible();
  await page.activate("button", "Create the request");
  await page.sees("heading", /^Erasure, /);
  await page.reads("Art. 12(3)");
  await page.reads("Not proven, or no longer");
});

test("who asks is shown when somebody wants to see it", async () => {
  await page.activate("button", "Show who asks (recorded)");
  await page.reads("ada@example.org");
});

test("a proof is recorded, and then a plan can be made", async () => {
  await page.activate("button", "Record a proof");
  await page.choose("What you saw", "Document");
  await page.fill("What was looked at, and that the copy is destroyed", "Passport seen; copy destroyed.");
  await page.activate("button", "Save");
  await page.sees("button", "Make the plan");
  await page.isAccessible();
});

test("it is refused only with a ground of the law", async () => {
  await page.activate("button", "Refuse");
  await page.choose("Ground", "Legal obligation");
  await page.fill("Why it applies, as the person reads it", "Invoices are kept for ten years.");
  await page.isAccessible();
  await page.activate("button", "Refuse the request");
  await page.reads("Art. 17(3)(b)");
  await page.reads("supervisory authority");
  await page.isAccessible();
});

test("a request is given to somebody", async () => {
  await page.goto("/requests?create=1");
  await page.choose("Law", "EU GDPR");
  await page.choose("Right", "Access");
  await page.fill("E-mail address of the person", "ada@example.org");
  await page.activate("button", "Create the request");
  await page.sees("heading", /^Access, /);
  await page.activate("button", "Assign");
  await page.choose("Assigned to", "Ada Example");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.page.getByRole("region", { name: "Rights request", exact: true }).getByText("Ada Example").waitFor();
});

test("a duplicate is closed in favor of the other request of the same person", async () => {
  await page.goto("/requests?create=1");
  await page.choose("Law", "EU GDPR");
  await page.choose("Right", "Access");
  await page.fill("E-mail address of the person", "ada@example.org");
  await page.activate("button", "Create the request");
  await page.reads("1 other open request");
  await page.activate("button", "Close as a duplicate");
  await page.tabTo("combobox", "The request that goes on");
  await page.press("ArrowDown");
  await page.sees("option", /^Access, [0-9a-f]{8}, received/);
  await page.press("ArrowDown", "Enter");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("Duplicate of");
  await page.isAccessible();
});

test("the figures of a year count by law and right, and are saved as a table", async () => {
  await page.goto("/requests");
  await page.activate("link", "Figures");
  await page.sees("table", "Requests under EU GDPR");
  await page.sees("row", /^Erasure 1 0 1 0 0 0/);
  await page.isAccessible();
  const [file] = await Promise.all([page.page.waitForEvent("download"), page.activate("button", "Save as CSV")]);
  assert.match(readFileSync(await file.path(), "utf8"), /EU GDPR,Erasure,1,0,1,0,0,0/);
  await page.choose("Year", String(new Date().getFullYear() - 4));
  await page.sees("heading", /^No requests were received in/);
});

test("the page reported nothing", async () => {
  await page.close();
});
