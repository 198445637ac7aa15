// The data map from nothing, on the command line of the server: a store is connected, tried, looked through, and what is in it is listed.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Privity } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-map-"));
const exports_ = join(folder, "exports");
let privity: Privity;

before(async () => {
  mkdirSync(exports_);
  writeFileSync(join(exports_, "customers.csv"), "email,points\nana@example.org,1\nben@example.org,2\n");
  privity = await Privity.start();
});
after(async () => {
  await privity.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Field = { name: string; category: string; freshness: string; verdict: string };

async function ask<T>(...args: string[]): Promise<T> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}

test("a store is connected, tried, looked through, and its personal data is in the map", async () => {
  const connection = await ask<{ id: string; system: string; kind: string; writing_granted: boolean }>(
    "connections", "create", "--name", "Exports", "--address", `file://${exports_}`);
  assert.equal(connection.writing_granted, false);
  assert.equal((await ask<{ ok: boolean }>("connections", "test", connection.id)).ok, true);

  const scan = await ask<{ id: string }>("scans", "start", "--system", connection.system);
  assert.equal((await privity.cli("jobs", "watch", scan.id, "--quiet")).code, 0);
  const ended = await ask<{ state: string; personal_fields: number; gaps: number }>("scans", "show", scan.id);
  assert.deepEqual([ended.state, ended.personal_fields, ended.gaps], ["complete", 1, 0]);

  const fields = await ask<{ items: Field[] }>("fields", "list", "--personal", "yes");
  assert.deepEqual(
    fields.items.map((field) => [field.name, field.category, field.freshness, field.verdict]),
    [["email", "user.contact.email", "fresh", "proposed"]],
  );
});

type Change = { id: string; field_name: string; kind: string; state: string; category_now: string };

test("what a scan found is decided, stands over a rescan, and can be taken back", async () => {
  const open = await ask<{ items: Change[] }>("changes", "list", "--state", "open");
  assert.deepEqual(open.items.map((change) => [change.field_name, change.kind, change.category_now]), [["email", "added", "user.contact.email"]]);
  const id = open.items[0]!.id;
  const rejected = await ask<{ items: Change[] }>("changes", "reject", "--changes", id, "--reason", "Invented addresses");
  assert.deepEqual(rejected.items.map((change) => change.state), ["rejected"]);
  const again = await privity.cli("changes", "confirm", "--changes", id);
  assert.notEqual(again.code, 0);
  assert.match(again.stderr, /decided already/);

  const system = (await ask<{ items: { system: string }[] }>("fields", "list")).items[0]!.system;
  const scan = await ask<{ id: string }>("scans", "start", "--system", system);
  assert.equal((await privity.cli("jobs", "watch", scan.id, "--quiet")).code, 0);
  assert.equal((await ask<{ open: number; rejected: number }>("changes", "counts")).open, 0, "nobody is asked twice");
  assert.deepEqual((await ask<{ items: Field[] }>("fields", "list", "--personal", "yes")).items, []);

  await ask("changes", "undo", "--changes", id);
  assert.deepEqual(await ask<object>("changes", "counts"),
    { open: 1, open_added: 1, open_changed: 0, open_gone: 0, open_special: 0, confirmed: 0, rejected: 0, recategorized: 0 });
});

test("a processing activity is recorded, its gaps are named, and the record is a file", async () => {
  const activity = await ask<{ id: string; version: number; gaps: { article: string }[] }>(
    "activities", "create", "--role", "controller", "--name", "Web shop", "--purposes", '{"purpose": "Delivering orders", "basis": "contract"}');
  assert.ok(activity.gaps.some((gap) => gap.article === "GDPR Art. 30(1)(g)"), "it says nothing of security");
  const file = join(folder, "record.csv");
  const written = await privity.cli("activities", "register", "--output", file);
  assert.equal(written.code, 0, written.stderr);
  assert.match(readFileSync(file, "utf8"), /Delivering orders \(contract, Art\. 6\(1\)\(b\)\)/);
  assert.equal((await ask<{ items: unknown[] }>("activities", "history", activity.id)).items.length, 1);
});

test("a password goes in and never comes out", async () => {
  const secret = "harbour-lights-77";
  const file = join(folder, "password.txt");
  writeFileSync(file, `${secret}\n`);
  const connection = await ask<{ id: string; has_password: boolean }>(
    "connections", "create", "--name", "Shop", "--address", "postgresql://reader@127.0.0.1:1/shop", "--password-file", file);
  assert.equal(connection.has_password, true);
  const refused = await ask<{ ok: boolean; problem: { code: string } }>("connections", "test", connection.id);
  assert.deepEqual([refused.ok, refused.problem.code], [false, "net.address_refused"], "its network is not listed");
  for (const shown of [await privity.cli("connections", "list", "--json"), await privity.cli("connections", "show", connection.id)]) {
    assert.doesNotMatch(shown.stdout, new RegExp(secret));
  }
  assert.doesNotMatch(privity.log, new RegExp(secret));
});

test("a person may not connect files of the server, nor anybody Privity's own", async () => {
  const ada = await privity.setUp();
  const answer = await ada.post<{ code: string }>("/v1/connections", { name: "Files", address: `file://${exports_}` });
  assert.deepEqual([answer.status, answer.body.code], [403, "datamap.path_not_allowed"]);
  const own = await privity.cli("connections", "create", "--name", "Own", "--address", `file://${privity.dataDir}`);
  assert.equal(own.code, 77);
});

test("a system has a legal entity and custom fields, which a new description from elsewhere leaves alone", async () => {
  type System = { id: string; name: string; legal_entity: string; custom_fields: { name: string; value: string }[]; description: string };
  const custom = { name: "Contract", value: "2026/17" };
  const made = await ask<System>("systems", "create", "--name", "Payroll", "--legal-entity", "Example Trading GmbH", "--custom-fields", JSON.stringify(custom));
  assert.deepEqual([made.legal_entity, made.custom_fields], ["Example Trading GmbH", [custom]]);

  const file = join(folder, "map.yaml");
  const exported = await privity.cli("export");
  writeFileSync(file, exported.stdout.replace(/(fides_key: payroll\n(?:.*\n)*?\s+name: Payroll\n)/, "$1    description: Pays people\n"));
  const applied = await privity.cli("apply", file);
  assert.equal(applied.code, 0, applied.stderr);
  const kept = await ask<System>("systems", "show", made.id);
  assert.deepEqual([kept.description, kept.legal_entity, kept.custom_fields], ["Pays people", "Example Trading GmbH", [custom]]);

  const twice = await privity.cli("systems", "update", made.id, "--name", "Payroll", "--custom-fields", JSON.stringify(custom), "--custom-fields", JSON.stringify(custom));
  assert.notEqual(twice.code, 0);
  assert.match(twice.stderr, /same name/);
});
