// `privity migrate`: says what it would do, does it, and refuses to go back, on SQLite and on PostgreSQL.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { binary, Privity, run } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-migrate-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const environment = { ...process.env, HOME: folder, PRIVITY_DATA_DIRECTORY: join(folder, "data"), PRIVITY_KEY_HOME_DIRECTORY: join(folder, "keys") };
const database = join(folder, "data", "privity.db");

type Steps = { items: { room: string; version: number; name: string }[] };

function migrate(more: Record<string, string>, ...args: string[]) {
  return run(binary, ["migrate", "--json", ...args], { ...environment, ...more });
}

async function exercise(more: Record<string, string>, sql: (text: string) => Promise<string>): Promise<void> {
  const planned = await migrate(more, "--dry-run");
  assert.equal(planned.code, 2, planned.stderr);
  const all = (JSON.parse(planned.stdout) as Steps).items;
  assert.ok(all.some((step) => step.room === "ledger" && step.version === 1));

  const done = await migrate(more);
  assert.equal(done.code, 0, done.stderr);
  assert.deepEqual((JSON.parse(done.stdout) as Steps).items, all, "what was planned is what is done");
  const nothing = await migrate(more, "--dry-run");
  assert.equal(nothing.code, 0, nothing.stderr);
  assert.deepEqual((JSON.parse(nothing.stdout) as Steps).items, []);

  // As a program without the server's first step would have left it.
  await sql("DROP TABLE server_idempotency");
  await sql("DELETE FROM store_migration WHERE room = 'server' AND version = 1");
  const one = await migrate(more, "--dry-run");
  assert.equal(one.code, 2, one.stderr);
  const steps = (JSON.parse(one.stdout) as Steps).items;
  assert.deepEqual(steps.map(({ room, version }) => ({ room, version })), [{ room: "server", version: 1 }]);
}

async function refusesNewer(more: Record<string, string>, sql: (text: string) => Promise<string>): Promise<void> {
  await sql("INSERT INTO store_migration(room, version, name, text, applied_at) VALUES('tomorrow', 1, 'new', 'SELECT 1', 0)");
  for (const args of [["--dry-run"], []]) {
    const refused = await migrate(more, ...args);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /newer than this program/);
    assert.match(refused.stderr, /step 1 of tomorrow/);
  }
  await assert.rejects(Privity.start({ folder, environment: more }), /newer than this program/);
}

test("on SQLite: plans without making a file, copies first, and refuses a newer database", async () => {
  const sql = async (text: string): Promise<string> => {
    const answer = await run("sqlite3", [database, text]);
    assert.equal(answer.code, 0, answer.stderr);
    return answer.stdout;
  };
  assert.equal((await migrate({}, "--dry-run")).code, 2);
  assert.ok(!existsSync(join(folder, "data")), "a dry run makes nothing");
  await exercise({}, sql);
  assert.equal((await migrate({})).code, 0);
  assert.equal(readdirSync(join(folder, "data", "backups-before-migration")).length, 1, "a copy was made first");
  await refusesNewer({}, sql);
});

const postgres = process.env["PRIVITY_TEST_POSTGRES"];
test("on PostgreSQL: wants to hear of a backup, and refuses a newer database", { skip: postgres === undefined && "PRIVITY_TEST_POSTGRES names no server" }, async () => {
  const name = `migrate_${process.pid}`;
  const psql = async (text: string, path = ""): Promise<string> => {
    const answer = await run("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", path + text, postgres!]);
    assert.equal(answer.code, 0, answer.stderr);
    return answer.stdout;
  };
  await psql(`CREATE SCHEMA ${name}`);
  try {
    const url = `${postgres} options='-c search_path=${name}'`;
    const sql = (text: string) => psql(text, `SET search_path TO ${name}; `);
    await exercise({ PRIVITY_DATABASE_URL: url }, sql);
    const unsafe = await migrate({ PRIVITY_DATABASE_URL: url });
    assert.equal(unsafe.code, 1);
    assert.match(unsafe.stderr, /does not know of a backup/);
    const confirmed = await migrate({ PRIVITY_DATABASE_URL: url, PRIVITY_DATABASE_BACKUP_CONFIRMED: "true" });
    assert.equal(confirmed.code, 0, confirmed.stderr);
    await refusesNewer({ PRIVITY_DATABASE_URL: url }, sql);
  } finally {
    await psql(`DROP SCHEMA ${name} CASCADE`);
  }
});
