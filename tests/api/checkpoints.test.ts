// Checkpoints leave the machine, through the real binary: to a directory, to a witness over Go's sumdb, to a receiver that trusts the
// reference library `standardwebhooks`, to a real mail server. What does not arrive is tried again and can be seen; a ledger that
// was set back halts when the witness remembers more.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { Webhook } from "standardwebhooks";

import { eventually } from "../support/eventually.ts";
import { Client, Privity } from "../support/privity.ts";
import { mailTo } from "../support/smtp.ts";

const root = join(import.meta.dirname, "../..");
const seed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const secretBefore = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const folder = mkdtempSync(join(tmpdir(), "privity-checkpoints-"));
const outside = join(folder, "outside");
const programs = join(folder, "programs");
const goIsHere = builds();

type Place = { name: string; place: string; size?: number; error?: string; problem?: string; failures: number; receipt?: string };
type Message = { type: string; data: { origin: string; size: number; root: string; checkpoint: string } };

let verifier = "";
let witness: Server, hooks: Server, mail: ChildProcess;
let hooksAnswer = 204;
const hooked: { headers: Record<string, string>; body: string }[] = [];
const letters: { from: string; to: string[]; data: string }[] = [];

before(async () => {
  for (const path of [outside, programs]) mkdirSync(path, { recursive: true });
  witness = await listening(async (request, body, answer) => {
    if (request.url !== "/log/add-checkpoint" || verifier === "") return answer(503, "text/plain", "not yet\n");
    const said = execFileSync(join(programs, "witness"), ["-log", verifier, "-seed", seed, "-state", join(folder, "state")], { input: body, encoding: "utf8" });
    const [head = "", ...rest] = said.split("\n");
    answer(Number(head.split(" ")[0]), head.slice(head.indexOf(" ") + 1), rest.join("\n"));
  });
  hooks = await listening(async (request, body, answer) => {
    hooked.push({ headers: request.headers as Record<string, string>, body });
    answer(hooksAnswer, "text/plain", "");
  });
  mail = spawn("/usr/bin/python3", [join(root, "tests/support/smtp_server.py")], { stdio: ["pipe", "pipe", "inherit"] });
});

after(() => {
  witness.close();
  hooks.close();
  mail.stdin!.end();
  rmSync(folder, { recursive: true, force: true });
});

