// The main job through the real binary and real stores of six kinds: they are connected and looked through; a person asks for their
// data and for their erasure; both are planned, approved, done, looked at again; the certificate is checked offline. Judged from
// outside: by the stores' own dumps, before and after.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Operator, type RequestOfOperator } from "../support/operator.ts";
import { Privity } from "../support/privity.ts";
import { redis, redisFlush, redisKeys, redisRun, redisUrl } from "../support/redis_server.ts";
import {
  dropDatabases, mariadb, mariadbDatabase, mariadbRows, must, postgres, postgresDatabase, postgresRows,
} from "../support/sql_servers.ts";

const skip = postgres && mariadb && redis ? false : "a server of PostgreSQL, MariaDB or Redis is missing: `./dev test` starts all three";
const folder = mkdtempSync(join(tmpdir(), "privity-job-"));
const exports_ = join(folder, "exports");
const shop = join(folder, "shop.db");
const letters = join(folder, "letters");
const billing = `billing_${process.pid}`;
const support = `support_${process.pid}`;
let privity: Privity;

const person = "ana.prova@example.org";
const shopScript = `
  CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), total REAL, shipping_address TEXT);
  INSERT INTO customers VALUES (1, 'Ana Prova', '${person}', '+49 30 901820'), (2, 'Ben Sample', 'ben@example.org', '+49 30 901821');
  INSERT INTO orders VALUES (10, 1, 20, 'Elm Street 1, 10115 Berlin'), (11, 2, 30, 'Oak Street 2, 10117 Berlin');`;
const billingScript = `
  CREATE TABLE clients (id int PRIMARY KEY, full_name varchar(100) NOT NULL, email varchar(100) NOT NULL);
  CREATE TABLE invoices (id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients (id), billing_address varchar(200));
  INSERT INTO clients VALUES (7, 'Ana Prova', '${person}'), (8, 'Ben Sample', 'ben@example.org');
  INSERT INTO invoices VALUES (70, 7, 'Elm Street 1, 10115 Berlin'), (80, 8, 'Oak Street 2, 10117 Berlin');`;
const supportScript = `
  CREATE TABLE contacts (id int PRIMARY KEY, email varchar(100), first_name varchar(50), last_name varchar(50));
  CREATE TABLE tickets (id int PRIMARY KEY, contact_id int NOT NULL, subject varchar(200), FOREIGN KEY (contact_id) REFERENCES contacts (id));
  INSERT INTO contacts VALUES (3, '${person}', 'Ana', 'Prova'), (4, 'ben@example.org', 'Ben', 'Sample');
  INSERT INTO tickets VALUES (30, 3, 'Where is my parcel'), (40, 4, 'Thank you');`;

const profiles = [
  ["HSET", "profile:5", "email", person, "city", "Berlin", "newsletter", "weekly"],
  ["HSET", "profile:6", "email", "ben@example.org", "city", "Ulm", "newsletter", "monthly"],
];

const mails = {
  "1.question": ["From: Ana Prova <ana.prova@example.org>", "To: desk@shop.example", "Subject: Parcel", "", "It has not come."],
  "2.answer": ["From: desk@shop.example", "To: ana.prova@example.org", "Subject: Re: Parcel", "", "It comes on Friday."],
  "3.thanks": ["From: Ben Sample <ben@example.org>", "To: desk@shop.example", "Subject: Thank you", "", "All is well."],
};

const callNotes = `2026-03-01 asked for by ${person}, answered to ben@example.org\n2026-03-02 ben@example.org is content\n`;

function makeMailbox(): void {
  for (const part of ["cur", "new", "tmp"]) mkdirSync(join(letters, part), { recursive: true });
  for (const [name, lines] of Object.entries(mails)) writeFileSync(join(letters, "cur", `${name}:2,S`), lines.join("\r\n"));
}

