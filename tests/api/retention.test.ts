// How long data may be kept, from what people say to what the advisor finds, on real stores; and which tables nobody reads.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Privity } from "../support/privity.ts";
import { dropDatabases, must, postgres, postgresDatabase } from "../support/sql_servers.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-retention-"));
const made = `retention_${process.pid}`;
let privity: Privity;
let shop = "";
let orders = "";

before(async () => {
  await must("sqlite3", join(folder, "shop.db"),
    `CREATE TABLE orders (id integer PRIMARY KEY, email text, ordered_at text);
     INSERT INTO orders VALUES (1, 'ada@example.org', '2001-05-06 10:00:00'), (2, 'ben@example.org', '2002-01-02'), (3, 'cara@example.org', '2999-01-01');`);
  privity = await Privity.start();
  await ask("map", `sqlite://${folder}/shop.db`, "--name", "Shop");
  shop = (await ask<Items<{ id: string }>>("systems", "list")).items[0]!.id;
  orders = (await ask<Items<{ id: string }>>("collections", "list", "--system", shop)).items[0]!.id;
});
after(async () => {
  await privity.stop();
  await dropDatabases(made);
  rmSync(folder, { recursive: true, force: true });
});

type Items<T> = { items: T[] };
type Said = { content: { date_field: string; retention: object | null }; overdue: { records: number } | null; version: number; field_name: string };
type Advice = { finding: { kind: string; collection: string; records: number } };

async function ask<T>(...args: string[]): Promise<T> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}

async function scan(system: string): Promise<void> {
  const started = await ask<{ id: string }>("scans", "start", "--system", system);
  assert.equal((await privity.cli("jobs", "watch", started.id, "--quiet")).code, 0);
}

test("what may be kept for a time is said at the table, and the next scan counts what is kept longer", async () => {
  const rule = { period: 10, unit: "years", start: "transaction", from_year_end: true, ground: "AO § 147" };
  const said = await ask<Said>("collections", "set-stewardship", orders, "--retention", JSON.stringify(rule), "--date-field", "ordered_at",
    "--custom-fields", JSON.stringify({ name: "Contract", value: "2026/17" }));
  assert.deepEqual([said.version, said.content.retention, said.overdue ?? null], [1, rule, null]);
  await scan(shop);
  assert.equal((await ask<Said>("collections", "stewardship", orders)).overdue?.records, 2);
  const listed = await ask<Items<Said>>("stewardship", "list", "--overdue", "yes");
  assert.deepEqual(listed.items.map((each) => each.content.date_field), ["ordered_at"]);
  assert.equal((await ask<Items<unknown>>("collections", "stewardship-history", orders)).items.length, 1);
});

test("the advisor names it, and the record of processing shows the period", async () => {
  await privity.cli("advice", "look");
  const advice = (await ask<Items<Advice>>("advice", "list", "--kind", "kept_too_long")).items;
  assert.deepEqual(advice.map(({ finding }) => [finding.collection, finding.records]), [["orders", 2]]);
  const rule = JSON.stringify({ data_categories: ["user.contact"], rule: { period: 30, unit: "days", start: "last_used" } });
  await ask("activities", "create", "--role", "controller", "--name", "Selling", "--systems", shop, "--retention-rules", rule);
  const record = await privity.cli("activities", "register", "--output", join(folder, "register.csv"));
  assert.equal(record.code, 0, record.stderr);
  const text = (await must("cat", join(folder, "register.csv"))) as unknown;
  assert.match(String(text), /user\.contact: 30 days from the day on which the data was last used/);
  assert.match(String(text), /Shop, orders: 10 years from the end of the year in which the transaction took place \(AO § 147\)/);
});

test("the register's file carries it, and brings it back", async () => {
  const exported = (await privity.cli("export")).stdout;
  assert.match(exported, /date_field: ordered_at/);
  const file = join(folder, "map.yaml");
  writeFileSync(file, exported.replace("period: 10", "period: 2000"));
  assert.equal((await privity.cli("plan", file)).code, 2);
  assert.equal((await privity.cli("apply", file)).code, 0);
  assert.equal((await privity.cli("plan", file)).code, 0);
  const said = await ask<Said>("collections", "stewardship", orders);
  assert.deepEqual([said.version, said.overdue ?? null], [2, null]);
});

test("a table that nobody but Privity reads is noticed, and a reader ends it", { skip: postgres ? false : "PRIVITY_TEST_POSTGRES is not set" }, async () => {
  const script = join(folder, "old.sql");
  writeFileSync(script, `CREATE TABLE people (id int PRIMARY KEY, email text); INSERT INTO people SELECT i, 'p' || i || '@example.org' FROM generate_series(1, 30) i;`);
  await ask("map", await postgresDatabase(made, script), "--name", "Old");
  const system = (await ask<Items<{ id: string; name: string }>>("systems", "list")).items.find(({ name }) => name === "Old")!.id;
  const people = async () => (await ask<Items<{ no_reads_since?: string | null }>>("collections", "list", "--system", system)).items[0]!;
  assert.equal((await people()).no_reads_since ?? null, null);
  await scan(system);
  assert.match(String((await people()).no_reads_since), /^\d{4}-/);
  await must("psql", "-qX", "-c", "SELECT count(*) FROM people", `host=${postgres!.host} port=${postgres!.port} user=${postgres!.user} dbname=${made}`);
  await scan(system);
  assert.equal((await people()).no_reads_since ?? null, null);
});
