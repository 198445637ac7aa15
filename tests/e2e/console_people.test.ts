// People, by keyboard alone: finding them in the list, keeping a view of it, taking the list along, inviting, changing, disabling.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { addressOf, Console } from "../support/console.ts";
import { Client } from "../support/privity.ts";

let console: Console;
let page: ConsolePage;
let grace: Client;

before(async () => {
  console = await Console.start();
  grace = await console.person("Grace Example", ["tasks.use"]);
  // What a spreadsheet would take for a formula.
  await console.person("=HYPERLINK(0) Example", ["tasks.use"]);
  await console.person("Jonas Sample", ["tasks.use"]);
  page = await console.open();
});
after(async () => {
  await console.stop();
});

async function names(): Promise<string[]> {
  return page.page.getByRole("table", { name: "Users" }).getByRole("link").allInnerTexts();
}

async function shows(expected: readonly string[]): Promise<void> {
  await page.page.waitForFunction(
    (wanted) => {
      const links = [...document.querySelectorAll("table td a")].map((link) => link.textContent);
      return JSON.stringify(links) === JSON.stringify(wanted);
    },
    expected,
    { timeout: 10_000 },
  ).catch(async () => assert.deepEqual(await names(), expected));
}

test("a list is found by key, sorted, filtered, and its address says what it shows but nobody's name", async () => {
  await page.goto("/");
  await page.sees("heading", /^Welcome/);
  await page.press("g", "u");
  await page.sees("table", "Users");
  await page.activate("button", "Name");
  await page.page.locator('th[aria-sort="ascending"]').waitFor();
  await shows(["=HYPERLINK(0) Example", "Ada Example", "Grace Example", "Jonas Sample"]);
  await page.press("Enter");
  await shows(["Jonas Sample", "Grace Example", "Ada Example", "=HYPERLINK(0) Example"]);

  await page.press("/");
  await page.type("grace");
  await shows(["Grace Example"]);
  const address = page.page.url();
  assert.ok(address.includes("sort=-name") && !address.includes("grace"), address);
  await page.press("Control+a", "Delete");
  await page.choose("State", "Disabled");
  await page.sees("heading", "Nothing matches these filters");
  await page.isAccessible();
  await page.activate("button", "Clear filters");
  await shows(["Jonas Sample", "Grace Example", "Ada Example", "=HYPERLINK(0) Example"]);
});

test("columns are chosen, and a view of the list is kept and shown again", async () => {
  await page.activate("button", "Columns");
  await page.tick("Second factor");
  await page.tick("Added");
  await page.isAccessible();
  await page.press("Escape");
  const heads = await page.page.getByRole("columnheader").allInnerTexts();
  assert.ok(heads.includes("Added") && !heads.includes("Second factor"), heads.join());

  await page.activate("button", "Saved views");
  await page.fill("Name of this view", "By name");
  await page.press("Enter");
  await page.reads("View “By name” saved");
  await page.isAccessible();
  await page.press("Escape");

  await page.goto("/users");
  await page.activate("button", "Saved views");
  await page.activate("button", "By name");
  await shows(["Jonas Sample", "Grace Example", "Ada Example", "=HYPERLINK(0) Example"]);
  await page.sees("columnheader", "Added");

  await page.activate("button", "Saved views");
  await page.activate("button", "Remove the view “By name”");
  await page.reads("View “By name” removed");
  await page.press("Escape", "z");
  await page.reads("View “By name” saved");
});

test("the list is taken along as CSV: masked until asked for, and harmless in a spreadsheet", async () => {
  await page.goto("/users?sort=name");
  await page.sees("table", "Users");
  const masked = await exported();
  assert.ok(!masked.includes("grace.example@example.org") && masked.includes("g•••@example.org"), masked);
  assert.ok(masked.includes("'=HYPERLINK(0) Example"), masked);
  await page.activate("button", "Show personal data");
  const clear = await exported();
  assert.ok(clear.includes("grace.example@example.org"), clear);
  assert.ok(!(await page.stored()).includes("grace.example"), "nothing personal stays in the browser");
});

async function exported(): Promise<string> {
  await page.tabTo("button", "Export as CSV");
  const [file] = await Promise.all([page.page.waitForEvent("download"), page.press("Enter")]);
  return readFileSync(await file.path(), "utf8");
}

