// The pictures of the README, taken of the console with the demonstration's company in it: `node tests/pictures.ts` writes them to
// docs/images. Run it after a screen on them has changed, with what `./dev build` made.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ConsolePage } from "./support/browser.ts";
import { Console } from "./support/console.ts";

type Place = readonly [role: "button" | "table" | "heading", name: string | RegExp];

const folder = join(import.meta.dirname, "../docs/images");

/** Takes the picture `name` of what stands at `path` once `ready` is there, scrolled to `top` where that is below the first screen. */
async function take(console: Console, name: string, scheme: "light" | "dark", path: string, ready: Place, top?: Place): Promise<void> {
  const page = await console.open(console.administrator, { scheme, width: 1200, height: 750 });
  await page.goto(path);
  await page.sees(...ready);
  if (top !== undefined) await scrollTo(page, top);
  await page.page.evaluate(() => document.fonts.ready);
  await page.page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

// Below the bar that stays at the top.
async function scrollTo(page: ConsolePage, [role, name]: Place): Promise<void> {
  await page.page.getByRole(role, { name }).evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 90));
}

async function planOfAnErasure(console: Console): Promise<string> {
  const privity = async (...words: string[]) => {
    const done = await console.privity.cli(...words);
    if (done.code !== 0) throw new Error(`privity ${words.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  await privity("demo", "create");
  const open = JSON.parse(await privity("requests", "list", "--right", "erasure", "--open", "yes", "--json")) as { items: { id: string; state: string }[] };
  const verified = open.items.find(({ state }) => state === "verified");
  if (verified === undefined) throw new Error("The demonstration has no verified request for erasure.");
  await privity("requests", "plan", verified.id);
  await privity("requests", "watch", verified.id, "--until", "planned");
  return verified.id;
}

mkdirSync(folder, { recursive: true });
const company = await Console.start();
try {
  const request = await planOfAnErasure(company);
  await take(company, "map", "light", "/map", ["button", /^System /]);
  await take(company, "changes", "light", "/changes", ["table", "Changes"]);
  await take(company, "request", "dark", `/requests/${request}`, ["button", "Approve this plan"], ["heading", "What is planned in the stores"]);
} finally {
  await company.stop();
}
