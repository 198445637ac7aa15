// `privity detect documents` through the real binary: what it prints, how it ends, and that no value is printed.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { binary, run } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-documents-"));
after(() => rmSync(folder, { recursive: true, force: true }));

type Finding = { path: string; part: string; cell: string; start: number; end: number; entity: string; field: string; category: string };

const mail = [
  "From: Ana Duarte <ana.duarte@example.org>",
  "Subject: List",
  "Content-Type: multipart/mixed; boundary=b",
  "",
  "--b",
  "Content-Type: text/plain",
  "",
  "See the list.",
  "--b",
  "Content-Disposition: attachment; filename=dump.sql.gz",
  "Content-Transfer-Encoding: base64",
  "",
  gzipSync("INSERT INTO customers (email, quantity) VALUES ('bo@example.org', 1), ('cy@example.org', 2);").toString("base64"),
  "--b--",
  "",
].join("\n");

test("a message and what is attached to it", async () => {
  writeFileSync(join(folder, "mail.eml"), mail);
  const done = await run(binary, ["detect", "documents", join(folder, "mail.eml"), "--json"]);
  assert.equal(done.code, 0, done.stderr);
  const found = done.stdout.trim().split("\n").map((line) => JSON.parse(line) as Finding);
  const header = found.find(({ part, entity }) => part === "header from" && entity === "email");
  assert.deepEqual([header?.start, header?.end], [12, 34]);
  const column = found.find(({ field }) => field === "email");
  assert.ok(column?.path.endsWith("mail.eml!dump.sql.gz!dump.sql"), column?.path);
  assert.deepEqual([column?.part, column?.category], ["table customers", "user.contact.email"]);
  assert.ok(!done.stdout.includes("@"));
});

test("what cannot be read is named, and the exit code says so", async () => {
  writeFileSync(join(folder, "odd.bin"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));
  const done = await run(binary, ["detect", "documents", folder]);
  assert.equal(done.code, 2);
  assert.match(done.stderr, /odd\.bin was not read/);
  assert.match(done.stdout, /header from/);
});

test("a file that is not there is named", async () => {
  const done = await run(binary, ["detect", "documents", join(folder, "nothing.pdf")]);
  assert.equal(done.code, 2);
  assert.match(done.stderr, /nothing\.pdf/);
});
