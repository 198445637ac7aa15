// `privity redact` and `privity detectors`, through the real binary.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { binary, run } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-redact-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a table is written without the people in it, and equal values stay equal", async () => {
  const table = written("people.csv", "id,email,note\n1,ana@example.org,calls bo@example.org\n2,ANA@example.org,-\n");
  const key = written("redact.key", "5a".repeat(32) + "\n");
  const out = join(folder, "clean.csv");
  const done = await run(binary, ["redact", "--in", table, "--out", out, "--as", "csv", "--manner", "pseudonym", "--key-file", key]);
  assert.equal(done.code, 0, done.stderr);
  const lines = readFileSync(out, "utf8").trim().split("\n").map((line) => line.split(","));
  assert.match(lines[1]![1]!, /^email-[0-9a-f]{10}$/);
  assert.equal(lines[1]![1], lines[2]![1]);
  assert.match(lines[1]![2]!, /^calls email-[0-9a-f]{10}$/);
  assert.equal(lines[2]![2], "-");
});

test("a manner that needs a key is refused without one", async () => {
  const text = written("mail.txt", "ana@example.org\n");
  const done = await run(binary, ["redact", "--in", text, "--out", "-", "--as", "text", "--manner", "format"]);
  assert.notEqual(done.code, 0);
  assert.match(done.stderr, /needs a key/);
  assert.equal(done.stdout, "");
});

const detector = (pattern: string, example: string) => `pack:
  kind: detector
  id: acme-customer
  version: 2026.1
  title: Customer number of Acme
  sources:
    - title: Handbook of Acme
entity: other_id
category: user.unique_id
text:
  shape: token
  patterns: ['${pattern}']
examples: ["${example}"]
`;

test("a company's own detector is tried, used, and refused when it is wrong", async () => {
  const own = written("own.yaml", detector("ACM-[0-9]{6}", "order of ACM-204118"));
  assert.equal((await run(binary, ["detectors", "test", own])).code, 0);
  const text = written("order.txt", "order of ACM-204118\n");
  const done = await run(binary, ["redact", "--in", text, "--out", "-", "--as", "text", "--manner", "label", "--detectors", own]);
  assert.equal(done.stdout, "order of [other_id]\n");

  const missed = await run(binary, ["detectors", "test", written("missed.yaml", detector("ACM-[0-9]{6}", "order of BCM-1")), "--json"]);
  assert.equal(missed.code, 2);
  assert.equal(JSON.parse(missed.stdout).items[0].example, "order of BCM-1");

  const wrong = await run(binary, ["detectors", "test", written("wrong.yaml", detector("ACM-(a|b)", "ACM-a"))]);
  assert.notEqual(wrong.code, 0);
  assert.match(wrong.stderr, /acme-customer/);
});
