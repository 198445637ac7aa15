// Keys are replaced while Privity serves: nobody is kept from reading or writing, who may not is refused, and a process that is
// killed in the middle goes on where it stood.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Client, Privity, run } from "../support/privity.ts";
import { Crowd, judge } from "../support/workload.ts";

type KeyHome = {
  root: { source: string; version: number };
  buckets: { count: number; oldest_at: string; newest_at: string; rotation?: string };
};
type Job = { state: string; progress_done: number };

const crowdSize = 8;
const somebody = "0192e0c0-0000-7000-8000-000000000000";

test("the root key is replaced in the middle of work, and everything opens after a restart", () =>
  inFolder(async (folder) => {
    let privity = await Privity.start({ folder });
    const admin = await privity.setUp();
    const { token } = await privity.withToken(admin, ["tasks.use", "tasks.manage", "ledger.read", "keys.read"]);
    const oldRoot = readFileSync(join(privity.keyHome, "root.key"));

    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    for (const version of [2, 3, 4]) {
      const rotated = await admin.post<{ version: number }>("/v1/keys/root/rotation");
      assert.equal(rotated.status, 200, rotated.text);
      assert.equal(rotated.body.version, version);
    }
    const memory = await crowd.stop();
    assert.ok(memory.acknowledged.size > 0 && memory.unanswered.size === 0, "nobody was kept from writing");
    assert.notDeepEqual(readFileSync(join(privity.keyHome, "root.key")), oldRoot);
    const each = ["app.keys.root_changed", "app.keys.root_change_begun"];
    assert.deepEqual(await actions(admin, "app.keys"), [...each, ...each, ...each]);
    await privity.kill();

    privity = await Privity.start({ folder });
    const client = new Client(privity.consoleUrl, token);
    await judge(client, memory);
    assert.equal((await client.get<KeyHome>("/v1/keys")).body.root.version, 4);
    await privity.stop();
  }));

test("all bucket keys are replaced in the background, under load, and over a kill in the middle", () =>
  inFolder(async (folder) => {
    let privity = await Privity.start({ folder });
    const admin = await privity.setUp();
    const { token } = await privity.withToken(admin, ["tasks.use", "tasks.manage", "ledger.read", "keys.read", "jobs.read"]);
    const before = (await admin.get<KeyHome>("/v1/keys")).body.buckets;
    assert.equal(before.count, 4096);

    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    const begun = await admin.post<{ id: string }>("/v1/keys/buckets/rotation");
    assert.equal(begun.status, 202, begun.text);
    const twice = await admin.post<{ id: string }>("/v1/keys/buckets/rotation");
    assert.equal(twice.body.id, begun.body.id, "one rotation at a time");
    await until(async () => (await job(admin, begun.body.id)).progress_done > 0);
    await privity.kill();
    const memory = await crowd.stop();

    privity = await Privity.start({ folder });
    const client = new Client(privity.consoleUrl, token);
    await judge(client, memory);
    assert.ok((await job(client, begun.body.id)).progress_done > 0, "what was done is not done again");
    await until(async () => (await job(client, begun.body.id)).state === "succeeded");
    const after = (await client.get<KeyHome>("/v1/keys")).body.buckets;
    assert.ok(after.oldest_at > before.newest_at, "every bucket has a newer key");
    assert.equal(after.rotation, undefined);
    assert.deepEqual(await actions(client, "app.keys.buckets_rotated"), ["app.keys.buckets_rotated"]);
    const verified = await privity.cli("ledger", "verify");
    assert.equal(verified.code, 0, verified.stderr);
    await privity.stop();
  }));

test("the command line replaces the root key, and moves it to a passphrase", () =>
  inFolder(async (folder) => {
    const words = join(folder, "words");
    writeFileSync(words, "seven words are better than one\n");
    const privity = await Privity.start({ folder });
    const shown = await privity.cli("keys", "show", "--json");
    assert.equal((JSON.parse(shown.stdout) as KeyHome).root.source, "file");
    assert.equal((await privity.cli("keys", "rotate-root")).code, 0);

    const incomplete = await privity.cli("keys", "move-root", "--root-key", "passphrase");
    assert.equal(incomplete.code, 1);
    assert.match(incomplete.stderr, /key_home\.passphrase is missing/);
    const token = ["--pkcs11-module", "/nowhere.so", "--pkcs11-token", "t", "--pkcs11-key", "k", "--pkcs11-pin-file", words];
    const absent = await privity.cli("keys", "move-root", "--root-key", "pkcs11", ...token);
    assert.match(absent.stderr, /library cannot be used/);
    const unknown = await privity.cli("keys", "rotate-person", somebody);
    assert.match(unknown.stderr, /nobody with the id/);

    const moved = await privity.cli("keys", "move-root", "--root-key", "passphrase", "--passphrase-file", words, "--json");
    assert.equal(moved.code, 0, moved.stderr);
    assert.equal((JSON.parse(moved.stdout) as { source: string }).source, "passphrase");
    await privity.stop();

    await assert.rejects(Privity.start({ folder }), /root key does not open/);
    const environment = { PRIVITY_KEY_HOME_ROOT_KEY: "passphrase", PRIVITY_KEY_HOME_PASSPHRASE_FILE: words };
    const again = await Privity.start({ folder, environment });
    assert.equal((await again.cli("keys", "show")).code, 0);
    await again.stop();
  }));

