// Stores, by keyboard: one connected, tried, looked through while one watches, and the personal data in it found, with what speaks for
// it; a store that cannot be reached says why; a connection is changed without its password, and removed with what that means.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { makeStores } from "../support/stores.ts";

const stores = makeStores();
let console: Console;
let page: ConsolePage;

before(async () => {
  console = await Console.start({ environment: stores.environment });
  page = await console.open();
});
after(async () => {
  await console.stop();
  stores.remove();
});

test("an empty list says what to do, and a store is connected from it", async () => {
  await page.goto("/connections");
  await page.sees("heading", "No store is connected");
  await page.isAccessible();
  await page.activate("button", "Connect a store");
  await page.choose("Kind of store", "SQLite file");
  await page.fill("Name", "Web shop");
  await page.fill("Path on Privity's server", stores.shop);
  await page.isAccessible();
  await page.activate("button", "Connect");
  await page.sees("heading", "Web shop");
  await page.reads("Nobody has tried yet");
  await page.reads("Not allowed");
});

test("what is missing is said at its field, before anything is sent", async () => {
  await page.goto("/connections?create=1");
  await page.sees("dialog", "Connect a store");
  await page.fill("Name", "Nowhere");
  await page.activate("button", "Connect");
  await page.describes("Server", /This is needed/);
  await page.choose("Kind of store", "Folder of files (CSV, JSON, text)");
  await page.fill("Path on Privity's server", "/etc");
  await page.activate("button", "Connect");
  await page.sees("heading", "Files and sockets at this place may not be connected.");
  await page.isAccessible();
});

type Kind = { name: string; title: string; parts: { label: string }[] };
type Listed = { items: { name: string; address: string }[] };

const addressCalled = async (name: string) =>
  (await console.administrator.get<Listed>("/v1/connections")).body.items.find((connection) => connection.name === name)?.address;

test("every kind of store is offered, and asks for what its addresses consist of", async () => {
  const kinds = (await console.administrator.get<{ items: Kind[] }>("/v1/connection-kinds")).body.items;
  assert.deepEqual(
    kinds.map(({ name }) => name).sort(),
    ["E-mail", "Folder", "HTTP", "IMAP", "LDAP", "Maildir", "Manual task", "MariaDB", "ODBC", "PostgreSQL", "Redis", "S3", "SQLite", "Webhook", "mbox"],
  );
  await page.goto("/connections?create=1");
  for (const { title, parts } of kinds) {
    await page.choose("Kind of store", title);
    for (const { label } of parts) {
      const shown = new RegExp(`^${label.replace(/[()]/g, "\\$&")}( \\*)?$`); // a star marks what is needed
      await page.page.getByRole("dialog").getByText(shown).first().waitFor();
    }
  }
  await page.isAccessible();
});

test("a directory is connected by its fields, over an encrypted protocol unless another is chosen", async () => {
  await page.goto("/connections?create=1");
  await page.choose("Kind of store", "Directory (LDAP)");
  await page.fill("Name", "Staff directory");
  await page.fill("Server", "dir.example.org");
  await page.fill("Base", "dc=example,dc=org");
  await page.activate("button", "Connect");
  await page.sees("heading", "Staff directory");
  assert.equal(await addressCalled("Staff directory"), "ldaps://dir.example.org/dc%3Dexample%2Cdc%3Dorg");
});

test("a described service is chosen by its name, which says that nobody verified it", async () => {
  await page.goto("/connections?create=1");
  await page.choose("Kind of store", "Online service with a description (API)");
  await page.choose("Service", "Stripe (payments), not verified against the vendor");
  await page.fill("Name", "Card payments");
  await page.fill("Token or key", "invented-token-4711");
  await page.activate("button", "Connect");
  await page.sees("heading", "Card payments");
  assert.equal(await addressCalled("Card payments"), "api:///stripe");
});

