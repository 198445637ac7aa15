// An opt-out of California through the real binary: nobody is asked who they are, nobody has to do anything, and nothing but what was asked
// changes. Judged by the shop's own dump.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Privity } from "../support/privity.ts";
import { must } from "../support/sql_servers.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-opt-out-"));
const shop = join(folder, "shop.db");
let privity: Privity;

async function ask<T>(...args: string[]): Promise<T> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}
const customers = async () => (await must("sqlite3", shop, "SELECT * FROM customers ORDER BY id")).trim().split("\n");

before(async () => {
  await must("sqlite3", shop, `
    CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL, no_sale INTEGER, no_letters INTEGER, blocked INTEGER);
    INSERT INTO customers VALUES (1, 'Ana Prova', 'ana.prova@example.org', 0, 0, 0), (2, 'Ben Sample', 'ben@example.org', 0, 0, 0);`);
  privity = await Privity.start({ folder });
  const { system } = await ask<{ system: string }>("connections", "create", "--name", "Shop", "--address", `sqlite://${shop}`, "--writing-granted", "yes");
  const scan = await ask<{ id: string }>("scans", "start", "--system", system);
  assert.equal((await privity.cli("jobs", "watch", scan.id, "--quiet")).code, 0);
  const flag = (field: string, right: string, ...more: string[]) =>
    ask("handling", "set", "--system", system, "--collection", "customers", "--field", field, "--kind", "flag", "--right", right, "--value", "1",
      "--reason", "The shop heeds it", ...more);
  await flag("no_sale", "objection", "--purpose", "sale");
  await flag("no_letters", "objection", "--purpose", "marketing");
  await flag("blocked", "restriction");
});
after(async () => {
  await privity?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Request = { id: string; state: string; proofs: { method: string; by: { kind: string } }[]; plan_error?: string };
const asked = (right: string, content: object) =>
  ask<Request>("requests", "create", "--law", "us-ca-ccpa", "--right", right, "--content", JSON.stringify({ email: "ana.prova@example.org", ...content }));
const standsAt = (id: string, state: string) => eventually(() => ask<Request>("requests", "show", id), (request) => request.state === state);

test("who opts out of sale is asked for nothing, and only that is done", async () => {
  const { id } = await asked("objection", { purpose: "sale" });
  const done = await standsAt(id, "checked");
  assert.deepEqual(done.proofs.map((proof) => [proof.method, proof.by.kind]), [["skipped", "system"]]);
  assert.deepEqual(await customers(), ["1|Ana Prova|ana.prova@example.org|1|0|0", "2|Ben Sample|ben@example.org|0|0|0"]);
  const standing = await ask<{ items: { right: string; purpose: string }[] }>("restrictions", "list");
  assert.deepEqual(standing.items.map((each) => [each.right, each.purpose]), [["objection", "sale"]]);
  await ask("requests", "answer", id, "--text", "We no longer sell your data.");
});

test("who wants the use of sensitive data limited, likewise", async () => {
  await standsAt((await asked("restriction", {})).id, "checked");
  assert.deepEqual(await customers(), ["1|Ana Prova|ana.prova@example.org|1|0|1", "2|Ben Sample|ben@example.org|0|0|0"]);
});

test("an objection that the law knows no opt-out for waits for a proof, and an erasure is never done unproven", async () => {
  for (const [right, content] of [["objection", { purpose: "marketing" }], ["objection", {}], ["erasure", {}], ["access", {}]] as const) {
    const { id, state } = await asked(right, content);
    assert.equal(state, "received", right);
    const refused = await privity.cli("requests", "plan", id);
    assert.match(refused.stderr, /identity is not proven/, right);
  }
  assert.deepEqual(await customers(), ["1|Ana Prova|ana.prova@example.org|1|0|1", "2|Ben Sample|ben@example.org|0|0|0"]);
});

test("the ledger says that nobody was asked, and verifies", async () => {
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
