// Planted secrets and personal values, looked for wherever they must not be: logs, metrics, errors, ledger entries and their export,
// backups, support bundles, and the files of the data directory where they belong sealed.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Client, Privity, run } from "../support/privity.ts";

const password = "canary passphrase 9f2c71 meadow";
const wrongPassword = "canary wrong passphrase 77ab";
const mailPassword = "canary mail 51d0 harbour";
const personal = { name: "Canaria Vogel-9f2c", email: "canary.9f2c71@example.org" };

test("nothing planted comes out where it must not", async () => {
  const privity = await Privity.start({
    environment: {
      PRIVITY_LOG_LEVEL: "debug",
      PRIVITY_MAIL_HOST: "mail.example.org",
      PRIVITY_MAIL_FROM: personal.email,
      PRIVITY_MAIL_USER: personal.email,
      PRIVITY_MAIL_PASSWORD: mailPassword,
    },
  });
  try {
    const admin = await privity.setUp({ ...personal, password });
    const { token = "" } = await privity.withToken(admin, ["tasks.use"]);
    const session = [...admin.cookies().values()];

    // Every way to be wrong, with the planted values inside.
    const stranger = new Client(privity.consoleUrl);
    const answers = [
      await stranger.post("/v1/session/password", { email: personal.email, password: wrongPassword }),
      await stranger.post("/v1/session/password", { email: personal.email, password: 7, note: wrongPassword }),
      await stranger.get(`/v1/users?q=${encodeURIComponent(personal.email)}`),
      await new Client(privity.consoleUrl, `${token}x`).get("/v1/tasks"),
      await new Client(privity.consoleUrl, token).get(`/v1/users?q=${encodeURIComponent(personal.email)}`),
      await new Client(privity.consoleUrl, token).post("/v1/tasks", { title: 1, nonsense: personal.email }),
      await admin.get(`/v1/nowhere/${encodeURIComponent(personal.email)}`),
      await admin.post("/v1/users", `{"name": "${personal.name}`),
    ];
    for (const answer of answers) {
      assert.ok(answer.status >= 400, answer.text);
      hide(answer.text, [password, wrongPassword, token, personal.email, personal.name, ...session], `a ${answer.status} answer`);
    }

    const metrics = await admin.get<string>("/metrics", { accept: "text/plain" });
    assert.match(metrics.text, /^privity_problems_total\{code="identity\.sign_in_failed"\}/m, "they are the metrics");
    const entries = await admin.get("/v1/ledger/entries?limit=200");
    assert.equal(entries.status, 200, entries.text);
    const exported = join(privity.folder, "evidence");
    const done = await privity.cli("ledger", "export", "--folder", exported);
    assert.equal(done.code, 0, done.stderr);
    const backup = join(privity.folder, "all.privity");
    const saved = await privity.cli("backup", "create", "--path", backup);
    assert.equal(saved.code, 0, saved.stderr);

    const bundle = join(privity.folder, "support.zip");
    const made = await privity.cli("support-bundle", "--output", bundle);
    assert.equal(made.code, 0, made.stderr);
    const unpacked = await run("unzip", ["-p", bundle]);
    assert.match(unpacked.stdout, /privity_problems_total\{code="identity\.sign_in_failed"\}/, "the bundle tells which errors there were");

    const secrets = [password, wrongPassword, mailPassword, token, ...session];
    const everything = [...secrets, personal.email, personal.name];
    hide(privity.log, everything, "the log");
    hide(metrics.text, everything, "the metrics");
    hide(entries.text, everything, "the ledger's entries");
    for (const file of filesBelow(exported)) hide(readFileSync(file, "latin1"), everything, `the exported ${file}`);
    hide(readFileSync(backup, "latin1"), everything, "the backup");
    hide(unpacked.stdout, everything, "the support bundle");
    for (const file of [...filesBelow(privity.dataDir), ...filesBelow(privity.keyHome)]) hide(readFileSync(file, "latin1"), secrets, file);
  } finally {
    assert.equal(await privity.stop(), 0);
  }
});

function hide(text: string, planted: string[], where: string): void {
  for (const value of planted) assert.ok(!text.includes(value), `${where} holds a planted value (${value.slice(0, 6)}…)`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
