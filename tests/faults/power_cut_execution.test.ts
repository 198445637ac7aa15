// The power goes while the server erases people (PRIVITY_CUTS times): data directory, key home and one of the two stores lie on a disk
// that takes back whatever was not synced; the other store is on a machine that keeps its power. Judged from outside: triggers of the
// stores count every change, so each record is deleted once in effect, nobody else's is touched, and the certificate, checked offline,
// says what is so.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { FaultyDisk } from "../support/disk.ts";
import { Operator } from "../support/operator.ts";
import { Privity } from "../support/privity.ts";
import { must } from "../support/sql_servers.ts";

type Certified = { certificate: { collections: { found: number; deleted: number; kept: number; not_theirs: number }[] } };

const cuts = Number(process.env["PRIVITY_CUTS"] ?? 5);
const recordsEach = 210; // more than a batch, so that progress is kept in the middle
const people = [...Array(cuts + 2).keys()]; // the first is erased in peace, the last never asks
const folder = mkdtempSync(join(tmpdir(), "privity-cut-execution-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const email = (person: number) => `person${person}@example.org`;
const orders = people.flatMap((person) => [...Array(recordsEach).keys()].map((n) => `(${person * 1000 + n}, ${person}, 'Elm Street ${n}, 10115 Berlin')`));
const script = `
  CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT NOT NULL);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), delivery_address TEXT);
  CREATE INDEX orders_of ON orders (customer_id);
  CREATE TABLE deletions (record INTEGER);
  INSERT INTO customers VALUES ${people.map((person) => `(${person}, 'Person Sample', '${email(person)}')`).join(",\n")};
  INSERT INTO orders VALUES ${orders.join(",\n")};
  CREATE TRIGGER count_orders AFTER DELETE ON orders BEGIN INSERT INTO deletions (record) VALUES (old.id); END;
  CREATE TRIGGER count_customers AFTER DELETE ON customers BEGIN INSERT INTO deletions (record) VALUES (old.id); END;`;

test(`${cuts} power cuts in the middle of execution: each change is made once, and the certificate says what is so`, async (t) => {
  // No call fails: this disk counts them, and forgets.
  const disk = new FaultyDisk(folder, { kind: "write", error: "EIO", first: Number.MAX_SAFE_INTEGER, last: Number.MAX_SAFE_INTEGER });
  const stores = { Shop: join(disk.root, "shop.db"), Archive: join(folder, "archive.db") };
  const made = join(folder, "store.sql"); // too long for an argument
  writeFileSync(made, script);
  const recordsOfOne = 2 * (recordsEach + 1);
  const start = () => Privity.start({ folder: disk.root, environment: disk.environment });
  let privity = await start();
  const operator = new Operator(() => privity);
  for (const [name, path] of Object.entries(stores)) {
    await must("sqlite3", path, `.read ${made}`);
    await operator.connect(name, `sqlite://${path}`);
  }
  // Through another program, which sees what is there after the cut.
  const inBoth = async (question: string) => (await Promise.all(Object.values(stores).map((path) => must("sqlite3", path, question)))).join("");
  const numberInBoth = async (question: string) => (await inBoth(question)).trim().split("\n").reduce((all, each) => all + Number(each), 0);
  const left = (person: number) =>
    numberInBoth(`SELECT (SELECT count(*) FROM customers WHERE id = ${person}) + (SELECT count(*) FROM orders WHERE customer_id = ${person})`);
  const others = (person: number) =>
    inBoth(`SELECT * FROM customers WHERE id <> ${person}; SELECT * FROM orders WHERE customer_id <> ${person} ORDER BY id`);
  const counted = () => numberInBoth("SELECT count(*) FROM deletions");

  /** Up to the moment when the server begins to change the stores. */
  const begin = async (person: number): Promise<string> => {
    const { id, plan } = await operator.planned("erasure", { email: email(person) });
    assert.equal(plan?.records, recordsOfOne);
    await operator.ask("requests", "approve", id, "--plan", plan!.digest);
    return id;
  };
  const judge = async (person: number, id: string, before: { others: string; counted: number }) => {
    const done = await operator.standsAt(id, "checked");
    assert.equal(done.report?.leftovers, 0);
    assert.equal(await left(person), 0);
    assert.equal(await others(person), before.others, "nobody else's row was touched");
    assert.equal(await counted(), before.counted + recordsOfOne, "each record was deleted exactly once in effect");
    const file = join(folder, `certificate${person}.json`);
    const verifier = join(folder, "ledger.vkey");
    writeFileSync(verifier, (await operator.ask<{ verifier: string }>("ledger", "checkpoint")).verifier);
    assert.equal((await privity.cli("requests", "certificate", id, "--output", file)).code, 0);
    const { certificate } = JSON.parse(readFileSync(file, "utf8")) as Certified;
    const sum = (name: "found" | "deleted" | "kept" | "not_theirs") => certificate.collections.reduce((all, each) => all + each[name], 0);
    assert.deepEqual([sum("found"), sum("deleted"), sum("kept"), sum("not_theirs")], [recordsOfOne, recordsOfOne, 0, 0]);
    const verified = await privity.cli("certificate", "verify", file, "--key", verifier);
    assert.equal(verified.code, 0, verified.stderr);
  };

  // How many writes an execution makes on this disk, by the one that is left in peace.
  const peace = { others: await others(0), counted: await counted() };
  const first = await begin(0);
  const callsBefore = disk.calls;
  await operator.ask("requests", "execute", first);
  await judge(0, first, peace);
  const callsOfOne = disk.calls - callsBefore;
  assert.ok(callsOfOne > recordsEach, `${callsOfOne} writes`);

  let middle = 0;
  for (let person = 1; person <= cuts; ++person) {
    const before = { others: await others(person), counted: await counted() };
    const id = await begin(person);
    const target = disk.calls + Math.floor(callsOfOne * (0.1 + 0.8 * Math.random()));
    await operator.ask("requests", "execute", id);
    // Without a pause, so that the power goes at that very write. Some make fewer writes than the first one did: the power goes after those.
    for (const until = Date.now() + 30_000; disk.calls < target && Date.now() < until; );
    await privity.kill();
    disk.cutPower();
    const there = await left(person);
    t.diagnostic(`cut with ${there} of ${recordsOfOne} records there`);
    if (there > 0 && there < recordsOfOne) ++middle;
    privity = await start();
    await judge(person, id, before);
  }
  t.diagnostic(`${middle} of ${cuts} cuts landed in the middle of execution`);
  assert.ok(middle > cuts / 2, `only ${middle} of ${cuts} cuts landed in the middle of execution`);
  assert.equal((await privity.cli("ledger", "verify")).code, 0);
  await privity.stop();
});
