// Who may ask for people is listed by keyboard: a key that is none is refused, an agent is changed and removed after a question.

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

const key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="; // RFC 8032, 7.1, test 1

test("agents are not answered without the company's name in their directory", async () => {
  await page.goto("/agents");
  await page.sees("heading", "No agent is listed");
  await page.tick("Agents are answered at the public address");
  await page.activate("button", "Save");
  await page.reads("Agents cannot be answered so.");
  await page.isAccessible();
  await page.fill("What they call this company", "EXAMPLE_TRADING");
  await page.activate("button", "Save");
  await page.reads("Settings saved");
});

test("an agent is listed by its key, and by nothing that is no key", async () => {
  await page.activate("button", "List an agent");
  await page.sees("dialog", "List an agent");
  await page.fill("Name in the directory", "HONEST_AGENT");
  await page.fill("Name", "Honest Agent");
  await page.fill("Public key (Ed25519, base64)", "bm8ga2V5");
  await page.activate("button", "List the agent");
  await page.reads("This is no key of an agent.");
  await page.isAccessible();
  await page.fill("Public key (Ed25519, base64)", key);
  await page.activate("button", "List the agent");
  await page.sees("row", /^Honest Agent HONEST_AGENT .*Yes/);
  await page.isAccessible();
});

test("one that may no longer ask stays listed, and is removed after a question", async () => {
  await page.activate("button", "Change");
  await page.sees("dialog", "Change the agent");
  await page.tick("It may ask for people");
  await page.activate("button", "Save");
  await page.sees("row", /^Honest Agent HONEST_AGENT .*No/);
  await page.activate("button", "Remove");
  await page.sees("dialog", "Remove Honest Agent?");
  await page.isAccessible();
  await page.activate("button", "Remove");
  await page.sees("heading", "No agent is listed");
  const { body } = await console.administrator.get<{ items: object[] }>("/v1/rights/agents");
  assert.deepEqual(body.items, []);
});

test("the page reported nothing", async () => {
  await page.close();
});