test("the signing key is replaced in the middle of work, and both keys verify what is exported", () =>
  inFolder(async (folder) => {
    let privity = await Privity.start({ folder });
    const admin = await privity.setUp();
    const { token } = await privity.withToken(admin, ["tasks.use", "tasks.manage", "ledger.read", "keys.read"]);
    type Signed = { checkpoint: string; verifier: string; earlier_verifiers: string[] };
    const first = (await admin.get<Signed>("/v1/ledger/checkpoint")).body.verifier;

    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    const rotated = await privity.cli("keys", "rotate-named", "ledger.signing", "--json");
    assert.equal(rotated.code, 0, rotated.stderr);
    assert.equal((JSON.parse(rotated.stdout) as { version: number }).version, 2);
    const memory = await crowd.stop();
    assert.ok(memory.acknowledged.size > 0 && memory.unanswered.size === 0, "nobody was kept from writing");
    // At once after the new key: whatever was signed last, the next start goes on from it.
    assert.equal((await privity.cli("keys", "rotate-named", "backup")).code, 0);
    await privity.kill();

    privity = await Privity.start({ folder });
    const client = new Client(privity.consoleUrl, token);
    await judge(client, memory);
    assert.deepEqual(await actions(client, "app.keys"), Array(2).fill(["app.keys.named_rotated", "app.keys.named_rotation_begun"]).flat());
    const evidence = join(folder, "evidence");
    const exported = await privity.cli("ledger", "export", "--folder", evidence, "--json");
    assert.equal(exported.code, 0, exported.stderr);
    const { verifier, earlier_verifiers } = JSON.parse(exported.stdout) as Signed;
    assert.deepEqual(earlier_verifiers, [first]);
    assert.notEqual(verifier, first);
    writeFileSync(join(folder, "both.vkey"), `${verifier}\n${first}\n`);
    for (const keys of [["--key", verifier], ["--key", first], ["--key", first, "--key", verifier], ["--key", join(folder, "both.vkey")]]) {
      const verified = await privity.cli("ledger", "verify-export", evidence, ...keys);
      assert.equal(verified.code, 0, `${keys.join(" ")}: ${verified.stdout}${verified.stderr}`);
    }
    assert.equal((await privity.cli("ledger", "verify")).code, 0);

    // One replacement later the first key is out of use; with all of them everything verifies still.
    assert.equal((await privity.cli("keys", "rotate-named", "ledger.signing")).code, 0);
    const later = join(folder, "later");
    const again = await privity.cli("ledger", "export", "--folder", later, "--json");
    assert.deepEqual((JSON.parse(again.stdout) as Signed).earlier_verifiers, [verifier, first]);
    assert.equal((await privity.cli("ledger", "verify-export", later, "--key", verifier)).code, 0);
    assert.equal((await privity.cli("ledger", "verify-export", later, "--key", first)).code, 1);
    assert.equal((await privity.cli("ledger", "verify")).code, 0);
    await privity.stop();
  }));

test("a backup from before its key was replaced is restored, and no other key is replaced by name", () =>
  inFolder(async (folder) => {
    const privity = await Privity.start({ folder });
    await privity.setUp();
    const old = join(folder, "old.privity");
    assert.equal((await privity.cli("backup", "create", "--path", old)).code, 0);
    assert.equal((await privity.cli("keys", "rotate-named", "backup")).code, 0);
    assert.equal((await privity.cli("backup", "verify", old)).code, 0);
    const unknown = await privity.cli("keys", "rotate-named", "session.mac");
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /no key session\.mac that can be replaced/);
    const restored = await privity.cli("restore", old, "--data", join(folder, "restored"));
    assert.equal(restored.code, 0, restored.stderr);
    await privity.stop();
  }));

test("the key by which people are found is replaced, the process is killed, and everybody is found again", () =>
  inFolder(async (folder) => {
    let privity = await Privity.start({ folder });
    const admin = await privity.setUp();
    const { token } = await privity.withToken(admin, ["rights.read", "rights.write", "jobs.read"]);
    const ask = async (client: Client, email: string) => {
      const made = await client.post("/v1/rights/requests", { law: "eu-gdpr", right: "access", content: { email } });
      assert.equal(made.status, 201, made.text);
      return made.body as { id: string; same_person: number };
    };
    const known = new Client(privity.consoleUrl, token);
    for (const email of ["grace@example.org", "grace@example.org", "mary@example.org"]) await ask(known, email);
    const rotated = await privity.cli("keys", "rotate-named", "rights.index", "--json");
    assert.equal(rotated.code, 0, rotated.stderr);
    assert.equal((JSON.parse(rotated.stdout) as { version: number }).version, 2);
    await privity.kill();

    privity = await Privity.start({ folder });
    const client = new Client(privity.consoleUrl, token);
    type Jobs = { items: { state: string }[] };
    await until(async () => (await client.get<Jobs>("/v1/jobs?kind=rights.reindex")).body.items.every(({ state }) => state === "succeeded"));
    assert.equal((await client.get<Jobs>("/v1/jobs?kind=rights.reindex")).body.items.length, 1);
    assert.equal((await ask(client, "GRACE@example.org")).same_person, 2);
    assert.equal((await ask(client, "mary@example.org")).same_person, 1);
    assert.equal((await ask(client, "emmy@example.org")).same_person, 0);
    await privity.stop();
  }));

