// Who may do what, by keyboard alone: roles and the limit of one's own, API tokens shown once.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { type Console, useConsole } from "../support/console.ts";
import { Client } from "../support/privity.ts";

let console: Console;
let page: ConsolePage;

useConsole(async (started) => {
  console = started;
  page = await console.open();
});

test("the table of permissions says what each role may do", async () => {
  await page.goto("/roles");
  await page.sees("columnheader", "Privacy officer");
  await page.sees("rowheader", "Read the ledger, its proofs and checkpoints.");
  await page.tabTo("region", "Roles");
  await page.isAccessible();
});

test("a role that comes with Privity is shown and stays as it is", async () => {
  await page.activate("link", "Auditor");
  await page.sees("heading", "Permissions");
  assert.equal(await page.page.getByRole("button", { name: "Save" }).count(), 0);
  assert.equal(await page.page.getByRole("checkbox", { disabled: false }).count(), 0);
  await page.isAccessible();
});

test("a role is made, changed and deleted", async () => {
  await page.goto("/roles");
  await page.activate("link", "New role");
  await page.hasFocus("heading", "New role");
  await page.activate("button", "Save");
  await page.describes("Name", /^This is needed\.$/);
  await page.fill("Name", "Case handler");
  await page.fill("Description", "Answers rights requests.");
  await page.tick(/^See the people/);
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.reads("Role Case handler saved");

  await page.activate("link", "Case handler");
  await page.reads("Answers rights requests.");
  await page.fill("Name", "Senior case handler");
  await page.press("Enter");
  await page.reads("Role Senior case handler saved");

  await page.fill("Name", "Lost");
  await page.activate("link", "Roles");
  await page.sees("dialog", "Leave without saving?");
  await page.isAccessible();
  await page.press("Enter");
  await page.sees("heading", "Senior case handler");
  await page.fill("Name", "Senior case handler");
  await page.activate("button", "Delete the role");
  await page.sees("dialog", "Delete the role Senior case handler?");
  await page.activate("button", "Delete the role");
  await page.reads("Role Senior case handler deleted");
  await page.sees("region", "Roles");
});

test("nobody makes a role that may do more than they do", async () => {
  const manager = await console.person("Grace Example", ["roles.read", "roles.write", "users.read"]);
  const theirs = await console.open(manager);
  await theirs.goto("/roles/new");
  await theirs.fill("Name", "Stronger than me");
  assert.ok(await theirs.at("checkbox", /^Read the ledger/).isDisabled(), "what they do not hold is not offered");
  // Whoever switches the box on by other means hears it from the server.
  await theirs.page.evaluate(() => {
    for (const box of document.querySelectorAll<HTMLInputElement>("input[type=checkbox]:disabled")) box.disabled = false;
  });
  await theirs.tick(/^Read the ledger/);
  await theirs.activate("button", "Save");
  await theirs.reads("This would hand out more than you hold yourself.");
  await theirs.isAccessible();
  await theirs.close();
});

test("a token is shown once, does what it was given, and is revoked after a question", async () => {
  await page.goto("/tokens");
  await page.sees("heading", "No tokens yet");
  await page.isAccessible();
  await page.activate("button", "New API token");
  await page.sees("dialog", "New API token");
  await page.hasFocus("textbox", "Name");
  await page.activate("button", "Create the token");
  await page.describes("Name", /^This is needed\.$/);
  await page.fill("Name", "nightly export");
  await page.fill("Days until it expires", "400");
  await page.tick(/^See the people/);
  await page.activate("button", "Create the token");
  await page.describes("Days until it expires", /Not more than 366/);
  await page.fill("Days until it expires", "30");
  await page.isAccessible();
  await page.activate("button", "Create the token");
  await page.reads("it is shown this one time");
  await page.isAccessible();
  const secret = await page.page.getByRole("dialog").locator("code").innerText();
  const program = new Client(console.privity.consoleUrl, secret);
  assert.equal((await program.get("/v1/users")).status, 200);
  assert.equal((await program.get("/v1/roles")).status, 403);

  await page.activate("button", "Done");
  await page.hasFocus("button", "New API token");
  await page.sees("cell", "nightly export");
  await page.reads("in 29 days");
  assert.ok(!(await page.page.content()).includes(secret) && !(await page.stored()).includes(secret), "the secret is gone");

  await page.activate("button", "Revoke");
  await page.sees("dialog", "Revoke the token nightly export?");
  await page.isAccessible();
  await page.press("Enter");
  await page.hasFocus("button", "Revoke");
  await page.press("Enter");
  await page.activate("button", "Revoke");
  await page.reads("Token nightly export revoked");
  assert.equal((await program.get("/v1/users")).status, 401);
  await page.close();
});
