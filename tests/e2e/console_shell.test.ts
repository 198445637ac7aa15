// What is the same on every screen, by keyboard alone: skip link, navigation, search and commands, the list of shortcuts, the look,
// settings, one's own account.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { Client, firstAdministrator } from "../support/privity.ts";

let console: Console;
let page: ConsolePage;
let reader: Client;

before(async () => {
  console = await Console.start();
  reader = await console.person("Grace Example", ["settings.read"]);
  page = await console.open();
});
after(async () => {
  await console.stop();
});

const background = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the first Tab offers to skip to the content, and a new screen begins at its heading", async () => {
  await page.goto("/");
  await page.sees("heading", /^Welcome/);
  await page.press("Tab");
  await page.hasFocus("link", "Skip to the content");
  await page.isAccessible();
  await page.press("Enter", "Tab");
  assert.ok(await page.page.evaluate(() => document.activeElement?.closest("main") !== null), "the focus is in the content");
  await page.activate("link", "Ledger");
  await page.hasFocus("heading", "Ledger");
  assert.equal(await page.page.title(), "Ledger · Privity");
});

test("in a low window, the navigation shows where one is", async () => {
  const low = await console.open(console.administrator, { height: 500 });
  await low.goto("/health");
  await low.sees("heading", "Health");
  const here = (await low.page.getByRole("link", { name: "Health" }).boundingBox())!;
  assert.ok(here.y >= 0 && here.y + here.height <= 501, `the link stands at ${here.y}`);
  await low.close();
});

test("Ctrl-K finds screens and commands, and says how many", async () => {
  await page.press("Control+k");
  await page.sees("dialog", "Search and commands");
  await page.isAccessible();
  await page.type("tok");
  await page.sees("option", "New API token");
  await page.sees("option", "API tokens");
  await page.type("zzz");
  await page.reads("Nothing found for “tokzzz”.");
  await page.press("Backspace", "Backspace", "Backspace", "ArrowDown", "Enter");
  await page.sees("heading", "API tokens");
  await page.press("Control+k", "Escape");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
});

test("help is in one's own menu, names keys, commands and guides, and leads on only to what one may see", async () => {
  await menu("Help");
  await page.sees("heading", "Help");
  for (const region of ["Keyboard shortcuts", "In a terminal", "For programs", "Guides", "When something does not work"]) {
    await page.sees("region", region);
  }
  await page.reads("privity --help");
  await page.isAccessible();
  await page.activate("link", "Health");
  await page.sees("heading", "Health");
  const grace = await console.person("Helpless Example", []);
  const hers = await console.open(grace);
  await hers.goto("/help");
  await hers.reads(/ask an administrator/);
  assert.equal(await hers.page.getByRole("main").getByRole("link", { name: /Health|API tokens/ }).count(), 0);
  await hers.close();
});

test("? lists the shortcuts that work here, and single keys can be switched off", async () => {
  await page.press("g", "u");
  await page.sees("table", "Users");
  await page.press("?");
  await page.sees("dialog", "Keyboard shortcuts");
  for (const words of ["Search and commands", "Next row", "Ledger"]) await page.page.getByRole("dialog").getByText(words, { exact: true }).first().waitFor();
  await page.isAccessible();
  await page.tick(/^Single keys/, "switch");
  await page.press("Escape");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
  await page.press("g", "h");
  await page.press("?");
  await page.sees("heading", "Users");
  assert.equal(await page.page.getByRole("dialog").count(), 0);

  await page.goto("/users");
  await page.sees("table", "Users");
  await menu("Keyboard shortcuts");
  await page.tick(/^Single keys/, "switch");
  await page.press("Escape");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
  await page.press("g", "h");
  await page.sees("heading", /^Welcome/);
});

test("light, dark and the system's choice stay chosen", async () => {
  await page.page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  await menu("Dark");
  await page.page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor !== color, light);
  const dark = await background();
  await page.press("Escape");
  await page.goto("/account");
  await page.sees("heading", "My account");
  assert.equal(await background(), dark, "after loading the page again");
  await page.tabTo("radio", "Dark");
  await page.press("ArrowLeft");
  await page.page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor === color, light);
  await page.press("ArrowLeft");
  await page.page.emulateMedia({ colorScheme: "dark" });
  await page.page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor === color, dark);
  await page.page.emulateMedia({ colorScheme: "light" });
  await page.page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor === color, light);
});

test("one's own name, rows and password are changed", async () => {
  await page.activate("button", "Change your name");
  await page.fill("Name", "Ada Sample");
  await page.press("Enter");
  await page.reads("Your name is saved");
  await page.sees("button", "AS: your account and settings");
  await page.tabTo("radio", "Comfortable");
  await page.press("ArrowRight");
  await page.page.waitForFunction(() => document.documentElement.dataset["density"] === "compact");

  await page.activate("button", "Change the password");
  await page.fill("Current password", "not this one at all");
  await page.fill("New password", "short");
  await page.press("Enter");
  await page.reads("Signing in did not work.");
  await page.isAccessible();
  await page.fill("Current password", firstAdministrator.password);
  await page.fill("New password", "eleven grey geese over the weir");
  await page.press("Enter");
  await page.reads("Password changed");
  assert.ok(!(await page.stored()).includes("geese"));
});

test("sessions elsewhere are seen and ended", async () => {
  const elsewhere = new Client(console.privity.consoleUrl);
  await elsewhere.post("/v1/session/password", { email: firstAdministrator.email, password: "eleven grey geese over the weir" });
  await page.goto("/account");
  await page.reads("This one");
  await page.activate("button", "End");
  await page.reads("Session ended");
  assert.notEqual((await elsewhere.get("/v1/session")).body.state, "signed_in");
});

test("the organization's settings are changed, with refusals at the field", async () => {
  await page.goto("/settings");
  await page.fill("Name", "");
  await page.press("Delete");
  await page.fill("Privacy contact", "nobody");
  await page.press("Enter");
  await page.describes("Name", /^This is needed\.$/);
  await page.describes("Privacy contact", /This is not an e-mail address/);
  await page.isAccessible();
  await page.fill("Name", "Example Trading and Daughters");
  await page.fill("Privacy contact", "privacy@example.org");
  await page.choose("Time zone", "Pacific/Auckland");
  await page.activate("button", "Save");
  await page.reads("Organization saved");
  await page.page.getByText("Example Trading and Daughters").first().waitFor();
});

test("whoever may only read the settings sees them", async () => {
  const theirs = await console.open(reader);
  await theirs.goto("/settings");
  await theirs.reads("Pacific/Auckland");
  assert.equal(await theirs.page.getByRole("textbox").count(), 0);
  await theirs.isAccessible();
  await theirs.close();
});

test("health says how every part does", async () => {
  await page.goto("/health");
  await page.reads("Database");
  await page.reads(/Ledger/);
  await page.close();
});

async function menu(item: string): Promise<void> {
  await page.activate("button", /your account and settings/);
  const target = page.page.getByRole("menu").getByText(item, { exact: true });
  await target.waitFor();
  while (!(await target.evaluate((element) => document.activeElement?.contains(element) === true))) await page.press("ArrowDown");
  await page.press("Enter");
}