test("checkpoints reach every place, and a ledger that was set back is noticed", { skip: goIsHere }, async () => {
  const lines = createInterface({ input: mail.stdout! })[Symbol.asyncIterator]();
  const mailPort = String(JSON.parse((await lines.next()).value as string).port);
  const environment = {
    PRIVITY_CHECKPOINTS_DIRECTORY: outside,
    PRIVITY_CHECKPOINTS_WITNESS_URL: `${addressOf(witness)}/log`,
    PRIVITY_CHECKPOINTS_WITNESS_KEY: execFileSync(join(programs, "witness"), ["-seed", seed, "-print-key"], { encoding: "utf8" }).trim(),
    PRIVITY_CHECKPOINTS_WEBHOOK_URL: `${addressOf(hooks)}/hook`,
    PRIVITY_CHECKPOINTS_WEBHOOK_SECRET: secret,
    PRIVITY_CHECKPOINTS_WEBHOOK_SECRET_BEFORE: secretBefore,
    PRIVITY_CHECKPOINTS_MAIL_TO: "auditor@example.org",
    ...mailTo(mailPort),
  };
  let privity = await Privity.start({ folder, environment });
  const admin = await privity.setUp();
  const { token = "" } = await privity.withToken(admin, ["ledger.read", "ledger.publish", "tasks.use", "tasks.manage"]);
  let client = new Client(privity.consoleUrl, token);

  // Until the witness knows the ledger's key it refuses, and everybody can see that.
  const refused = await place(client, "witness", (it) => it.error !== undefined);
  assert.equal(refused.error, "ledger.sink_failed");
  assert.equal(refused.problem, "status 503");
  verifier = (await client.get<{ verifier: string }>("/v1/ledger/checkpoint")).body.verifier;
  assert.equal((await client.post("/v1/ledger/places/witness/send")).status, 202);
  const cosigned = await place(client, "witness", (it) => it.error === undefined && it.receipt !== undefined);
  assert.match(cosigned.receipt!, /— witness\.example\/w1 /);

  // The receiver's own library, with either secret, accepts what arrived.
  await place(client, "webhook", (it) => it.size !== undefined);
  const { headers, body } = hooked[0]!;
  for (const known of [secret, secretBefore]) new Webhook(known).verify(body, headers);
  const message = JSON.parse(body) as Message;
  assert.equal(message.type, "ledger.checkpoint");
  assert.deepEqual(message.data.checkpoint.split("\n").slice(0, 3), [message.data.origin, String(message.data.size), message.data.root]);

  // A failing receiver is shown with what it said, and gets the same message again under the same id.
  hooksAnswer = 500;
  await client.post("/v1/ledger/places/webhook/send");
  const failing = await place(client, "webhook", (it) => it.error !== undefined);
  assert.equal(failing.problem, "status 500");
  hooksAnswer = 204;
  const told = await privity.cli("ledger", "places", "--json");
  assert.match(told.stdout, /"problem": ?"status 500"/);
  await client.post("/v1/ledger/places/webhook/send");
  await place(client, "webhook", (it) => it.error === undefined && it.failures === 0);
  // An entry gets its place in the list a moment after its change.
  const expected = ["failed webhook", "resumed webhook", "failed witness", "resumed witness"].map((what) => `ledger.publication.${what}`);
  await eventually(
    () => client.get("/v1/ledger/entries?action=ledger.publication&limit=20"),
    ({ body }) => {
      const told = body.items.map((item: any) => `${item.entry.action} ${item.entry.object.id}`);
      return expected.every((entry) => told.includes(entry));
    },
  );

  // The letter holds a note that the ledger's key verifies.
  await place(client, "mail", (it) => it.size !== undefined);
  letters.push(JSON.parse((await lines.next()).value as string));
  assert.deepEqual(letters[0]!.to, ["auditor@example.org"]);
  const script = "import email,email.policy,sys,base64\nm=email.message_from_bytes(base64.b64decode(sys.argv[1]),policy=email.policy.default)\nprint(m.get_body(('plain',)).get_content())";
  const text = execFileSync("python3", ["-c", script, letters[0]!.data], { encoding: "utf8" }).replaceAll("\r\n", "\n"); // as a mail program saves it
  const mailed = text.slice(text.indexOf("privity/"), text.indexOf("\n\nThe lines from")) + "\n";
  assert.match(mailed, /^privity\/[^\n]+\n\d+\n[^\n]+\n\n— privity\//);
  assert.ok(isSigned(mailed, verifier), mailed);
  assert.ok(!isSigned(mailed.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`), verifier), "the judge of this test judges");
  const kept = readFileSync(join(outside, "checkpoint"), "utf8");
  assert.ok(isSigned(kept, verifier), kept);

  // Nobody without the permission sends anything, and no place exists that was not configured.
  const reader = await privity.withToken(admin, ["ledger.read"]);
  assert.equal((await reader.post("/v1/ledger/places/webhook/send")).status, 403);
  assert.equal((await client.post("/v1/ledger/places/elsewhere/send")).status, 404);

  // The whole installation is set back to an older state: nothing inside can tell, the witness can.
  assert.equal(await privity.stop(), 0);
  const copy = join(folder, "copy");
  cpSync(join(folder, "data"), copy, { recursive: true });
  rmSync(join(copy, "privity.sock"), { force: true });
  const elsewhere = { ...environment, PRIVITY_CHECKPOINTS_DIRECTORY: "" };
  privity = await Privity.start({ folder, environment: elsewhere });
  client = new Client(privity.consoleUrl, token);
  assert.equal((await client.post("/v1/tasks", task("one more"))).status, 201);
  // A checkpoint is signed once a second: the witness is to remember one that covers the task.
  const grown = (await client.get<{ size: number }>("/v1/ledger/verification")).body.size;
  await signed(client, grown);
  await client.post("/v1/ledger/places/witness/send");
  await place(client, "witness", (it) => it.error === undefined && it.size! >= grown);
  assert.equal(await privity.stop(), 0);

  rmSync(join(folder, "data"), { recursive: true });
  cpSync(copy, join(folder, "data"), { recursive: true });
  privity = await Privity.start({ folder, environment: elsewhere });
  client = new Client(privity.consoleUrl, token);
  await client.post("/v1/ledger/places/witness/send");
  const found = await place(client, "witness", (it) => it.error === "ledger.rolled_back" || it.error === "ledger.forked");
  const halted = await client.post("/v1/tasks", task("refused"));
  assert.equal(halted.status, 503);
  assert.equal(halted.body.code, "ledger.halted");
  assert.equal((await client.get("/v1/ledger/places")).status, 200, `reading goes on after ${found.error}`);
  await privity.stop();
});

function task(title: string): object {
  return { content: { title, description: "", evidence_needed: false } };
}

async function place(client: Client, name: string, until: (place: Place) => boolean): Promise<Place> {
  for (const deadline = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const answer = await client.get<{ items: Place[] }>("/v1/ledger/places");
    assert.equal(answer.status, 200, answer.text);
    const found = answer.body.items.find((it) => it.name === name);
    assert.ok(found, `${name} is not among the places`);
    if (until(found)) return found;
    assert.ok(Date.now() < deadline, `${name} stays ${JSON.stringify(found)}`);
  }
}

/** Waits for a checkpoint of at least so many entries. */
async function signed(client: Client, size: number): Promise<void> {
  for (const deadline = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const { checkpoint } = (await client.get<{ checkpoint: string }>("/v1/ledger/checkpoint")).body;
    if (Number(checkpoint.split("\n")[1]) >= size) return;
    assert.ok(Date.now() < deadline, `no checkpoint of ${size} entries: ${checkpoint}`);
  }
}

type Answering = (status: number, contentType: string, body: string) => void;
async function listening(serve: (request: IncomingMessage, body: string, answer: Answering) => Promise<void>): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    await serve(request, body, (status, type, text) => response.writeHead(status, { "content-type": type }).end(text));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Builds the witness; says why not where Go is not installed. */
function builds(): string | false {
  mkdirSync(programs, { recursive: true });
  try {
    execFileSync(join(root, "tests/judges/ledger/run"), ["build", programs], { stdio: "pipe" });
    return false;
  } catch (problem) {
    return `the witness cannot be built here: ${String((problem as { stderr?: Buffer }).stderr)}`;
  }
}

/** Whether the note (C2SP signed-note) carries a good signature of this verifier ("<name>+<key id>+<base64 of type and key>"), as
 *  Node's own cryptography judges. */
function isSigned(note: string, verifier: string): boolean {
  const [, name, id, typedKey] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifier)!;
  const raw = Buffer.from(typedKey!, "base64").subarray(1);
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
  const split = note.lastIndexOf("\n\n");
  const lines = note.slice(split + 2).split("\n").map((line) => /^— (\S+) (\S+)$/.exec(line));
  const signatures = lines.filter((line) => line?.[1] === name).map((line) => Buffer.from(line![2]!, "base64"));
  const mine = signatures.filter((signature) => signature.subarray(0, 4).toString("hex") === id);
  return mine.length === 1 && verify(null, Buffer.from(note.slice(0, split + 1)), key, mine[0]!.subarray(4));
}