function script(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const operator = new Operator(() => privity);
const ask = <T>(...args: string[]) => operator.ask<T>(...args);

/** Every row of every store, as the store's own program writes it. */
async function rows(): Promise<string[]> {
  const sqlite = (await must("sqlite3", shop, ".dump")).split("\n").filter((line) => line.startsWith("INSERT"));
  const csv = ["newsletter.csv", "calls.txt"].flatMap((name) => readFileSync(join(exports_, name), "utf8").split("\n"));
  const mail = readdirSync(join(letters, "cur")).sort().map((name) => readFileSync(join(letters, "cur", name), "utf8"));
  return [...sqlite, ...(await postgresRows(billing)), ...(await mariadbRows(support)), ...csv, ...(await redisKeys()), ...mail];
}
const isHers = (row: string) => /ana.prova|Ana'|Ana Prova|Birch Lane|my parcel/.test(row);

before(async () => {
  if (skip) return;
  mkdirSync(exports_);
  writeFileSync(join(exports_, "newsletter.csv"), `id,email,points\n1,${person},5\n2,ben@example.org,6\n`);
  writeFileSync(join(exports_, "calls.txt"), callNotes);
  await must("sqlite3", shop, shopScript);
  const billingAddress = await postgresDatabase(billing, script("billing.sql", billingScript));
  const supportAddress = await mariadbDatabase(support, script("support.sql", supportScript));
  for (const profile of profiles) await redisRun(...profile);
  makeMailbox();
  privity = await Privity.start();
  await operator.connect("Shop", `sqlite://${shop}`);
  await operator.connect("Billing", billingAddress);
  await operator.connect("Support", supportAddress);
  await operator.connect("Exports", `file://${exports_}`);
  await operator.connect("Profiles", redisUrl());
  await operator.connect("Letters", `maildir://${letters}`);
});
after(async () => {
  await privity?.stop();
  if (!skip) {
    await dropDatabases(billing, support);
    await redisFlush();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Asked, proven, planned, approved, done. */
async function carriedOut(right: string, content: object = {}, records = 11): Promise<RequestOfOperator> {
  const planned = await operator.planned(right, { email: person, ...content });
  assert.deepEqual([planned.plan!.stores, planned.plan!.records, planned.plan!.stores_missing], [6, records, 0]);
  return operator.execute(planned);
}

test("a person gets what six stores hold on them, and nothing of others", { skip }, async () => {
  const before = await rows();
  const done = await carriedOut("access");
  const archive = join(folder, "data.zip");
  const written = await privity.cli("requests", "package", done.id, "--output", archive);
  assert.equal(written.code, 0, written.stderr);
  const data = await must("unzip", "-p", archive, "data.json");
  for (const value of [person, "Ana Prova", "Elm Street 1", "Where is my parcel", "It comes on Friday"]) assert.ok(data.includes(value), value);
  for (const value of ["ben@example.org", "Oak Street", "Thank you", "All is well"]) assert.ok(!data.includes(value), value);
  assert.deepEqual(await rows(), before, "nothing was changed");
});

const moved = "Birch Lane 3, 10115 Berlin";

test("a correction is written wherever the wrong value lives of this person, and is proven", { skip }, async () => {
  const before = await rows();
  const correction = { category: "user.contact.address", before: "Elm Street 1, 10115 Berlin", after: moved };
  const done = await carriedOut("correction", { corrections: [correction] }, 2);
  assert.deepEqual([done.report!.records_done, done.report!.leftovers], [2, 0]);
  assert.deepEqual((await rows()).sort(), before.map((row) => row.replace("Elm Street 1, 10115 Berlin", moved)).sort());
  const certificate = join(folder, "correction.json");
  assert.equal((await privity.cli("requests", "certificate", done.id, "--output", certificate)).code, 0);
  for (const value of ["Elm Street", "Birch Lane", person]) assert.ok(!readFileSync(certificate, "utf8").includes(value), value);
  const key = script("correction.vkey", (await ask<{ verifier: string }>("ledger", "checkpoint")).verifier);
  const verified = await privity.cli("certificate", "verify", certificate, "--key", key);
  assert.equal(verified.code, 0, verified.stderr);
  const page = join(folder, "correction.pdf");
  assert.equal((await privity.cli("requests", "certificate-pdf", done.id, "--output", page)).code, 0);
  assert.ok(readFileSync(page, "latin1").startsWith("%PDF-"));
});

test("what a person forbids is told to whoever asks, and ends when it is lifted", { skip }, async () => {
  const may = async (purpose: string) =>
    (await ask<{ allowed: boolean }>("restrictions", "check", "--identifiers", JSON.stringify({ kind: "email", value: person }),
      "--purpose", purpose)).allowed;
  assert.ok(await may("marketing.email"));
  const { id } = await carriedOut("objection", { purpose: "marketing" }, 0);
  assert.deepEqual([await may("marketing.email"), await may("billing")], [false, true]);
  const { items } = await ask<{ items: { id: string }[] }>("restrictions", "list", "--request", id);
  await ask("restrictions", "lift", items[0]!.id, "--text", "You asked for our letters again.");
  assert.ok(await may("marketing.email"));
});

test("an erasure takes them out of six stores, touches nobody else, and is proven", { skip }, async () => {
  const before = await rows();
  assert.equal(before.filter(isHers).length, 11);
  const done = await carriedOut("erasure");
  const withoutHer = before.map((row) => (callNotes.includes(row) ? row.replace(person, "[erased]") : row));
  assert.deepEqual(await rows(), withoutHer.filter((row) => !isHers(row)), "every other row is as it was");
  assert.deepEqual([done.report!.records_done, done.report!.leftovers], [11, 0]);
  assert.equal(await must("sqlite3", shop, "PRAGMA foreign_key_check"), "");
  for (const file of [shop, `${shop}-wal`, join(exports_, "newsletter.csv"), join(exports_, "calls.txt")].filter((path) => existsSync(path))) {
    assert.ok(!isHers(readFileSync(file, "latin1")), `${file} holds nothing of hers, in no free page either`);
  }

  const certificate = join(folder, "certificate.json");
  assert.equal((await privity.cli("requests", "certificate", done.id, "--output", certificate)).code, 0);
  const stated = readFileSync(certificate, "utf8");
  for (const value of [person, "Ana Prova", "Elm Street"]) assert.ok(!stated.includes(value), value);
  const key = script("ledger.vkey", (await ask<{ verifier: string }>("ledger", "checkpoint")).verifier);
  const verified = await privity.cli("certificate", "verify", certificate, "--key", key);
  assert.equal(verified.code, 0, verified.stderr);
});

test("whoever is erased already is erased again with proof of nothing found", { skip }, async () => {
  const planned = await operator.planned("erasure", { email: person });
  assert.equal(planned.plan!.records, 0);
  assert.equal((await operator.execute(planned)).report!.leftovers, 0);
});

test("who comes back with a restored store is erased again, and nobody else", { skip }, async () => {
  const erased = await rows();
  await must("sqlite3", shop, `INSERT INTO customers VALUES (1, 'Ana Prova', '${person}', '+49 30 901820');
    INSERT INTO orders VALUES (10, 1, 20, 'Elm Street 1, 10115 Berlin');`);
  type Replay = { id: string; state: string; cases: { verdict: string; state: string; records: number; leftovers: number }[] };
  const replayed = async (...args: string[]) => {
    const { id } = await ask<Replay>("erasures", "replay", ...args);
    return eventually(() => ask<Replay>("erasures", "replayed", id), (replay) => replay.state === "done");
  };
  const looked = await replayed("--dry-run", "yes");
  assert.deepEqual(looked.cases.map((one) => [one.verdict, one.state, one.records]), [["same_records", "found", 2]]);
  assert.notDeepEqual(await rows(), erased, "a dry run changes nothing");
  const { id } = await replayed();
  const done = await eventually(() => ask<Replay>("erasures", "replayed", id), (replay) => replay.cases.every((one) => one.state === "done"));
  assert.deepEqual(done.cases.map((one) => one.leftovers), [0]);
  assert.deepEqual(await rows(), erased);
});

test("a table of requests is made as a whole or not at all", { skip }, async () => {
  const wrong = script("wrong.csv", "law,right,email\neu-gdpr,access,cy@example.org\neu-gdpr,acces,dee@example.org\n");
  type Import = { made: number; problems: { line: number; column: string }[] };
  assert.deepEqual(await ask<Import>("requests", "import", "--file", wrong).then(({ made, problems }) => [made, problems.length, problems[0]!.line]), [0, 1, 3]);
  const right = script("right.csv", "law,right,email\neu-gdpr,access,cy@example.org\neu-gdpr,erasure,dee@example.org\n");
  assert.equal((await ask<Import>("requests", "import", "--file", right, "--preview", "yes")).made, 0);
  assert.equal((await ask<Import>("requests", "import", "--file", right)).made, 2);
});
