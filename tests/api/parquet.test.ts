// Parquet as a writer that is not DuckDB makes it (npm hyparquet-writer), through the real binary: as a document, in a folder, in a
// bucket, and where DuckDB's library is not there.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parquetWriteBuffer } from "hyparquet-writer";
import { binary, run } from "../support/privity.ts";

const library = join(import.meta.dirname, "../node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so");
const withLibrary = { ...process.env, PRIVITY_STORES_DUCKDB_LIBRARY: library };
const s3 = /port=(\d+)/.exec(process.env["PRIVITY_TEST_S3"] ?? "")?.[1];

const folder = mkdtempSync(join(tmpdir(), "privity-parquet-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 2500 }, (_, each) => each);
const people = Buffer.from(
  parquetWriteBuffer({
    columnData: [
      { name: "id", data: rows.map((each) => BigInt(each)), type: "INT64" },
      { name: "email", data: rows.map((each) => `bo.tan${each}@example.org`), type: "STRING" },
      { name: "phone", data: rows.map((each) => Buffer.from(`+32 2 555 ${String(1000 + each)}`)), type: "BYTE_ARRAY" },
      { name: "born", data: rows.map((each) => new Date(Date.UTC(1950 + (each % 50), each % 12, 1 + (each % 28)))), type: "TIMESTAMP" },
      { name: "tags", data: rows.map((each) => ({ color: each % 2 ? "red" : "blue", sizes: [each, each + 1] })), type: "JSON" },
      { name: "nothing", data: rows.map(() => null), type: "STRING" },
    ],
    rowGroupSize: 1000,
  }),
);
writeFileSync(join(folder, "people.parquet"), people);

type Finding = { path: string; part: string; cell: string; field: string; category: string };
type Scanned = { collection: string; field: string; declared_type: string; category: string };

function fields(stdout: string): Map<string, Scanned> {
  return new Map(stdout.trim().split("\n").map((line) => JSON.parse(line) as Scanned).map((field) => [field.field, field]));
}

test("a document says its columns", async () => {
  const done = await run(binary, ["detect", "documents", join(folder, "people.parquet"), "--json"], withLibrary);
  assert.equal(done.code, 0, done.stderr);
  const found = done.stdout.trim().split("\n").map((line) => JSON.parse(line) as Finding);
  const email = found.find(({ field }) => field === "email");
  assert.deepEqual([email?.part, email?.category], ["table people", "user.contact.email"]);
  assert.equal(found.find(({ field }) => field === "phone")?.category, "user.contact.phone_number", "bytes without a charset");
  assert.ok(!done.stdout.includes("@example"));
});

const nested = Buffer.from(
  parquetWriteBuffer({
    columnData: [{ name: "person", data: rows.map((each) => ({ name: `Bo Tan ${each}`, phones: [{ number: `+32 2 555 ${1000 + each}` }, { number: `+32 2 556 ${1000 + each}` }] })) }],
    schema: [
      { name: "root", num_children: 1 },
      { name: "person", repetition_type: "OPTIONAL", num_children: 2 },
      { name: "name", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "phones", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "OPTIONAL", num_children: 1 },
      { name: "number", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    ],
  }),
);

test("what is nested has a path, and lists are passed through", async () => {
  mkdirSync(join(folder, "nested"));
  writeFileSync(join(folder, "nested", "calls.parquet"), nested);
  const scanned = await run(binary, ["scan", `file://${join(folder, "nested")}`, "--json"], withLibrary);
  assert.equal(scanned.code, 0, scanned.stderr);
  assert.equal(fields(scanned.stdout).get("person.phones.number")?.category, "user.contact.phone_number");
  const done = await run(binary, ["detect", "documents", join(folder, "nested", "calls.parquet"), "--json"], withLibrary);
  const phone = done.stdout.trim().split("\n").map((line) => JSON.parse(line) as Finding).find(({ field }) => field === "person.phones.number");
  assert.equal(phone?.category, "user.contact.phone_number");
  rmSync(join(folder, "nested"), { recursive: true });
});

test("a folder has it as a collection with fields and their types", async () => {
  const done = await run(binary, ["scan", `file://${folder}`, "--json"], withLibrary);
  assert.equal(done.code, 0, done.stderr);
  const seen = fields(done.stdout);
  assert.deepEqual([...seen.keys()].slice(0, 4), ["id", "email", "phone", "born"]);
  assert.equal(seen.get("email")?.category, "user.contact.email");
  assert.equal(seen.get("email")?.collection, "people.parquet");
  assert.match(seen.get("born")?.declared_type ?? "", /^TIMESTAMP/);
});

test("a bucket has it too, as it has other documents", { skip: s3 ? false : "PRIVITY_TEST_S3 names no server" }, async () => {
  const bucket = `http://127.0.0.1:${s3}/lake-${process.pid}`;
  for (const [key, body] of [["", undefined], ["/year=2026/people.parquet", people], ["/page.html", "<p>Write to <b>ana@example.org</b></p>"]] as const) {
    assert.equal((await fetch(bucket + key, { method: "PUT", body })).status, 200, key);
  }
  const done = await run(binary, ["scan", `s3://S3RVER:S3RVER@127.0.0.1:${s3}/lake-${process.pid}?sslmode=disable`, "--json"], withLibrary);
  assert.equal(done.code, 0, done.stderr);
  const seen = fields(done.stdout);
  assert.equal(seen.get("email")?.category, "user.contact.email");
  assert.equal(seen.get("email")?.collection, "year=2026/people.parquet");
  assert.equal(seen.get("text")?.collection, "page.html");
});

test("without the library it is named, with what to do", async () => {
  const missing = { ...process.env, PRIVITY_STORES_DUCKDB_LIBRARY: join(folder, "libduckdb.so") };
  const done = await run(binary, ["detect", "documents", join(folder, "people.parquet")], missing);
  assert.equal(done.code, 2);
  assert.match(done.stderr, /people\.parquet was not read: .*libduckdb\.so is not here/);
  assert.match(done.stderr, /stores\.duckdb_library/);
  const scanned = await run(binary, ["scan", `file://${folder}`, "--json"], missing);
  assert.equal(scanned.code, 2);
  assert.match(scanned.stderr, /people\.parquet was not read/);
});

test("nobody reads it outside of the box", async () => {
  const done = await run(binary, ["read-parquet-in-box", library, "1000000000", "1000000", "9"], withLibrary);
  assert.equal(done.code, 1);
  assert.equal(done.stdout, "");
});

test("the library is found beside the program", async () => {
  const beside = join(folder, "beside");
  mkdirSync(beside);
  copyFileSync(binary, join(beside, "privity"));
  symlinkSync(library, join(beside, "libduckdb.so"));
  const done = await run(join(beside, "privity"), ["detect", "documents", join(folder, "people.parquet")]);
  rmSync(beside, { recursive: true });
  assert.equal(done.code, 0, done.stderr);
});
