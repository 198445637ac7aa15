// Rights requests, by keyboard: one written down for a person, proven, refused with a ground of the law; due dates with their article,
// and nothing personal before somebody asks to see it.

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
