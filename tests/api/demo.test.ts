// `privity demo` on a running server: a company that does not exist is connected and looked through, its customers ask, and all
// of it can be taken away again without touching anything else.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Privity } from "../support/privity.ts";

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
  assert.deepEqual(stores.map((row) => row.name), ["Demo shop", "Demo CRM", "Demo event logs", "Demo documents"]);
  const connections = (await ask<{ items: { writing_granted: boolean }[] }>("connections", "list")).items;
  assert.deepEqual(connections.map((connection) => connection.writing_granted), [true, true, true, true]);
  const fields = (await ask<{ items: Field[] }>("fields", "list", "--personal", "yes", "--all")).items;
  for (const store of ["Demo shop", "Demo CRM", "Demo event logs"]) {
    assert.ok(fields.some((field) => field.system_name === store && field.category === "user.contact.email"), store);
  }

  const ada = await privity.setUp();
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
  assert.equal((await ask<{ items: unknown[] }>("systems", "list")).items.length, 4);
});

test("removed, nothing of it is left but closed requests, and what others made stays", async () => {
  const mine = join(folder, "crm", "mine.csv");
  writeFileSync(mine, "email\nben@example.org\n");
  const other = await ask<Request>(
    "requests", "create", "--law", "eu-gdpr", "--right", "access", "--content", '{"email":"grace@example.org","name":"Grace Example"}');
  assert.equal((await privity.cli("demo", "remove")).code, 0);
  assert.equal((await ask<{ items: unknown[] }>("systems", "list")).items.length, 0);
  assert.equal((await ask<{ items: unknown[] }>("connections", "list")).items.length, 0);
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
