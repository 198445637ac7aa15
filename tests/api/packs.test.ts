// Packs through the real binary: what is there, what is wrong with a file and where, what changes, and who signed a bundle.

import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { binary, Privity, run } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-packs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function pack(version: string, holidays: string): string {
  return `pack:
  kind: holiday_calendar
  id: xx
  version: "${version}"
  title: Public holidays in Examplia
  sources: [{title: "Example Act"}]
country: XX
holidays:
${holidays}`;
}
const newYear = '  - {name: New Year, on: "01-01"}\n';
const spring = '  - {name: Spring Day, on: "03-21"}\n';

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
function packs(...args: string[]) {
  return run(binary, ["packs", ...args], { ...process.env, HOME: folder, PRIVITY_DATA_DIRECTORY: join(folder, "data"), PRIVITY_KEY_HOME_DIRECTORY: join(folder, "keys") });
}

test("a wrong file is refused with its line and how to mend it, a right one is not", async () => {
  const right = write("right.yaml", pack("1", newYear));
  const wrong = write("wrong.yaml", pack("1", '  - {name: New Year, on: "02-30"}\n'));
  const misspelled = write("misspelled.yaml", pack("1", newYear).replace("holiday_calendar", "holiday_calender"));
  assert.equal((await packs("validate", right)).code, 0);
  const refused = await packs("validate", right, wrong, misspelled);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /wrong\.yaml:9:26: /);
  assert.match(refused.stderr, /Did you mean "holiday_calendar"/, "every wrong file is named, not only the first");
});

test("a difference is told by its place, and by the exit code", async () => {
  const before = write("before.yaml", pack("1", newYear));
  const after_ = write("after.yaml", pack("2", newYear + spring));
  const differ = await packs("diff", before, after_, "--json");
  assert.equal(differ.code, 2, differ.stderr);
  const { items } = JSON.parse(differ.stdout) as { items: { path: string; after: string }[] };
  assert.deepEqual(items.map((item) => item.path), ["/pack/version", "/holidays/Spring Day"]);
  assert.equal((await packs("diff", before, before)).code, 0);
});

test("a bundle counts only under the key that the reader brings", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const files = [{ path: "holidays/xx.yaml", text: pack("1", newYear) }];
  const bundle = write("autumn.packs", bundleOf(files, privateKey));
  const listed = await packs("verify", bundle, "--key", keyText(privateKey), "--json");
  assert.equal(listed.code, 0, listed.stderr);
  assert.deepEqual(JSON.parse(listed.stdout), { items: [{ file: "holidays/xx.yaml" }] });

  const other = generateKeyPairSync("ed25519").privateKey;
  const stranger = await packs("verify", bundle, "--key", write("other.key", `${keyText(other)}\n`));
  assert.equal(stranger.code, 1);
  assert.match(stranger.stderr, /not trusted/);
  const changed = write("changed.packs", bundleOf(files, privateKey).replace("Examplia", "Examplaa"));
  assert.match((await packs("verify", changed, "--key", keyText(privateKey))).stderr, /signature .* wrong/);
  const broken = write("broken.packs", bundleOf([{ path: "holidays/xx.yaml", text: "pack: {}\n" }], privateKey));
  assert.equal((await packs("verify", broken, "--key", keyText(privateKey))).code, 1, "a good signature does not make a good pack");
});

test("what is installed is served, and a wrong one keeps the program from starting", async () => {
  const home = join(folder, "home");
  const installed = join(home, "data", "packs");
  mkdirSync(installed, { recursive: true, mode: 0o700 });
  writeFileSync(join(installed, "xx.yaml"), pack("1", newYear));
  const privity = await Privity.start({ folder: home });
  const list = await privity.cli("packs", "list", "--json");
  assert.equal(list.code, 0, list.stderr);
  const { items } = JSON.parse(list.stdout) as { items: { id: string; in_force: boolean; installed: boolean }[] };
  assert.deepEqual(items.find((item) => item.id === "xx"), { ...items.find((item) => item.id === "xx"), in_force: true, installed: true });
  assert.ok(items.some((item) => item.id === "de" && !item.installed));
  const shown = await privity.cli("packs", "show", "holiday_calendar", "xx", "--json");
  assert.equal((JSON.parse(shown.stdout) as { text: string }).text, pack("1", newYear));
  const unknown = await privity.cli("packs", "show", "holiday_calendar", "fx");
  assert.match(unknown.stderr, /Did you mean/);
  assert.equal((await privity.cli("packs", "validate")).code, 0);
  await privity.stop();

  writeFileSync(join(installed, "yy.yaml"), "pack: {kind: holiday_calendar}\n");
  await assert.rejects(Privity.start({ folder: home }), /yy\.yaml/);
});

/** docs/formats/pack.md, "A bundle". */
function bundleOf(files: { path: string; text: string }[], key: KeyObject): string {
  const content = JSON.stringify({ files, made_at: 1_773_135_000 });
  const head = "privity-pack-bundle 1\n";
  const signature = sign(null, Buffer.from(head + content), key).toString("base64");
  return `${head}key ${keyText(key)}\nsignature ${signature}\n${content}`;
}
function keyText(key: KeyObject): string {
  return createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
}
