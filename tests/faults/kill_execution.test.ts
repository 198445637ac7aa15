// kill -9 of the real server while it erases people in SQLite, PostgreSQL and MariaDB, PRIVITY_KILLS times on one data directory. Judged
// from outside: triggers of the stores count every change, so each record is deleted exactly once, nobody else's is touched, and the
// certificate, checked offline, says what is so.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Operator } from "../support/operator.ts";
import { Privity } from "../support/privity.ts";
import {
  dropDatabases, mariadb, mariadbDatabase, mariadbRows, must, postgres, postgresDatabase, postgresRows,
} from "../support/sql_servers.ts";

const skip = postgres && mariadb ? false : "PRIVITY_TEST_POSTGRES or PRIVITY_TEST_MARIADB is not set: `./dev test` starts both";
const kills = Number(process.env["PRIVITY_KILLS"] ?? 20);
const recordsEach = 150;
const folder = mkdtempSync(join(tmpdir(), "privity-kill-execution-"));
const shop = join(folder, "shop.db");
const billing = `kill_billing_${process.pid}`;
const support = `kill_support_${process.pid}`;
after(async () => {
  if (!skip) await dropDatabases(billing, support);
  rmSync(folder, { recursive: true, force: true });
});

const email = (person: number) => `person${person}@example.org`;
const people = [...Array(kills + 1).keys()]; // the last one never asks
const rowsOf = (make: (person: number, n: number) => string) =>
  people.flatMap((person) => [...Array(recordsEach).keys()].map((n) => make(person, person * 1000 + n))).join(",\n");

/** Tables of people and of what is theirs, with a log of every deletion. */
const tables = (parent: string, child: string, big: string) => `
  CREATE TABLE ${parent} (id int PRIMARY KEY, full_name varchar(100), email varchar(100) NOT NULL);
  CREATE TABLE ${child} (id int PRIMARY KEY, person_id int NOT NULL, delivery_address varchar(200),
    FOREIGN KEY (person_id) REFERENCES ${parent} (id));
  CREATE INDEX ${child}_of ON ${child} (person_id);
  CREATE TABLE deletions (n ${big}, record int);
  INSERT INTO ${parent} VALUES ${people.map((person) => `(${person}, 'Person Sample', '${email(person)}')`).join(",\n")};
  INSERT INTO ${child} VALUES ${rowsOf((person, id) => `(${id}, ${person}, 'Elm Street ${id}, 10115 Berlin')`)};
`;
const shopScript = `${tables("customers", "orders", "INTEGER PRIMARY KEY")}
  CREATE TRIGGER count_orders AFTER DELETE ON orders BEGIN INSERT INTO deletions (record) VALUES (old.id); END;`;
const billingScript = `${tables("clients", "invoices", "serial PRIMARY KEY")}
  CREATE FUNCTION count_deletion() RETURNS trigger AS $$ BEGIN INSERT INTO deletions (record) VALUES (OLD.id); RETURN OLD; END $$ LANGUAGE plpgsql;
  CREATE TRIGGER count_invoices AFTER DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION count_deletion();`;
const supportScript = `${tables("contacts", "tickets", "int AUTO_INCREMENT PRIMARY KEY")}
  CREATE TRIGGER count_tickets AFTER DELETE ON tickets FOR EACH ROW INSERT INTO deletions (record) VALUES (OLD.id);`;

function script(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const sqliteRows = async () => (await must("sqlite3", shop, ".dump")).split("\n").filter((line) => line.startsWith("INSERT"));
/** Every row of every store without the logs of deletions, and these logs. */
async function rows(): Promise<{ kept: string[][]; deletions: string[] }> {
  const all = [await sqliteRows(), await postgresRows(billing), await mariadbRows(support)];
  const isLog = (row: string) => /deletions/i.test(row);
  return { kept: all.map((store) => store.filter((row) => !isLog(row))), deletions: all.flatMap((store) => store.filter(isLog)) };
}
const isOf = (person: number) => (row: string) =>
  row.includes(`'${email(person)}'`) || row.includes(email(person)) || new RegExp(`Elm Street ${person}\\d{3},`).test(row) ||
  (person === 0 && /Elm Street \d{1,3},/.test(row));

test(`${kills} kills in the middle of execution: each change is made once, and the certificate says what is so`, { skip }, async (t) => {
  await must("sqlite3", shop, `.read ${script("shop.sql", shopScript)}`);
  const addresses = {
    Shop: `sqlite://${shop}`,
    Billing: await postgresDatabase(billing, script("billing.sql", billingScript)),
    Support: await mariadbDatabase(support, script("support.sql", supportScript)),
  };
  const home = join(folder, "server");
  let privity = await Privity.start({ folder: home });
  const operator = new Operator(() => privity);
  for (const [name, address] of Object.entries(addresses)) await operator.connect(name, address);
  const recordsOfOne = 3 * (recordsEach + 1);
  let middle = 0;
  let [earliest, latest] = [0, 400]; // milliseconds until the kill
  for (let person = 0; person < kills; ++person) {
    const before = await rows();
    const planned = await operator.planned("erasure", { email: email(person) });
    assert.equal(planned.plan?.records, recordsOfOne);
    const { id } = planned;
    await operator.begin(planned);
    const delay = earliest + Math.random() * (latest - earliest);
    await sleep(delay);
    await privity.kill();
    const cut = await rows();
    const left = cut.kept.flat().filter(isOf(person)).length;
    // Aims at the middle: later when nothing was done yet, sooner when all of it was, and near what hit; the machine's speed changes.
    if (left === recordsOfOne) [earliest, latest] = [delay, latest * 1.2];
    else if (left === 0) [earliest, latest] = [earliest * 0.8, delay];
    else {
      ++middle;
      [earliest, latest] = [(earliest + delay) / 2, (latest + delay) / 2];
    }

    privity = await Privity.start({ folder: home });
    const done = await operator.standsAt(id, "checked");
    assert.equal(done.report?.leftovers, 0);
    const now = await rows();
    assert.deepEqual(now.kept, before.kept.map((store) => store.filter((row) => !isOf(person)(row))), "theirs are gone, and nobody else's");
    assert.equal(now.deletions.length, before.deletions.length + 3 * recordsEach, "each record was deleted exactly once");
    const file = join(folder, `certificate${person}.json`);
    await operator.ask("ledger", "checkpoint");
    assert.equal((await privity.cli("requests", "certificate", id, "--output", file)).code, 0);
    const { certificate } = JSON.parse(readFileSync(file, "utf8")) as {
      certificate: { collections: { found: number; deleted: number; kept: number; not_theirs: number }[] } };
    const sum = (name: "found" | "deleted" | "kept" | "not_theirs") =>
      certificate.collections.reduce((all, each) => all + each[name], 0);
    assert.deepEqual([sum("found"), sum("deleted"), sum("kept"), sum("not_theirs")], [recordsOfOne, recordsOfOne, 0, 0]);
    writeFileSync(join(folder, "ledger.vkey"), (await operator.ask<{ verifier: string }>("ledger", "checkpoint")).verifier);
    const verified = await privity.cli("certificate", "verify", file, "--key", join(folder, "ledger.vkey"));
    assert.equal(verified.code, 0, verified.stderr);
  }
  t.diagnostic(`${middle} of ${kills} kills landed in the middle of execution`);
  assert.ok(middle > kills / 2, `only ${middle} of ${kills} kills landed in the middle of execution`);
  assert.equal((await privity.cli("ledger", "verify")).code, 0);
  await privity.stop();
});
