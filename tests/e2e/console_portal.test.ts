// How the public portal looks is set in the console, with a preview; a color that is hard to read is refused; the portal follows.

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
  await page.fill("German", "Schön, dass Sie hier sind.");
  await page.activate("button", "Save the portal");
  await page.reads("Portal saved");
  await page.isAccessible();
  await page.follows("dark");
  await page.isAccessible();
  await page.close();
  const visitor = await console.browser.open(console.privity.publicUrl, { language: "de" });
  await visitor.goto("/");
  await visitor.sees("heading", "Ihre Daten bei Example Shop");
  await visitor.reads("Schön, dass Sie hier sind.");
  await visitor.page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() === "#155b4c");
  await visitor.isAccessible();
  await visitor.close();
});