const softHsm = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"].find((path) => existsSync(path));
test("with the root key in a token, Privity starts with the token and its PIN, and says what is wrong without", { skip: softHsm === undefined && "SoftHSM is not installed (Debian: softhsm2)" }, () =>
  inFolder(async (folder) => {
    mkdirSync(join(folder, "tokens"));
    writeFileSync(join(folder, "softhsm2.conf"), `directories.tokendir = ${join(folder, "tokens")}\n`);
    writeFileSync(join(folder, "pin"), "4711\n");
    writeFileSync(join(folder, "wrong-pin"), "0000\n");
    // softhsm2-util reads the key as a line of text: it would end at a zero or at a new line.
    writeFileSync(join(folder, "aes.key"), randomBytes(32).map((byte) => (byte === 0 || byte === 10 ? 1 : byte)));
    const softHsmConfiguration = { SOFTHSM2_CONF: join(folder, "softhsm2.conf") };
    const softHsmTool = async (...args: string[]) => {
      const done = await run("softhsm2-util", args, { ...process.env, ...softHsmConfiguration });
      assert.equal(done.code, 0, done.stderr);
    };
    await softHsmTool("--init-token", "--free", "--label", "privity", "--so-pin", "0815", "--pin", "4711");
    await softHsmTool("--import", join(folder, "aes.key"), "--aes", "--token", "privity", "--pin", "4711", "--label", "root", "--id", "01");
    rmSync(join(folder, "aes.key"));

    const environment = {
      ...softHsmConfiguration,
      PRIVITY_KEY_HOME_ROOT_KEY: "pkcs11",
      PRIVITY_KEY_HOME_PKCS11_MODULE: softHsm!,
      PRIVITY_KEY_HOME_PKCS11_TOKEN: "privity",
      PRIVITY_KEY_HOME_PKCS11_KEY: "root",
      PRIVITY_KEY_HOME_PKCS11_PIN_FILE: join(folder, "pin"),
    };
    const privity = await Privity.start({ folder, environment });
    assert.equal((await privity.cli("keys", "rotate-root")).code, 0);
    await privity.kill();
    const again = await Privity.start({ folder, environment });
    const shown = await again.cli("keys", "show", "--json");
    assert.deepEqual({ ...(JSON.parse(shown.stdout) as KeyHome).root, since: undefined }, { source: "pkcs11", version: 2, since: undefined });
    await again.stop();

    const wrong: [Record<string, string>, RegExp][] = [
      [{ PRIVITY_KEY_HOME_PKCS11_PIN_FILE: join(folder, "wrong-pin") }, /PIN of the token .* is wrong/],
      [{ PRIVITY_KEY_HOME_PKCS11_TOKEN: "other" }, /no token "other"/],
      [{ PRIVITY_KEY_HOME_PKCS11_KEY: "other" }, /no AES key "other"/],
      [{ PRIVITY_KEY_HOME_PKCS11_MODULE: join(folder, "absent.so") }, /library cannot be used/],
      [{ PRIVITY_KEY_HOME_ROOT_KEY: "file" }, /root key does not open/],
    ];
    for (const [change, words] of wrong) {
      await assert.rejects(Privity.start({ folder, environment: { ...environment, ...change } }), words);
    }
  }));

test("whoever only reads keys does not replace them", async () => {
  const privity = await Privity.start();
  const admin = await privity.setUp();
  const reader = await privity.withToken(admin, ["keys.read"]);
  assert.equal((await reader.get("/v1/keys")).status, 200);
  for (const what of ["root", "buckets", "named/backup", `people/${somebody}`]) {
    assert.equal((await reader.post(`/v1/keys/${what}/rotation`)).status, 403, what);
  }
  const moved = await admin.post("/v1/keys/root/source", { root_key: "file" });
  assert.equal(moved.status, 403, "only the operator names places on the machine");
  assert.deepEqual(await actions(admin, "app.keys"), []);
  await privity.stop();
});

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "privity-keys-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function job(client: Client, id: string): Promise<Job> {
  const answer = await client.get<Job>(`/v1/jobs/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function actions(client: Client, action: string): Promise<string[]> {
  type Page = { items: { entry: { action: string } }[] };
  // Checking the ledger gives every entry its index first; the list shows what has one.
  await client.get("/v1/ledger/verification");
  const entries = await client.get<Page>(`/v1/ledger/entries?action=${action}&limit=200`);
  assert.equal(entries.status, 200, entries.text);
  return entries.body.items.map((item) => item.entry.action);
}

/** Asks until it is so; what never comes is ended by the limit of the whole suite. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}
