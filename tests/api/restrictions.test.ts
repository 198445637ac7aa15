// What a person forbade outlives an older backup: it is remembered beside the keys, and stands again before a restored installation
// answers anybody.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client, Privity } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-restrictions-"));
const older = join(folder, "older.privity");
const restored = join(folder, "restored");
let privity: Privity;
let secret: string;

before(async () => {
  privity = await Privity.start({ folder });
  const ada = await privity.setUp();
  const token = { name: "the shop's programs", permissions: ["rights.check"], expires_in_days: 1 };
  secret = (await ada.post<{ secret: string }>("/v1/tokens", token)).body.secret;
});
after(async () => {
  await privity?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function operator(...args: string[]): Promise<Record<string, string>> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as Record<string, string>;
}

const mayBeUsed = async (client: Client, email: string, purpose: string) => {
  const asked = await client.post<{ allowed: boolean }>("/v1/restrictions/check", { identifiers: [{ kind: "email", value: email }], purpose });
  assert.equal(asked.status, 200, asked.text);
  return asked.body.allowed;
};

test("a restored backup does not forget what was forbidden after it was made", async () => {
  assert.equal((await privity.cli("backup", "create", "--path", older)).code, 0);
  const content = JSON.stringify({ email: "grace@example.org", purpose: "marketing" });
  const { id } = await operator("requests", "create", "--law", "eu-gdpr", "--right", "objection", "--content", content);
  await operator("requests", "prove", id!, "--method", "document", "--note", "Passport seen; copy destroyed.");
  await operator("requests", "plan", id!);
  assert.equal((await privity.cli("requests", "watch", id!, "--until", "planned")).code, 0);
  const { digest } = await operator("requests", "planned", id!);
  await operator("requests", "approve", id!, "--plan", digest!);
  await operator("requests", "execute", id!);
  assert.equal((await privity.cli("requests", "watch", id!, "--until", "checked")).code, 0);
  assert.equal(await mayBeUsed(new Client(privity.consoleUrl, secret), "grace@example.org", "marketing.email"), false);

  assert.equal((await privity.cli("restore", older, "--data", restored)).code, 0);
  await privity.stop();
  privity = await Privity.start({ folder, environment: { PRIVITY_DATA_DIRECTORY: restored } });
  const checker = new Client(privity.consoleUrl, secret);
  assert.equal(await mayBeUsed(checker, "grace@example.org", "marketing.email"), false, "the journal was replayed");
  assert.equal(await mayBeUsed(checker, "grace@example.org", "delivery"), true, "only what was forbidden");
  assert.equal(await mayBeUsed(checker, "linus@example.org", "marketing.email"), true, "nobody else");
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
