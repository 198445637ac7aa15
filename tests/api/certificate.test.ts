// `privity certificate verify`: what anybody can check offline, with the key and nothing else.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { binary, run } from "../support/privity.ts";

const corpus = join(import.meta.dirname, "../corpora/certificates");
const certificate = join(corpus, "v1.json");
const key = join(corpus, "v1.vkey");
const folder = mkdtempSync(join(tmpdir(), "privity-certificate-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const verify = (file: string, ...args: string[]) => run(binary, ["certificate", "verify", file, ...args]);

test("a certificate holds without a server or a store, and says what was done", async () => {
  const done = await verify(certificate, "--key", key, "--json");
  assert.equal(done.code, 0, done.stderr);
  const said = JSON.parse(done.stdout) as Record<string, unknown>;
  assert.equal(said.result, "holds");
  assert.equal(said.complete, true);
  assert.equal(said.deleted, 4);
  assert.equal(said.not_done, 0);
});

test("one that was changed, or whose key is another's, is refused in words", async () => {
  const forged = written("forged.json", readFileSync(certificate, "utf8").replace('"deleted":2', '"deleted":3'));
  const changed = await verify(forged, "--key", key);
  assert.equal(changed.code, 1);
  assert.match(changed.stderr, /signature/i);
  const other = written("other.vkey", "example.org/privity+00000000+AdNBqOqGdBZvNtzg1w2iCvgedk9ZVK192hRGwyoGr8oe\n");
  assert.equal((await verify(certificate, "--key", other)).code, 1);
  assert.equal((await verify(written("none.json", "{}"), "--key", key)).code, 1);
});

test("a key is needed: one inside of the file would prove nothing", async () => {
  assert.equal((await verify(certificate)).code, 64);
});
