// What a store seals under a key for each person is erased by destroying the key, and restricted records move out of the way and back: in
// SQLite, PostgreSQL and MariaDB, through the real binary, judged by the stores' own dumps.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Operator, type RequestOfOperator } from "../support/operator.ts";
import { Privity, run } from "../support/privity.ts";
import { dropDatabases, mariadb, mariadbDatabase, mariadbRows, mariadbRun, must, postgres, postgresDatabase, postgresRows, postgresRun } from "../support/sql_servers.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-sealed-"));
const name = `sealed_${process.pid}`;
const person = "ana.prova@example.org";
let privity: Privity;

// `event` is only appended to; `person_key` has the key of each customer's events. One of Ben's is sealed with Cleo's key, and no reference
// says so: `key_id` has none. Restricted orders stand in `order_held`.
const tables = (bytes: string) => `
  CREATE TABLE customer (id int PRIMARY KEY, full_name varchar(100), email varchar(100));
  CREATE TABLE person_key (customer_id int PRIMARY KEY REFERENCES customer (id), secret ${bytes});
  CREATE TABLE event (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer (id), what ${bytes}, key_id int);
  CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer (id), ship_to varchar(200));
  CREATE TABLE order_held (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer (id), ship_to varchar(200));
  INSERT INTO customer VALUES (1, 'Ana Prova', '${person}'), (2, 'Ben Sample', 'ben@example.org'),
    (3, 'Cleo Muster', 'cleo@example.org');
  INSERT INTO person_key VALUES (1, 'k-of-ana-0123456789'), (2, 'k-of-ben-0123456789'), (3, 'k-of-cleo-0123456789');
  INSERT INTO event VALUES (10, 1, 'sealed-ana-10', 1), (11, 2, 'sealed-ben-11', 2), (12, 1, 'sealed-ana-12', 1),
    (13, 3, 'sealed-cleo-13', 3), (14, 2, 'sealed-ben-14', 3);
  INSERT INTO orders VALUES (20, 1, 'Elm Street 1, 10115 Berlin'), (21, 2, 'Oak Street 2, 10117 Berlin');`;

const stores: Record<string, () => Promise<string[]>> = {
  SQLite: async () => (await must("sqlite3", join(folder, "shop.db"), ".dump")).split("\n").filter((line) => line.startsWith("INSERT")),
  ...(postgres ? { PostgreSQL: () => postgresRows(name) } : {}),
  ...(mariadb ? { MariaDB: () => mariadbRows(name) } : {}),
};

const operator = new Operator(() => privity);
const ask = <T>(...args: string[]) => operator.ask<T>(...args);

async function connect(store: string, address: string): Promise<void> {
  const system = await operator.connect(store, address);
  const { items } = await ask<{ items: { name: string; dataset: string }[] }>("collections", "list", "--system", system);
  const dataset = items.find((each) => each.name === "event")!.dataset;
  const decide = (collection: string, kind: string, ...more: string[]) =>
    ask("handling", "set", "--system", system, "--dataset", dataset, "--collection", collection, "--kind", kind, "--target-dataset", dataset,
      "--reason", "As the store is built", ...more);
  await decide("event", "strategy", "--value", "crypto_shred", "--target-collection", "person_key", "--target-field", "secret");
  await decide("orders", "quarantine", "--target-collection", "order_held");
}

before(async () => {
  const script = (file: string, content: string) => {
    writeFileSync(join(folder, file), content);
    return join(folder, file);
  };
  await must("sqlite3", join(folder, "shop.db"), tables("blob"));
  privity = await Privity.start({ folder });
  await connect("SQLite", `sqlite://${join(folder, "shop.db")}`);
  if (postgres) await connect("PostgreSQL", await postgresDatabase(name, script("postgres.sql", tables("bytea"))));
  if (mariadb) await connect("MariaDB", await mariadbDatabase(name, script("mariadb.sql", tables("varbinary(100)"))));
});
after(async () => {
  await privity?.stop();
  await dropDatabases(name);
  rmSync(folder, { recursive: true, force: true });
});

type Part = { collection: { dataset: string; name: string }; is_sealed: boolean; not_shredded?: string; moves_to?: { name: string } };
async function carriedOut(right: string, email = person): Promise<{ request: RequestOfOperator; parts: Part[] }> {
  const planned = await operator.planned(right, { email });
  const { parts } = await ask<{ parts: Part[] }>("requests", "planned", planned.id);
  return { request: await operator.execute(planned), parts };
}

