// A file as evidence of a task: arrives piece by piece, lies sealed, goes out only to those who see the task, and every opening is in
// the ledger without its name.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { entries } from "../support/identity.ts";
import { Client, Privity } from "../support/privity.ts";

const name = "Verträge & \"more\" 4711.pdf";
const disposition = { "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}` };
const marker = "a sentence that must not lie on the disk in clear";
const content = Buffer.concat([Buffer.from(marker), randomBytes(3_000_000)]);

let privity: Privity;
let admin: Client;
let task: string;

before(async () => {
  privity = await Privity.start({ environment: { PRIVITY_LIMITS_UPLOAD_BYTES: "4000000" } });
  admin = await privity.setUp();
  task = await newTask();
});
after(() => privity.stop());

async function newTask(): Promise<string> {
  const answer = await admin.post("/v1/tasks", { content: { title: "Collect the signed contract" } });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((path) => statSync(path).isFile());
}

test("what goes in comes out, and lies sealed in between", async () => {
  const added = await admin.post(`/v1/tasks/${task}/evidence/files`, content, disposition);
  assert.equal(added.status, 201, added.text);
  assert.equal(added.body.file.name, name);
  assert.equal(added.body.file.size_bytes, content.length);

  const file = await fetch(`${privity.consoleUrl}/v1/tasks/${task}/evidence/${added.body.id}/file`, {
    headers: { cookie: [...admin.cookies()].map(([key, value]) => `${key}=${value}`).join("; ") },
  });
  assert.equal(file.headers.get("content-type"), "application/octet-stream");
  assert.match(file.headers.get("content-disposition") ?? "", /^attachment; filename\*=UTF-8''Vertr%C3%A4ge/);
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(content));

  for (const path of filesBelow(privity.dataDir)) assert.ok(!readFileSync(path).includes(marker), path);
  const opened = await entries(admin, "tasks.evidence.opened");
  assert.equal(opened.length, 1);
  assert.ok(!JSON.stringify(opened).includes("4711.pdf"));
});

test("what is refused leaves nothing behind", async () => {
  const path = `/v1/tasks/${task}/evidence/files`;
  const before = (await admin.get(`/v1/tasks/${task}/evidence`)).body.items.length;
  const stored = filesBelow(join(privity.dataDir, "files")).length;
  const stranger = await privity.withToken(admin, ["tasks.manage"]);
  for (const [why, status, answer] of [
    ["no name", 400, await admin.post(path, content)],
    ["JSON", 415, await admin.post(path, { text: "x" }, disposition)],
    ["too large", 413, await admin.post(path, randomBytes(4_000_001), disposition)],
    ["no such task", 404, await admin.post(`/v1/tasks/0190163d-8694-739b-aea5-966c26f8ad91/evidence/files`, content, disposition)],
    ["nobody", 401, await new Client(privity.consoleUrl).post(path, content, disposition)],
    ["no permission", 403, await stranger.post(path, content, disposition)],
    ["a page from elsewhere", 403, await admin.post(path, content, { ...disposition, "x-privity-csrf": "guessed" })],
  ] as const) {
    assert.equal(answer.status, status, `${why}: ${answer.text}`);
    assert.match(answer.headers.get("content-type") ?? "", /problem\+json/, why);
  }
  assert.equal((await admin.get(`/v1/tasks/${task}/evidence`)).body.items.length, before);
  assert.equal(filesBelow(join(privity.dataDir, "files")).length, stored);
});

test("a finished task takes no more files", async () => {
  const done = await newTask();
  assert.equal((await admin.post(`/v1/tasks/${done}/move`, { state: "done" })).status, 200);
  const answer = await admin.post(`/v1/tasks/${done}/evidence/files`, content, disposition);
  assert.equal(answer.status, 409, answer.text);
});

test("the command line sends and fetches files", async () => {
  const sent = join(privity.folder, "scan of the letter.bin");
  const got = join(privity.folder, "got.bin");
  writeFileSync(sent, content);
  const attached = await privity.cli("tasks", "attach", task, "--file", sent, "--json");
  assert.equal(attached.code, 0, attached.stderr);
  const evidence = JSON.parse(attached.stdout);
  assert.equal(evidence.file.name, "scan of the letter.bin");
  const fetched = await privity.cli("tasks", "download", task, evidence.id, "--output", got);
  assert.equal(fetched.code, 0, fetched.stderr);
  assert.ok(readFileSync(got).equals(content));
  const missing = await privity.cli("tasks", "attach", task, "--file", join(privity.folder, "nothing"));
  assert.equal(missing.code, 64);
  assert.match(missing.stderr, /could not be read/);
});
