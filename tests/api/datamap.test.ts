// The data map from nothing, on the command line of the server: a store is connected, tried, looked through, and what is in it is listed.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