test("the connection is tried, and the store says who it is", async () => {
  await page.goto("/connections");
  await page.activate("link", "Web shop");
  await page.activate("button", "Test the connection");
  await page.reads("Reached");
  await page.reads(/^SQLite 3/);
});

test("a scan is watched to its end, and says what it found", async () => {
  await page.activate("button", "Scan now");
  await page.sees("heading", "Scan of Web shop");
  await page.reads("Complete");
  await page.reads("Everything was read.");
  await page.isAccessible();
});

test("the personal data are listed in words, and special categories say so", async () => {
  await page.goto("/fields");
  await page.sees("table", "Personal data");
  await page.sees("row", /email.*User Contact Email/);
  await page.sees("row", /medical_condition.*Special category/);
  await page.choose("Special category", "Only special categories");
  await page.sees("row", /medical_condition/);
  await page.page.getByRole("row", { name: /email/ }).waitFor({ state: "detached" });
  await page.activate("link", "medical_condition");
  await page.sees("heading", "medical_condition");
  await page.reads("What speaks for it");
  await page.reads("Not decided");
  await page.isAccessible();
});

test("from a system one comes to its tables, and from there to each field", async () => {
  await page.goto("/systems");
  await page.activate("link", "Web shop");
  await page.sees("table", "Tables and files");
  await page.activate("link", "purchase");
  await page.sees("heading", "purchase");
  await page.sees("row", /^amount.*No personal data/);
});

test("a store that is not there says why, and what to do", async () => {
  await page.goto("/connections?create=1");
  await page.choose("Kind of store", "SQLite file");
  await page.fill("Name", "Lost");
  await page.fill("Path on Privity's server", `${stores.folder}/lost.db`);
  await page.activate("button", "Connect");
  await page.sees("heading", "Lost");
  await page.activate("button", "Test the connection");
  await page.sees("alert", "");
  await page.reads("Not reached");
  await page.reads("Check the last part of the address.");
  await page.isAccessible();
});

test("a schedule is set, and taken back with one key", async () => {
  await page.activate("button", "Scan on a schedule");
  await page.choose("How often", "Every week");
  await page.activate("button", "Save");
  await page.reads(/Every Monday at 03:00|Mondays at 03:00|on Monday at 03:00/i);
  await page.undo();
  await page.reads("Only when somebody asks");
});

test("changing a connection leaves its password where it is, and never shows it", async () => {
  const secret = "harbour-lights-77";
  const made = await console.create("/v1/connections", { name: "Orders", address: "postgresql://reader@db.example.org/orders", password: secret });
  await page.goto(`/connections/${String(made["id"])}`);
  await page.activate("button", "Change");
  await page.sees("textbox", "Server");
  assert.equal(await page.at("textbox", "New password").inputValue(), "");
  await page.fill("Name", "Orders of the shop");
  await page.activate("button", "Save");
  await page.sees("heading", "Orders of the shop");
  await page.reads("Stored, sealed");
  assert.doesNotMatch(await page.page.content(), new RegExp(secret));
});

test("removing a connection says what that means; its system stays", async () => {
  await page.activate("button", "Remove");
  await page.reads("its schedule ends");
  await page.isAccessible();
  await page.activate("button", "Remove");
  await page.reads("The connection to Orders of the shop is removed");
  await page.sees("table", "Connections");
  await page.goto("/systems");
  await page.sees("link", "Orders of the shop");
});

test("who may only read is offered no change", async () => {
  const reader = await console.person("Rita Reader", ["connections.read", "map.read"]);
  const hers = await console.open(reader);
  await hers.goto("/connections");
  await hers.activate("link", "Web shop");
  await hers.sees("heading", "How it is reached");
  const buttons = await hers.page.getByRole("main").getByRole("button").allInnerTexts();
  assert.deepEqual(buttons, []);
  await hers.close();
});

test("the page reported nothing", async () => {
  await page.close();
});
