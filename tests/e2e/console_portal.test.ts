// How the public portal looks is set in the console, with a preview; a color that is hard to read is refused; the portal follows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";

let console: Console;
let page: ConsolePage;

before(async () => {
  console = await Console.start({ environment: { PRIVITY_PORTAL_LISTEN: "127.0.0.2:0" } });
  page = await console.open();
});
after(async () => {
  await console.stop();
});

test("a color that is hard to read is refused with its contrast", async () => {
  await page.goto("/settings");
  await page.sees("heading", "Public portal");
  await page.fill("Name on the portal", "Example Shop");
  // Not judged by axe meanwhile: the preview shows what is refused.
  await page.fill("Color on light", "#777777");
  await page.activate("button", "Save the portal");
  await page.reads(/its contrast is 4\.4 to 1/);
});

test("one that can be read is kept, and the portal has it", async () => {
  await page.fill("Color on light", "#155b4c");
  await page.activate("button", "Save the portal");
  await page.reads("Portal saved");
  await page.isAccessible();
  await page.follows("dark");
  await page.isAccessible();
  const visitor = await console.browser.open(console.privity.publicUrl, { language: "de" });
  await visitor.goto("/");
  await visitor.sees("heading", "Ihre Daten bei Example Shop");
  await visitor.page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() === "#155b4c");
  await visitor.isAccessible();
  await visitor.close();
});

test("a place is written in the company's own words, seen in both themes while it is typed, and read on the portal", async () => {
  await page.goto("/settings");
  await page.sees("heading", "What the portal says");
  await page.choose("Language of the text", "German");
  await page.reads("Built-in words");
  await page.fill("Text", "Schön, dass Sie <b>da</b> sind.\n\nLesen Sie [unsere Hinweise](https://www.example.org/datenschutz).");
  const samples = page.at("region", "As people read it").locator("[data-theme]");
  assert.deepEqual(await samples.locator("p").allTextContents(), [
    "Schön, dass Sie <b>da</b> sind.",
    "Lesen Sie unsere Hinweise.",
    "Schön, dass Sie <b>da</b> sind.",
    "Lesen Sie unsere Hinweise.",
  ]);
  await page.isAccessible();
  await page.activate("button", "Save the text");
  await page.reads("Text saved");
  await page.reads("Your own words");
  const visitor = await console.browser.open(console.privity.publicUrl, { language: "de" });
  await visitor.goto("/");
  await visitor.reads("Schön, dass Sie <b>da</b> sind.");
  assert.equal(await visitor.at("link", "unsere Hinweise").getAttribute("href"), "https://www.example.org/datenschutz");
  await visitor.isAccessible();
  await visitor.close();
});

test("it is taken back, and that undone", async () => {
  await page.activate("button", "Let the built-in words count again");
  await page.reads("The built-in words count again");
  await page.reads("Built-in words");
  await page.activate("button", "Undo");
  await page.reads("Your own words");
  await page.close();
});
