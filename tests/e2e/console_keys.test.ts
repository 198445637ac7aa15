// Keys and packs in a real browser, by keyboard: what there is, a new root key after a question, and what the law is taken from.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, type ConsolePage } from "../support/browser.ts";
import { firstAdministrator, Privity } from "../support/privity.ts";

let privity: Privity;
let browser: Browser;

before(async () => {
  [privity, browser] = await Promise.all([Privity.start(), Browser.launch()]);
  await privity.setUp();
});
after(async () => {
  await browser.close();
  await privity.stop();
});

async function signIn(page: ConsolePage, path: string): Promise<void> {
  await page.goto(path);
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.press("Enter");
}

test("a new root key is one question away, and the screen tells its version", async () => {
  for (const look of [{ scheme: "light" }, { scheme: "dark", width: 320 }] as const) {
    const page = await browser.open(privity.consoleUrl, look);
    await signIn(page, "/keys");
    await page.sees("heading", "Keys");
    await page.reads("ledger.signing");
    await page.isAccessible();
    await page.activate("button", "Replace the root key");
    await page.sees("dialog", "Replace the root key?");
    await page.isAccessible();
    await page.activate("button", "Cancel");
    await page.close();
  }
  const page = await browser.open(privity.consoleUrl);
  await signIn(page, "/keys");
  await page.activate("button", "Replace the root key");
  await page.tabTo("button", "Cancel");
  await page.press("Tab", "Enter");
  await page.reads("The root key has been replaced");
  const keys = await privity.cli("keys", "show", "--json");
  assert.equal((JSON.parse(keys.stdout) as { root: { version: number } }).root.version, 2);
  await page.close();
});

test("a new key signs the ledger after a question, and the ledger stays whole", async () => {
  const page = await browser.open(privity.consoleUrl);
  await signIn(page, "/keys");
  await page.activate("button", "Replace the key that signs the ledger");
  await page.sees("dialog", "Replace the key that signs the ledger?");
  await page.isAccessible();
  await page.tabTo("button", "Cancel");
  await page.press("Tab", "Enter");
  await page.reads("The key that signs the ledger has been replaced");
  await page.reads("Version 2");
  await page.isAccessible();
  assert.equal((await privity.cli("ledger", "verify")).code, 0);
  await page.close();
});

test("a pack shows what its facts were taken from", async () => {
  for (const look of [{ scheme: "light" }, { scheme: "dark", width: 320 }] as const) {
    const page = await browser.open(privity.consoleUrl, look);
    await signIn(page, "/packs");
    await page.sees("heading", "Packs");
    await page.reads("In force today");
    await page.isAccessible();
    await page.goto("/packs/holiday_calendar/de/2026.1");
    await page.sees("heading", "Sources");
    await page.isAccessible();
    await page.close();
  }
});

test("the bundle for support is a download", async () => {
  const page = await browser.open(privity.consoleUrl);
  await signIn(page, "/health");
  const download = page.page.waitForEvent("download");
  await page.activate("button", "Download");
  assert.equal((await download).suggestedFilename(), "privity-support.zip");
  await page.isAccessible();
  await page.close();
});
