// kill -9 of the real server while it erases again what a restore brought back, at least half of PRIVITY_KILLS times on one data directory: whole people
// with their orders, and keys without a word beside them that says whose they were. Judged from outside: triggers of the stores count
// every deletion, so that each record goes exactly once, and the dumps are those from after the first erasure.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../support/eventually.ts";
import { Operator } from "../support/operator.ts";
import { Privity } from "../support/privity.ts";
import { dropDatabases, mariadb, mariadbDatabase, mariadbRows, mariadbRun, must, postgres, postgresDatabase, postgresRows, postgresRun } from "../support/sql_servers.ts";

const skip = postgres && mariadb ? false : "PRIVITY_TEST_POSTGRES or PRIVITY_TEST_MARIADB is not set: `./dev test` starts both";
const kills = Math.ceil(Number(process.env["PRIVITY_KILLS"] ?? 20) / 2);
const people = [0, 1, 2, 3]; // come back as they were
const sealed = [4, 5, 6, 7]; // only their keys come back
const everybody = [...people, ...sealed, 8]; // the last one never asks
const ordersEach = 100;
const folder = mkdtempSync(join(tmpdir(), "privity-kill-replay-"));
const shop = join(folder, "shop.db");
const name = `kill_replay_${process.pid}`;
after(async () => {
  if (!skip) await dropDatabases(name);
  rmSync(folder, { recursive: true, force: true });
});

const email = (person: number) => `person${person}@example.org`;
const keys = (whose: number[]) => `
  INSERT INTO person_key VALUES ${whose.map((person) => `(${person}, 'key-of-person-${person}-0123456789')`).join(", ")};`;
const orders = (whose: number[]) => `
  INSERT INTO orders VALUES ${whose.flatMap((person) =>
    [...Array(ordersEach).keys()].map((n) => `(${person * 1000 + n}, ${person}, 'Elm Street ${n}, 10115 Berlin')`)).join(",\n")};`;
// A customer's row stays, emptied, because sealed events refer to it.
const restored = people.map((person) => `
  UPDATE customer SET full_name = 'Person Sample', email = '${email(person)}' WHERE id = ${person};`).join("") + keys([...people, ...sealed]) + orders(people);
const recordsBack = people.length * (ordersEach + 1) + sealed.length; // orders and keys, whose deletions are counted, in each store

// What is sealed in `event` stays for good; `person_key` has each customer's key.
const tables = (bytes: string, big: string) => `
  CREATE TABLE customer (id int PRIMARY KEY, full_name varchar(100), email varchar(100));
  CREATE TABLE person_key (customer_id int PRIMARY KEY REFERENCES customer (id), secret ${bytes});
  CREATE TABLE event (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer (id), what ${bytes});
  CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer (id), ship_to varchar(200));
  CREATE INDEX orders_of ON orders (customer_id);
  CREATE TABLE deletions (n ${big}, kind varchar(10), record int);
  INSERT INTO customer VALUES ${everybody.map((person) => `(${person}, 'Person Sample', '${email(person)}')`).join(", ")};
  ${keys(everybody)} ${orders(everybody)}
  INSERT INTO event VALUES ${everybody.map((person) => `(${person}, ${person}, 'sealed-${person}')`).join(", ")};`;
const counted = [["orders", "id"], ["person_key", "customer_id"]] as const;
const sqliteScript = tables("blob", "INTEGER PRIMARY KEY") + counted.map(([table, key]) => `
  CREATE TRIGGER count_${table} AFTER DELETE ON ${table} BEGIN INSERT INTO deletions (kind, record) VALUES ('${table}', old.${key}); END;`).join("");
const postgresScript = tables("bytea", "serial PRIMARY KEY") + counted.map(([table, key]) => `
  CREATE FUNCTION count_${table}() RETURNS trigger AS $$ BEGIN
    INSERT INTO deletions (kind, record) VALUES ('${table}', OLD.${key}); RETURN OLD; END $$ LANGUAGE plpgsql;
  CREATE TRIGGER count_${table} AFTER DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION count_${table}();`).join("");
const mariadbScript = tables("varbinary(100)", "int AUTO_INCREMENT PRIMARY KEY") + counted.map(([table, key]) => `
  CREATE TRIGGER count_${table} AFTER DELETE ON ${table} FOR EACH ROW INSERT INTO deletions (kind, record) VALUES ('${table}', OLD.${key});`).join("");