async function certified(id: string): Promise<{ collections: Record<string, unknown>[] }> {
  const file = join(folder, `${id}.json`);
  assert.equal((await privity.cli("requests", "certificate", id, "--output", file)).code, 0);
  const key = join(folder, "ledger.vkey");
  writeFileSync(key, (await ask<{ verifier: string }>("ledger", "checkpoint")).verifier);
  const verified = await privity.cli("certificate", "verify", file, "--key", key);
  assert.equal(verified.code, 0, verified.stderr);
  const judged = await run("python3", ["tests/judges/certificate/judge.py", file, "--key", readFileSync(key, "utf8")]);
  assert.equal(judged.code, 0, judged.stdout + judged.stderr);
  return (JSON.parse(readFileSync(file, "utf8")) as { certificate: { collections: Record<string, unknown>[] } }).certificate;
}
const count = Object.keys(stores).length;

test("restricted orders stand elsewhere, an access still finds them, and a lifted restriction brings them back", async () => {
  const before = await Promise.all(Object.values(stores).map((rows) => rows()));
  const { request, parts } = await carriedOut("restriction");
  assert.deepEqual(parts.map((part) => part.moves_to?.name), Array(count).fill("order_held"));
  assert.equal(request.report!.leftovers, 0);
  for (const rows of Object.values(stores)) {
    const now = await rows();
    assert.equal(now.filter((row) => /order_held.*20/.test(row)).length, 1);
    assert.equal(now.filter((row) => /orders.*20/.test(row)).length, 0);
    assert.equal(now.filter((row) => /orders.*21/.test(row)).length, 1, "Ben's stays where it is");
  }
  const { collections } = await certified(request.id);
  assert.deepEqual(collections.map((each) => (each["moved_to"] as { name: string }).name), Array(count).fill("order_held"));

  const access = await carriedOut("access");
  assert.equal(access.parts.filter((part) => part.collection.name === "order_held").length, count, "they are looked for there, too");

  const { items } = await ask<{ items: { id: string }[] }>("restrictions", "list", "--request", request.id);
  await ask("restrictions", "lift", items[0]!.id, "--text", "It is settled.");
  await eventually(async () => (await Promise.all(Object.values(stores).map((rows) => rows()))).map((rows) => rows.sort().join()),
    (now) => now.join() === before.map((rows) => rows.sort().join()).join());
});

test("an erasure destroys the keys, leaves what they sealed, and is proven", async () => {
  const { request, parts } = await carriedOut("erasure");
  assert.equal(parts.filter((part) => part.is_sealed).length, count);
  assert.equal(request.report!.leftovers, 0);
  for (const [store, rows] of Object.entries(stores)) {
    const now = (await rows()).join("\n");
    assert.ok(!now.includes(person) && !now.includes("Ana Prova") && !now.includes("Elm Street"), store);
    assert.match(now, /ben@example.org/, store);
  }
  const sqlite = await must("sqlite3", join(folder, "shop.db"), "SELECT count(*) FROM person_key; SELECT what FROM event; PRAGMA foreign_key_check");
  assert.deepEqual(sqlite.trim().split("\n"), ["2", "sealed-ana-10", "sealed-ben-11", "sealed-ana-12", "sealed-cleo-13", "sealed-ben-14"]);
  const { collections } = await certified(request.id);
  const events = collections.filter((each) => (each["id"] as { name: string }).name === "event");
  assert.deepEqual(events.map((each) => each["shredded"]), Array(count).fill(2));
  assert.deepEqual(events.map((each) => (each["sealed_fields"] as { what: { name: string } }).what.name), Array(count).fill("person_key"));
});

const tell: Record<string, (sql: string) => Promise<unknown>> = {
  SQLite: (sql) => must("sqlite3", join(folder, "shop.db"), sql),
  ...(postgres ? { PostgreSQL: (sql: string) => postgresRun(name, sql) } : {}),
  ...(mariadb ? { MariaDB: (sql: string) => mariadbRun(name, sql) } : {}),
};
const inAll = async (sql: string) => {
  for (const one of Object.values(tell)) await one(sql);
};
type Replay = { id: string; state: string; cases: { id: string; verdict: string; state: string; leftovers: number; plan: string }[] };
async function replayed(...args: string[]): Promise<Replay> {
  const { id } = await ask<Replay>("erasures", "replay", ...args);
  return eventually(() => ask<Replay>("erasures", "replayed", id),
    (replay) => replay.state === "done" && replay.cases.every((one) => one.state !== "acting"));
}
const dumps = () => Promise.all(Object.values(stores).map((rows) => rows()));

