// Other ways in, set by keyboard: a mailbox needs a connected mail server, a gateway its secret, which is not shown again; and links to the
// portal to copy, one of them sealed for a person.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { type Console, useConsole } from "../support/console.ts";

let console: Console;
let page: ConsolePage;

useConsole(async (started) => {
  console = started;
  page = await console.open();
});

test("a mailbox is not read before a mail server is named", async () => {
  await page.goto("/requests/settings");
  await page.reads("No mail server (IMAP) is connected yet. Connect it under Connections first.");
  await page.tick("Read the mailbox");
  await page.activate("button", "Save the mailbox");
  await page.reads("There is no such mailbox to read.");
  await page.isAccessible();
});

test("codes are texted once the gateway has its secret", async () => {
  await page.tick("Send codes as text messages, too");
  await page.fill("Address of the gateway", "https://messages.example.org/privity");
  await page.activate("button", "Save the gateway");
  await page.reads("Text messages cannot be switched on so.");
  await page.fill("Signing secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  await page.activate("button", "Save the gateway");
  await page.reads("One is stored and never shown. Another address wants it anew.");
  await page.isAccessible();
  const { body } = await console.administrator.get<{ enabled: boolean; has_secret: boolean }>("/v1/rights/text-gateway");
  assert.deepEqual([body.enabled, body.has_secret], [true, true]);
});

test("a letter is written in the company's own words, looked at first, and taken back", async () => {
  await page.reads("It can say: {organization}, {due}, {reference}, {portal}");
  await page.fill("Text", "Hello, we answer soon.");
  await page.activate("button", "Use these words");
  await page.reads("The text lacks due in braces.");
  await page.fill("Text", "Hello, we answer by {due}.");
  await page.activate("button", "See how it reads");
  await page.reads("Hello, we answer by 2026-04-07.");
  await page.activate("button", "Use these words");
  await page.reads(/^Your own words$/);
  const kept = await console.administrator.get<{ is_own: boolean; text: string }>("/v1/rights/texts/mail_received/en");
  assert.deepEqual([kept.body.is_own, kept.body.text], [true, "Hello, we answer by {due}."]);
  await page.isAccessible();
  await page.activate("button", "Use the built-in words again");
  await page.reads(/^Built-in words$/);
  await page.activate("button", "Undo");
  await page.reads(/^Your own words$/);
});

test("there is nothing to link to without a portal", async () => {
  await page.goto("/settings");
  await page.reads(/There is no public portal yet/);
});

test("the page reported nothing", async () => {
  await page.close();
});