function script(file: string, content: string): string {
  writeFileSync(join(folder, file), content);
  return join(folder, file);
}

/** Every row of every store, the logs of deletions apart. */
async function rows(): Promise<{ kept: string[][]; deletions: number[] }> {
  const sqlite = (await must("sqlite3", shop, ".dump")).split("\n").filter((line) => line.startsWith("INSERT"));
  const stores = [sqlite, await postgresRows(name), await mariadbRows(name)];
  const isLog = (row: string) => /deletions/i.test(row);
  return { kept: stores.map((store) => store.filter((row) => !isLog(row)).sort()), deletions: stores.map((store) => store.filter(isLog).length) };
}

type Replay = { state: string; cases: { verdict: string; state: string; leftovers: number }[] };

test(`kills in the middle of a replay: what came back goes once, and all of it`, { skip }, async (t) => {
  await must("sqlite3", shop, `.read ${script("shop.sql", sqliteScript)}`);
  const addresses = {
    Shop: `sqlite://${shop}`,
    Billing: await postgresDatabase(name, script("postgres.sql", postgresScript)),
    Support: await mariadbDatabase(name, script("mariadb.sql", mariadbScript)),
  };
  const home = join(folder, "server");
  let privity = await Privity.start({ folder: home });
  const operator = new Operator(() => privity);
  for (const [store, address] of Object.entries(addresses)) {
    const system = await operator.connect(store, address);
    const { items } = await operator.ask<{ items: { name: string; dataset: string }[] }>("collections", "list", "--system", system);
    const dataset = items.find((each) => each.name === "event")!.dataset;
    await operator.ask("handling", "set", "--system", system, "--dataset", dataset, "--collection", "event", "--kind", "strategy", "--value", "crypto_shred",
      "--target-dataset", dataset, "--target-collection", "person_key", "--target-field", "secret", "--reason", "As the store is built");
  }
  for (const person of [...people, ...sealed]) {
    const done = await operator.execute(await operator.planned("erasure", { email: email(person) }));
    assert.equal(done.report?.leftovers, 0);
  }
  const erased = await rows();
  const left = (kept: string[][]) => kept.reduce((all, store, at) => all + store.length - erased.kept[at]!.length, 0);

  let [made, middle] = [0, 0];
  let [earliest, latest] = [0, 400]; // milliseconds until the kill
  // A machine that others use as well moves the middle: then it takes more of them.
  for (; made < kills || (middle <= kills / 2 && made < 3 * kills); ++made) {
    await must("sqlite3", shop, restored);
    await postgresRun(name, restored);
    await mariadbRun(name, restored);
    const back = await rows();
    const { id } = await operator.ask<{ id: string }>("erasures", "replay");
    const delay = earliest + Math.random() * (latest - earliest);
    await sleep(delay);
    await privity.kill();
    const cut = left((await rows()).kept);
    // Aims at the middle: later when nothing was done yet, sooner when all of it was, and near what hit; the machine's speed changes.
    if (cut === left(back.kept)) [earliest, latest] = [delay, latest * 1.2];
    else if (cut === 0) [earliest, latest] = [earliest * 0.8, delay];
    else {
      ++middle;
      [earliest, latest] = [(earliest + delay) / 2, (latest + delay) / 2];
    }

    privity = await Privity.start({ folder: home });
    const done = await eventually(() => operator.ask<Replay>("erasures", "replayed", id),
      (replay) => replay.state === "done" && replay.cases.every((one) => one.state !== "acting"));
    const now = await rows();
    assert.deepEqual(now.kept, erased.kept, `killed after ${delay} ms: ${JSON.stringify(done.cases)}`);
    assert.deepEqual(now.deletions, back.deletions.map((count) => count + recordsBack), "each record was deleted exactly once");
    assert.ok(done.cases.every((one) => one.state === "done" && one.leftovers === 0), JSON.stringify(done.cases));
    assert.deepEqual(done.cases.map((one) => one.verdict).sort(),
      [...people.map(() => "same_records"), ...sealed.map(() => "destroyed_key")].sort());
  }
  t.diagnostic(`${middle} of ${made} kills landed in the middle of a replay`);
  assert.ok(middle > kills / 2, `only ${middle} of ${made} kills landed in the middle of a replay`);
  assert.equal((await privity.cli("ledger", "verify")).code, 0);
  await privity.stop();
});
