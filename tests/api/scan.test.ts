// `privity scan` against real stores: what it prints, how it ends, and what it finds in two well-known databases and in one of
// our own.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { chinookInMariaDb, chinookInPostgres, knownData, knownDataAbsent, sakilaInMariaDb, sakilaInPostgres } from "../support/known_databases.ts";
import { binary, run } from "../support/privity.ts";
import { dropDatabases, mariadb, mariadbDatabase, must, postgres, postgresDatabase } from "../support/sql_servers.ts";

type Row = {
  store: string;
  collection: string;
  field: string;
  declared_type: string;
  category: string;
  confidence: number;
  reason: string;
  distinct_values: number;
};

const folder = mkdtempSync(join(tmpdir(), "privity-scan-"));
const made = `scan_${process.pid}`;
after(() => rmSync(folder, { recursive: true, force: true }));

async function scan(...args: string[]): Promise<{ code: number; rows: Row[]; stderr: string }> {
  const done = await run(binary, ["scan", ...args, "--json"]);
  const rows = done.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Row);
  return { code: done.code, rows, stderr: done.stderr };
}

/** Writes the words of a file to another, and answers with its name. */
function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

after(() => dropDatabases(`${made}_chinook`, `${made}_sakila`, `${made}_shop`));

// A shop of our own, in words that every engine understands.
const shop = `
CREATE TABLE customers (id int PRIMARY KEY, full_name varchar(100), email varchar(100), phone varchar(40), city varchar(60),
  birth_date date, password_hash varchar(100), profile text, points int);
INSERT INTO customers VALUES
  (1, 'Ana Duarte', 'ana.duarte@example.org', '+351 21 555 0123', 'Lisboa', '1984-02-11', 'x91', '{"twitter": "@ana", "contact": {"mobile": "+351 91 555 0199"}}', 12),
  (2, 'Jonas Weber', 'jonas.weber@example.org', '+49 30 5550 124', 'Berlin', '1991-07-30', 'x92', '{"contact": {"mobile": "+49 151 5550 1244"}}', 0),
  (3, 'Mary Okafor', 'mary.okafor@example.org', '+44 20 7946 0018', 'London', '1975-12-05', 'x93', '{"twitter": "@mary"}', 40);
CREATE TABLE products (sku varchar(20) PRIMARY KEY, title varchar(100), price decimal(8,2), stock int, updated_at timestamp NULL);
INSERT INTO products VALUES ('K-100', 'Kettle', 24.90, 7, '2026-01-02 10:00:00'), ('L-200', 'Lamp', 61.00, 3, '2026-01-03 10:00:00');
`;
const shopPersonal = [
  "customers.birth_date",
  "customers.city",
  "customers.email",
  "customers.full_name",
  "customers.password_hash",
  "customers.phone",
  "customers.profile.contact.mobile",
];
const shopImpersonal = ["products.price", "products.sku", "products.stock", "products.title", "products.updated_at"];

function expectShop(rows: Row[]): void {
  const categories = new Map(rows.map((row) => [`${row.collection}.${row.field}`, row.category]));
  for (const field of shopPersonal) assert.notEqual(categories.get(field) ?? "none", "none", `${field} is personal`);
  for (const field of shopImpersonal) assert.equal(categories.get(field), "none", `${field} is not personal`);
  assert.equal(categories.get("customers.email"), "user.contact.email");
  assert.ok(!categories.has("customers.profile"), "a column of documents is judged by its paths");
}

test("a shop in SQLite", async () => {
  const path = join(folder, "shop.db");
  await must("sqlite3", path, shop);
  const { code, rows, stderr } = await scan(`sqlite://${path}`);
  assert.equal(code, 0, stderr);
  expectShop(rows);
  const email = rows.find((row) => row.field === "email");
  assert.deepEqual(Object.keys(email!), ["store", "collection", "field", "declared_type", "category", "confidence", "reason", "distinct_values"]);
  assert.equal(email!.store, `sqlite://${path}`);
  assert.equal(email!.distinct_values, 3);
  assert.equal(email!.declared_type, "varchar(100)");
  const shown = JSON.stringify(rows);
  for (const value of ["Duarte", "example.org", "555", "Lisboa"]) assert.ok(!shown.includes(value), `the value ${value} is shown`);
});

test("a shop in PostgreSQL", { skip: postgres ? false : "PRIVITY_TEST_POSTGRES is not set" }, async () => {
  const { code, rows, stderr } = await scan(await postgresDatabase(`${made}_shop`, written("shop.sql", shop)));
  assert.equal(code, 0, stderr);
  expectShop(rows);
});

test("a shop in MariaDB", { skip: mariadb ? false : "PRIVITY_TEST_MARIADB is not set" }, async () => {
  const { code, rows, stderr } = await scan(await mariadbDatabase(`${made}_shop`, written("shop.sql", shop)));
  assert.equal(code, 0, stderr);
  expectShop(rows);
});

