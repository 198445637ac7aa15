// `privity demo` on a running server: a company that does not exist is connected and looked through, its customers ask, and all
// of it can be taken away again without touching anything else.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Privity } from "../support/privity.ts";
import { dropDatabases, mariadb, mariadbDatabase, mariadbRows, postgres, postgresDatabase, postgresRows } from "../support/sql_servers.ts";

let privity: Privity;
let folder: string;

before(async () => {
  privity = await Privity.start();
  folder = `${privity.dataDir}-demo`;
});
after(() => privity.stop());

type Row = { kind: string; name: string; state: string; id: string };
type Field = { system_name: string; name: string; category: string };
type Request = { id: string; right: string; state: string; proven: boolean };

async function ask<T>(...args: string[]): Promise<T> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}

test("its stores are connected and in the map, its requests stand in several states", async () => {
  const made = await ask<{ items: Row[] }>("demo", "create");
  const stores = made.items.filter((row) => row.kind === "store");
  assert.deepEqual(stores.map((row) => row.name), ["Demo shop", "Demo CRM", "Demo event logs", "Demo documents", "Demo support mailbox"]);
  const connections = (await ask<{ items: { writing_granted: boolean }[] }>("connections", "list")).items;
  assert.deepEqual(connections.map((connection) => connection.writing_granted), [true, true, true, true, true]);
  const fields = (await ask<{ items: Field[] }>("fields", "list", "--personal", "yes", "--all")).items;
  for (const store of ["Demo shop", "Demo CRM", "Demo event logs", "Demo support mailbox"]) {
    assert.ok(fields.some((field) => field.system_name === store && field.category === "user.contact.email"), store);
  }
  assert.ok(fields.some((field) => field.name === "medical_notes" && field.category.startsWith("user.health_and_medical")), "a special category");
  assert.ok((await ask<{ items: { product: string }[] }>("systems", "list")).items.every((system) => system.product !== ""), "each store was asked who it is");
  const recorded = async (what: string) => (await ask<{ items: { name: string }[] }>(what, "list")).items.length;
  assert.deepEqual([await recorded("activities"), await recorded("flows")], [3, 1]);

  const named = async () => (await ask<{ name: string }>("organization", "show")).name;
  assert.equal(await named(), "Lakeside Outfitters", "whose letters they are, while nobody said otherwise");
  const ada = await privity.setUp();
  assert.equal(await named(), "Example Trading");
  const requests = (await ada.get<{ items: Request[] }>("/v1/rights/requests")).body.items;
  assert.deepEqual(new Set(requests.map((request) => request.state)), new Set(["received", "verified", "refused", "withdrawn"]));
  const first = requests.find((request) => request.id === made.items.find((row) => row.kind === "request")!.id)!;
  assert.deepEqual([first.right, first.state, first.proven], ["access", "verified", true], "one to play with");
});

test("a second one is refused and leaves the first as it is", async () => {
  const shop = readFileSync(join(folder, "shop.db"));
  const again = await privity.cli("demo", "create");
  assert.equal(again.code, 1);
  assert.match(again.stderr, /privity demo remove/);
  assert.deepEqual(readFileSync(join(folder, "shop.db")), shop);
  assert.equal((await ask<{ items: unknown[] }>("systems", "list")).items.length, 5);
});

test("removed, nothing of it is left but closed requests, and what others made stays", async () => {
  const mine = join(folder, "crm", "mine.csv");
  writeFileSync(mine, "email\nben@example.org\n");
  const other = await ask<Request>(
    "requests", "create", "--law", "eu-gdpr", "--right", "access", "--content", '{"email":"grace@example.org","name":"Grace Example"}');
  assert.equal((await privity.cli("demo", "remove")).code, 0);
  assert.equal((await ask<{ items: unknown[] }>("systems", "list")).items.length, 0);
  for (const what of ["connections", "activities", "flows"]) assert.equal((await ask<{ items: unknown[] }>(what, "list")).items.length, 0, what);
  for (const request of (await ask<{ items: Request[] }>("requests", "list", "--all")).items) {
    assert.equal(request.state, request.id === other.id ? "received" : "closed");
  }
  assert.equal(readFileSync(mine, "utf8"), "email\nben@example.org\n");
  assert.equal(existsSync(join(folder, "shop.db")), false);
});

test("for a server that is not there, nothing is written", async () => {
  const elsewhere = join(privity.folder, "elsewhere");
  const done = await privity.cli("demo", "create", "--folder", elsewhere, "--data", join(privity.folder, "nobody"));
  assert.equal(done.code, 69);
  assert.equal(existsSync(elsewhere), false);
});

const skip = postgres && mariadb ? false : "no PostgreSQL and MariaDB servers (./dev test starts them)";

test("in databases that are named, it has tables that are looked through, too, and removing takes them and no others", { skip }, async () => {
  const database = "privity_demo_company";
  await dropDatabases(database);
  const mine = join(privity.folder, "mine.sql");
  writeFileSync(mine, "CREATE TABLE mine (id INTEGER PRIMARY KEY); INSERT INTO mine VALUES (1);\n");
  const company = ["--folder", join(privity.folder, "lakeside")];
  const servers = ["--postgresql", await postgresDatabase(database, mine), "--mariadb", await mariadbDatabase(database, mine)];
  const rows = async () => [...(await postgresRows(database)), ...(await mariadbRows(database))];
  const before = await rows();

  const stores = (await ask<{ items: Row[] }>("demo", "create", ...company, ...servers)).items.filter((row) => row.kind === "store");
  assert.deepEqual(stores.slice(5).map((row) => row.name), ["Demo support desk", "Demo loyalty programme"]);
  const fields = (await ask<{ items: Field[] }>("fields", "list", "--personal", "yes", "--all")).items;
  for (const [store, field] of [["Demo support desk", "requester_email"], ["Demo loyalty programme", "email"]]) {
    assert.ok(fields.some((found) => found.system_name === store && found.name === field && found.category === "user.contact.email"), store);
  }
  assert.ok((await rows()).filter((row) => row.includes("nora.lindqvist@example.org")).length >= 2, "the one to play with stands in both");

  const taken = await privity.cli("demo", "create", "--folder", join(privity.folder, "second"), ...servers);
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /has tables of the demonstration already/);
  assert.equal((await privity.cli("demo", "remove", "--folder", join(privity.folder, "second"))).code, 0);

  const unnamed = await privity.cli("demo", "remove", ...company);
  assert.equal(unnamed.code, 1);
  assert.match(unnamed.stderr, /--postgresql/);
  assert.equal((await privity.cli("demo", "remove", ...company, ...servers)).code, 0);
  assert.deepEqual(await rows(), before);
  await dropDatabases(database);
});