test("somebody is invited, and the refusals stand at the fields", async () => {
  await page.press("Control+k");
  await page.fill("Search and commands", "invite", "combobox");
  await page.sees("option", /Invite a person/);
  await page.press("Enter");
  await page.sees("dialog", "Invite a person");
  await page.activate("button", "Send the invitation");
  await page.describes("Name", /^This is needed\.$/);
  await page.fill("Name", "Maria Sample");
  // The server's own words, at the field that it names.
  await page.fill("E-mail address", addressOf("Grace Example"));
  await page.choose("Roles", "Auditor");
  await page.press("Escape");
  await page.activate("button", "Send the invitation");
  await page.reads("Another person signs in with it");
  await page.describes("E-mail address", /Another person signs in with it/);
  await page.hasFocus("textbox", "E-mail address");
  await page.isAccessible();
  await page.fill("E-mail address", addressOf("Maria Sample"));
  await page.activate("button", "Send the invitation");
  await page.reads("Maria Sample is invited");
  await page.isAccessible();
  const link = await page.page.getByRole("dialog").locator("code").innerText();
  await page.activate("button", "Done");
  await page.sees("heading", "Open invitations");

  const theirs = await console.open(new Client(console.privity.consoleUrl));
  await theirs.goto(new URL(link).pathname + new URL(link).hash);
  await theirs.reads(addressOf("Maria Sample"));
  await theirs.fill("Password", "four green lamps in the harbour");
  await theirs.press("Enter");
  await theirs.sees("heading", "Welcome, Maria Sample");
  await theirs.close();
});

test("an invitation sent by mistake is renewed or withdrawn", async () => {
  await console.create("/v1/invitations", { name: "Wrong Person", email: addressOf("Wrong Person"), role_ids: [] });
  await page.goto("/users");
  await page.activate("button", "New link");
  await page.sees("dialog", "New link");
  await page.activate("button", "Done");
  await page.activate("button", "Withdraw");
  await page.activate("button", "Withdraw the invitation");
  await page.reads("Invitation withdrawn");
});

test("a person is changed; what someone else changed meanwhile is not overwritten", async () => {
  await openPerson("Grace Example");
  await page.fill("Name", "Grace Sample");
  await page.press("Enter");
  await page.reads("Grace Sample saved");
  await page.sees("heading", "Grace Sample");

  await page.fill("Name", "Grace Third");
  const [id = ""] = page.page.url().split("/").slice(-1);
  await console.administrator.patch(`/v1/users/${id}`, { name: "Grace Second" }, { "if-match": "*" });
  await page.press("Enter");
  await page.reads("Someone else has changed this meanwhile");
  await page.isAccessible();
  await page.activate("button", "Load the current version");
  await page.sees("heading", "Grace Second");
});

test("a person is disabled after a question, which can be undone, and gets a link for a new password", async () => {
  await more("Disable");
  await page.sees("dialog", "Disable Grace Second?");
  await page.isAccessible();
  await page.press("Enter");
  assert.equal((await grace.get("/v1/session")).body.state, "signed_in", "the question begins at Cancel");
  await page.hasFocus("button", "More");
  await more("Disable");
  await page.activate("button", "Disable");
  await page.reads("1 user disabled");
  assert.notEqual((await grace.get("/v1/session")).body.state, "signed_in");
  await page.undo();
  await page.reads("Active");

  await more("Link for a new password");
  await page.sees("dialog", "Link for a new password");
  await page.isAccessible();
  await page.press("Escape");
  await more("Delete");
  await page.activate("button", "Delete");
  await page.reads("Grace Second deleted");
  await page.sees("table", "Users");
});

test("several are disabled at once, and enabled again", async () => {
  await page.goto("/users");
  await page.sees("table", "Users");
  await page.tick("Select Jonas Sample");
  await page.tick("Select =HYPERLINK(0) Example");
  await page.isAccessible();
  await page.activate("button", "Disable");
  await page.reads("2 users disabled");
  await page.undo();
  await page.page.getByRole("cell", { name: "Disabled" }).first().waitFor({ state: "detached" });
});

test("nobody disables the last administrator, and the screen says why", async () => {
  await openPerson("Ada Example");
  await more("Disable");
  await page.activate("button", "Disable");
  await page.sees("alert", "");
  await page.hasFocus("button", "Disable");
  await page.isAccessible();
  await page.press("Escape");
  await page.close();
});

async function openPerson(name: string): Promise<void> {
  await page.goto("/users");
  await page.activate("link", name);
  await page.sees("heading", name);
}

async function more(item: string): Promise<void> {
  await page.activate("button", "More");
  await page.sees("menuitem", item);
  while (!(await page.at("menuitem", item).evaluate((element) => element === document.activeElement))) await page.press("ArrowDown");
  await page.press("Enter");
}