test("a key that a restore brings back is destroyed again, though nothing beside it names anybody", async () => {
  const erased = await dumps();
  assert.deepEqual((await replayed("--dry-run", "yes")).cases, [], "what stays, emptied, is not back");
  await inAll("INSERT INTO person_key VALUES (1, 'k-of-ana-0123456789')");
  const looked = await replayed("--dry-run", "yes");
  assert.deepEqual(looked.cases.map((one) => [one.verdict, one.state]), [["destroyed_key", "found"]]);
  assert.notDeepEqual(await dumps(), erased, "a dry run changes nothing");
  const done = await replayed();
  assert.deepEqual(done.cases.map((one) => [one.verdict, one.state, one.leftovers]), [["destroyed_key", "done", 0]]);
  assert.deepEqual(await dumps(), erased);
  assert.deepEqual((await replayed()).cases, [], "nothing is back any more");
});

test("a record key that was given anew destroys nobody's key; in doubt a person is asked", async () => {
  const erased = await dumps();
  // Customer 1 is somebody else by now.
  await inAll("UPDATE customer SET full_name = 'Dee Neu', email = 'dee@example.org' WHERE id = 1");
  await inAll("INSERT INTO person_key VALUES (1, 'k-of-dee-0123456789')");
  const before = await dumps();
  assert.deepEqual((await replayed()).cases, []);
  assert.deepEqual(await dumps(), before);
  // Nothing tells whose the key is.
  await inAll("UPDATE customer SET full_name = NULL, email = NULL WHERE id = 1");
  const unsure = await dumps();
  const asked = await replayed();
  assert.deepEqual(asked.cases.map((one) => [one.verdict, one.state]), [["names_nobody", "proposed"]]);
  assert.deepEqual(await dumps(), unsure);
  const { items } = await ask<{ items: { kind: string; link?: { kind: string; id: string }; content: { description: string } }[] }>("tasks", "list");
  const task = items.find((one) => one.kind === "returned");
  assert.deepEqual(task?.link, { kind: "replay", id: asked.id });
  assert.match(task!.content.description, /SQLite \/ person_key/);
  assert.ok(!/k-of-/.test(JSON.stringify(task)), "a place and no value");
  assert.deepEqual((await replayed()).cases, [], "it waits for a person already");
  await ask("erasures", "approve", asked.cases[0]!.id, "--plan", asked.cases[0]!.plan);
  await eventually(() => ask<Replay>("erasures", "replayed", asked.id), (replay) => replay.cases.every((one) => one.state === "done"));
  assert.deepEqual(await dumps(), erased);
});

test("a key that seals what is somebody else's stays, though no reference tells; what is sealed is erased as anything else", async () => {
  const { request, parts } = await carriedOut("erasure", "cleo@example.org");
  const events = parts.filter((part) => part.collection.name === "event");
  assert.deepEqual(events.map((part) => part.not_shredded), Array(count).fill("key_of_others"));
  assert.equal(request.report!.leftovers, 0);
  const sqlite = await must("sqlite3", join(folder, "shop.db"), "SELECT secret FROM person_key ORDER BY 1; SELECT what FROM event WHERE id > 12; PRAGMA foreign_key_check");
  assert.deepEqual(sqlite.trim().split("\n"), ["k-of-ben-0123456789", "k-of-cleo-0123456789", "sealed-ben-14"]);
  for (const [store, rows] of Object.entries(stores)) {
    const now = await rows();
    assert.equal(now.filter((row) => /event/.test(row) && /\b13\b/.test(row)).length, 0, store);
    assert.equal(now.filter((row) => /event/.test(row) && /\b14\b/.test(row)).length, 1, store);
    assert.equal(now.filter((row) => /person_key/.test(row) && /\b3\b/.test(row)).length, 1, store);
  }
  const { collections } = await certified(request.id);
  const kept = collections.filter((each) => (each["id"] as { name: string }).name === "event");
  assert.deepEqual(kept.map((each) => each["not_shredded"]), Array(count).fill("key_of_others"));
  const { items } = await ask<{ items: { kind: string; link?: { id: string } }[] }>("tasks", "list");
  assert.equal(items.filter((task) => task.kind === "key_shared" && task.link?.id === request.id).length, 1, "somebody is asked to look");
});

test("a rule without its target is refused, and so is a place that cannot hold the records", async () => {
  const { items } = await ask<{ items: { name: string; system: string }[] }>("connections", "list");
  const system = items.find((each) => each.name === "SQLite")!.system;
  const refused = async (...args: string[]) => {
    const done = await privity.cli("handling", "set", "--system", system, "--reason", "As the store is built", ...args);
    assert.equal(done.code === 0, false, args.join(" "));
    return done.stderr;
  };
  assert.match(await refused("--collection", "event", "--kind", "strategy", "--value", "crypto_shred"), /the field that holds them/);
  assert.match(await refused("--collection", "event", "--kind", "quarantine", "--target-collection", "order_held"), /"what"/);
  assert.match(await refused("--collection", "orders", "--kind", "quarantine", "--target-collection", "nowhere"), /no such collection/);
});