test("a folder: what could not be read is named, the rest is reported, and the exit code is 2", async () => {
  const exports = join(folder, "exports");
  mkdirSync(join(exports, "2026"), { recursive: true });
  writeFileSync(join(exports, "2026/customers.csv"), "full_name;email\nAna Duarte;ana.duarte@example.org\nJonas Weber\nMary Okafor;mary.okafor@example.org\n");
  writeFileSync(join(exports, "orders.jsonl"), '{"buyer": {"email": "ana.duarte@example.org"}, "total": 12}\n{"buyer": {"email": "jonas.weber@example.org"}, "total": 7}\n');
  writeFileSync(join(exports, "photo.png"), "\x89PNG");
  const { code, rows, stderr } = await scan(`file://${exports}`);
  assert.equal(code, 2);
  assert.match(stderr, /2026\/customers\.csv:3/);
  assert.match(stderr, /photo\.png/);
  const categories = new Map(rows.map((row) => [`${row.collection} ${row.field}`, row.category]));
  assert.equal(categories.get("2026/customers.csv email"), "user.contact.email");
  assert.equal(categories.get("orders.jsonl buyer.email"), "user.contact.email");
  assert.equal(categories.get("orders.jsonl total"), "none");
});

test("without --json it prints a table with a row for each field", async () => {
  const done = await run(binary, ["scan", `file://${join(folder, "exports")}`]);
  assert.match(done.stdout, /COLLECTION|collection/);
  assert.match(done.stdout, /user\.contact\.email/);
});

test("a store that cannot be read is said without its password", { skip: postgres ? false : "PRIVITY_TEST_POSTGRES is not set" }, async () => {
  const absent = await scan(`postgresql://nobody_there:hidden-4711@${postgres!.host}:${postgres!.port}/postgres`);
  assert.equal(absent.code, 2);
  assert.ok(absent.stderr.length > 0 && !absent.stderr.includes("hidden-4711"), absent.stderr);
  const file = await scan("sqlite:///nowhere/shop.db");
  assert.equal(file.code, 2);
  const wrong = await scan("ftp://example.org/");
  assert.equal(wrong.code, 64);
  assert.match(wrong.stderr, /sqlite:\/\//);
});

// The well-known databases, where they lie beside the checkout; labels written by hand.
type Label = { collection: string; field: string; category: string };
const labelFile = join(knownData, "../fields/fields_dev.tsv");

function labelsOf(dataset: string): Label[] {
  return readFileSync(labelFile, "utf8")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter((parts) => parts[1] === dataset)
    .map((parts) => ({ collection: plain(parts[4]!), field: plain(parts[5]!), category: parts[7]! }));
}

/** BillingCity and billing_city are one name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** The fields that the scan and the labels call differently, "found …" or "missed …". */
function differences(rows: Row[], labels: Label[]): string[] {
  const judged = new Map(rows.map((row) => [`${plain(row.collection)}.${plain(row.field)}`, row.category]));
  const wrong: string[] = [];
  for (const { collection, field, category } of labels) {
    const found = judged.get(`${collection}.${field}`);
    if (found === undefined) continue; // the engines' versions differ in a few columns
    const isPersonal = !category.startsWith("system");
    if (isPersonal !== (found !== "none")) wrong.push(`${isPersonal ? "missed" : `found ${found} in`} ${collection}.${field}`);
  }
  return wrong.sort();
}

const knownMisses = new Set(
  readFileSync(join(import.meta.dirname, "../corpora/known_databases_misses.tsv"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#")),
);

function expectKnown(name: string, rows: Row[], dataset: string): void {
  const labels = labelsOf(dataset);
  const compared = rows.filter((row) => labels.some((label) => label.collection === plain(row.collection) && label.field === plain(row.field)));
  assert.ok(compared.length >= 60, `${name}: only ${compared.length} fields compared`);
  const surprises = differences(rows, labels).filter((difference) => !knownMisses.has(`${name}\t${difference}`));
  assert.deepEqual(surprises, [], name);
}

test("Chinook in SQLite", { skip: knownDataAbsent }, async () => {
  const { code, rows, stderr } = await scan(`sqlite://${join(knownData, "chinook/Chinook_Sqlite.sqlite")}`);
  assert.equal(code, 0, stderr);
  expectKnown("chinook", rows, "chinook");
});

test("Chinook in PostgreSQL", { skip: knownDataAbsent || (postgres ? false : "PRIVITY_TEST_POSTGRES is not set") }, async () => {
  const { code, rows, stderr } = await scan(await chinookInPostgres(`${made}_chinook`, folder));
  assert.equal(code, 0, stderr);
  expectKnown("chinook", rows, "chinook");
});

test("Chinook in MariaDB", { skip: knownDataAbsent || (mariadb ? false : "PRIVITY_TEST_MARIADB is not set") }, async () => {
  const { code, rows, stderr } = await scan(await chinookInMariaDb(`${made}_chinook`, folder));
  assert.equal(code, 0, stderr);
  expectKnown("chinook", rows, "chinook");
});

test("Sakila in PostgreSQL", { skip: knownDataAbsent || (postgres ? false : "PRIVITY_TEST_POSTGRES is not set") }, async () => {
  const { code, rows, stderr } = await scan(await sakilaInPostgres(`${made}_sakila`, folder));
  assert.equal(code, 0, stderr);
  expectKnown("sakila", rows, "sakila");
});

test("Sakila in MariaDB", { skip: knownDataAbsent || (mariadb ? false : "PRIVITY_TEST_MARIADB is not set") }, async () => {
  const { code, rows, stderr } = await scan(await sakilaInMariaDb(`${made}_sakila`, folder));
  assert.equal(code, 0, stderr);
  expectKnown("sakila", rows, "sakila");
});
