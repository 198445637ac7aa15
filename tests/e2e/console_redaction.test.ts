// Redacting a text in a real browser: by keyboard, in both themes, with its empty, loading, failed and forbidden faces; nothing of
// the text remains anywhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Console } from "../support/console.ts";
import { useConsole } from "../support/console.ts";
import { entries } from "../support/identity.ts";

let console: Console;
useConsole(async (started) => {
  console = started;
});

const text = "Call Ana at ana.duarte@example.org about it";

test("a text is pasted, what was found is marked, and the rest comes out", async () => {
  for (const look of [{ scheme: "light" }, { scheme: "dark", width: 320 }] as const) {
    const page = await console.open(console.administrator, look);
    await page.goto("/redact");
    await page.sees("heading", "Nothing looked at yet");
    await page.isAccessible();
    await page.fill("Text", text);
    await page.tabTo("button", "Redact");
    await page.press("Enter");
    await page.sees("heading", "What was found");
    await page.reads(/\[email\] about it/);
    assert.ok((await page.page.locator("mark").allInnerTexts()).includes("ana.duarte@example.org"));
    await page.isAccessible();
    assert.ok(!page.page.url().includes("ana"));
    assert.ok(!(await page.stored()).includes("ana.duarte"));
    await page.close();
  }
  assert.ok(!JSON.stringify(await entries(console.administrator, "app.text.redacted", 2)).includes("ana.duarte"));
});

test("a manner that needs a key asks for it, and says when it is none", async () => {
  const page = await console.open();
  await page.goto("/redact");
  await page.fill("Text", text);
  await page.choose("Replace by", "Pseudonym");
  await page.fill("Key", "not a key", "textbox");
  await page.activate("button", "Redact");
  await page.sees("heading", "The key cannot be read.");
  await page.isAccessible();
  await page.close();
});

test("it says that it is looking, and why it could not", async () => {
  const page = await console.open();
  await page.goto("/redact");
  await page.fill("Text", text);
  const held = await page.holds("/v1/redact");
  await page.activate("button", "Redact");
  await page.reads("Looking for personal data");
  await held.with(503, { code: "store.full", title: "Service Unavailable", detail: "The disk is full.", why: "", mend: "Make room." });
  await page.sees("heading", "The disk is full.");
  await page.close();
});

test("who may not redact is told so, and is not offered it", async () => {
  const grace = await console.person("Grace Example", []);
  const hers = await console.open(grace);
  await hers.goto("/redact");
  await hers.sees("heading", "Your role does not include this");
  await hers.close();
});
