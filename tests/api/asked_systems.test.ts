// Systems of last resort through the real binary: an erasure, an access, a correction, an objection and its lifting wait for a person
// who has a task, for others who got a letter, and for a program that was called, and go on when they have answered. Files that are handed in are in
// the package, answers on the certificate. The letter is taken by a real SMTP server; the calls are judged by the reference library of
// Standard Webhooks, the certificate by a stranger's program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Webhook } from "standardwebhooks";

import { eventually } from "../support/eventually.ts";
import { entries } from "../support/identity.ts";
import { Privity, type Client } from "../support/privity.ts";
import { mailTo, SmtpServer } from "../support/smtp.ts";
import { scanned } from "../support/stores.ts";
import { must } from "../support/sql_servers.ts";

type Request = { id: string; state: string; plan?: { digest: string; stores: number; records: number }; plan_error?: string;
  report?: { leftovers: number; records_done: number } };
type Task = { id: string; kind: string; state: string; link: { id: string }; content: { title: string; description: string } };
type Call = { type: string; data: { order?: string; identifiers?: { kind: string; value: string }[]; changes?: object[] } };
type Order = { system: string; act: string; medium: string; outcome?: string; evidence: number; task?: string; entry?: string };

const person = "ana.prova@example.org";
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const folder = mkdtempSync(join(tmpdir(), "privity-asked-"));
const calls: Call[] = [];
let answer: (call: Call) => { status: number; body: object };
let receiver: Server;
let mail: SmtpServer;
let privity: Privity;
let ada: Client;

before(async () => {
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    const call = new Webhook(secret).verify(body, request.headers as Record<string, string>) as Call;
    calls.push(call);
    const reply = call.type === "privity.ping" ? { status: 200, body: {} } : answer(call);
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  mail = await SmtpServer.start();
  privity = await Privity.start({
    environment: mailTo(mail.port),
  });
  ada = await privity.setUp();
  const hook = `webhook://127.0.0.1:${(receiver.address() as AddressInfo).port}/privity?sslmode=disable`;
  await scanned(ada, "Paper archive", "manual:///Basement%2C%20shelf%204", { writing_granted: true });
  await scanned(ada, "Processor", "email://desk@processor.example.org", { writing_granted: true });
  const made = await ada.post<{ id: string; system: string }>("/v1/connections", {
    name: "Own program", address: hook, password: secret, writing_granted: true, networks: ["127.0.0.0/8"],
  });
  assert.equal(made.status, 201, made.text);
  const tried = await ada.post<{ ok: boolean; product: string }>(`/v1/connections/${made.body.id}/test`);
  assert.deepEqual([tried.body.ok, tried.body.product, calls.at(-1)?.type], [true, "Webhook", "privity.ping"]);
  const scan = await ada.post<{ id: string }>("/v1/scans", { system: made.body.system });
  await eventually(
    async () => (await ada.get<{ state: string }>(`/v1/scans/${scan.body.id}`)).body.state,
    (state) => state === "complete",
  );
});
after(async () => {
  await Promise.all([privity?.stop(), mail?.stop()]);
  receiver?.closeAllConnections();
  receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

// To those who run the system; the person themselves gets letters, too.
const letters = () => mail.letters.filter(({ to }) => to.includes("desk@processor.example.org"));
const shown = async (id: string) => (await ada.get<Request>(`/v1/rights/requests/${id}`)).body;
const standsAt = (id: string, state: string) =>
  eventually(() => shown(id), (request) => request.state === state || request.plan_error !== undefined);

/** Asked, proven, planned, approved, begun: then it waits for the three. */
async function waiting(right: string, more: object = {}): Promise<Request> {
  const content = { email: person, ...more };
  const { id } = (await ada.post<Request>("/v1/rights/requests", { law: "eu-gdpr", right, content })).body;
  await ada.post(`/v1/rights/requests/${id}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  const before = [calls.length, letters().length];
  await ada.post(`/v1/rights/requests/${id}/plan`);
  const planned = await standsAt(id, "planned");
  assert.deepEqual([planned.plan?.stores, planned.plan?.records, planned.plan_error], [3, 3, undefined]);
  assert.deepEqual([calls.length, letters().length, (await ordersOf(id)).length], [...before, 0], "nobody outside learns of a plan");
  await ada.post(`/v1/rights/requests/${id}/approval`, { plan: planned.plan!.digest });
  await ada.post(`/v1/rights/requests/${id}/execution`);
  return standsAt(id, "waiting_store");
}
async function ordersOf(id: string): Promise<Task[]> {
  const { items } = (await ada.get<{ items: Task[] }>("/v1/tasks")).body;
  return items.filter((task) => task.kind === "store_order" && task.link.id === id).sort((a, b) => a.content.title.localeCompare(b.content.title));
}

/** The certificate, after the program and a stranger's have found that it holds. */
async function certificateOf(request: Request): Promise<{ text: string; orders: Order[] }> {
  const file = join(folder, `${request.id}.json`);
  assert.equal((await privity.cli("requests", "certificate", request.id, "--output", file)).code, 0);
  const { verifier } = (await ada.get<{ verifier: string }>("/v1/ledger/checkpoint")).body;
  const key = join(folder, "key");
  writeFileSync(key, verifier);
  const verified = await privity.cli("certificate", "verify", file, "--key", key);
  // What is only told is not looked at: it holds, and is not complete.
  assert.deepEqual([verified.code, /holds|valid/i.test(verified.stdout + verified.stderr)], [2, true], verified.stderr);
  const judged = spawnSync("python3", ["tests/judges/certificate/judge.py", file, "--key", verifier], { encoding: "utf8" });
  assert.ok([0, 77].includes(judged.status ?? -1), judged.stderr);
  const pdf = await privity.cli("requests", "certificate-pdf", request.id, "--output", `${file}.pdf`);
  assert.equal(pdf.code, 0, pdf.stderr);
  const text = readFileSync(file, "utf8");
  const { orders } = (JSON.parse(text) as { certificate: { orders: Order[] } }).certificate;
  return { text, orders: bySystem(orders) };
}

const bySystem = (orders: Order[]) => orders.sort((a, b) => a.system.localeCompare(b.system));

async function finish(task: Task, evidence: string): Promise<void> {
  assert.equal((await ada.post(`/v1/tasks/${task.id}/evidence`, { text: evidence })).status, 201);
  const moved = await ada.post(`/v1/tasks/${task.id}/move`, { state: "done" });
  assert.equal(moved.status, 200, moved.text);
}

async function runs(): Promise<{ id: string; state: string }[]> {
  return (await ada.get<{ items: { id: string; state: string }[] }>("/v1/jobs?kind=execution.run")).body.items;
}
const runsOf = async () => (await runs()).map(({ state }) => state);

/** What waits for a later look is looked at now. */
async function goOn(): Promise<void> {
  for (const job of (await runs()).filter(({ state }) => state === "waiting")) {
    await ada.post(`/v1/jobs/${job.id}/retry`);
  }
}

async function goesOnTo(id: string, state: string): Promise<Request> {
  return eventually(
    async () => {
      await goOn();
      return shown(id);
    },
    (request) => request.state === state,
  );
}

test("an erasure is ordered, waits for everybody's word, and says on its certificate that it is a word", async () => {
  answer = () => ({ status: 202, body: {} });
  const request = await waiting("erasure");
  const letter = (await eventually(() => Promise.resolve(letters()), (found) => found.length === 1))[0]!;
  assert.ok(letter.text.includes(person), "those who are asked must know about whom");
  const tasks = await ordersOf(request.id);
  assert.deepEqual(tasks.map(({ content }) => content.title.split(":")[0]), ["Paper archive", "Processor"]);
  assert.match(tasks[0]!.content.description, /Basement, shelf 4/);
  for (const { content } of tasks) assert.ok(!JSON.stringify(content).includes(person), "a task names nobody");
  const call = calls.at(-1)!;
  assert.equal(call.type, "person.erasure");
  assert.deepEqual(call.data.identifiers, [{ kind: "email", value: person }]);

  await goOn();
  await eventually(() => Promise.resolve(calls.length), (count) => calls[count - 1] !== call);
  assert.equal(calls.at(-1)!.data.order, call.data.order, "the same order, asked again");
  assert.equal((await ordersOf(request.id)).length, 2, "nobody is asked twice");
  assert.equal(letters().length, 1);

  answer = () => ({ status: 200, body: { status: "done" } });
  await finish(tasks[0]!, "Folder 12 shredded.");
  await finish(tasks[1]!, "They wrote on 2 March that it is deleted.");
  const done = await goesOnTo(request.id, "checked");
  assert.deepEqual([done.report?.records_done, done.report?.leftovers], [3, 0]);

  const { text: certificate, orders } = await certificateOf(request);
  assert.deepEqual(orders.map(({ system, act, medium, outcome, evidence }) => [system, act, medium, outcome, evidence]), [
    ["Own program", "erasure", "call", "done", 0],
    ["Paper archive", "erasure", "task", "done", 1],
    ["Processor", "erasure", "letter", "done", 1],
  ]);
  assert.equal(certificate.match(/connect\.only_asked/g)?.length, 6, "three systems, in both looks, could not be looked into");
  assert.ok(!certificate.includes(person));
  for (const action of ["orders.order.placed", "orders.order.answered"]) {
    const written = await entries(ada, action, 3);
    assert.equal(written.length, 3, action);
    assert.ok(!JSON.stringify(written).includes(person));
  }
});

test("what they find goes into the package of whoever asked for their data", async () => {
  const contract = Buffer.from("%PDF-1.7 of the program");
  answer = (call) =>
    call.type === "person.access"
      ? {
          status: 200,
          body: {
            status: "done",
            records: [{ member: { since: 2019 }, plan: "gold" }],
            files: [{ name: "../contract.pdf", content: contract.toString("base64") }],
          },
        }
      : { status: 500, body: {} };
  const request = await waiting("access");
  const [archive, processor] = await ordersOf(request.id);
  const form = Buffer.concat([Buffer.from("%PDF-1.7 a form\0"), Buffer.alloc(700_000, 7)]);
  const added = await ada.post(`/v1/tasks/${archive!.id}/evidence/files`, form, {
    "content-disposition": "attachment; filename*=UTF-8''Formular%20%C3%A4.pdf",
  });
  assert.equal(added.status, 201, added.text);
  await finish(archive!, "A membership form of 1998 with her signature.");
  await eventually(runsOf, (states) => states.includes("waiting"));
  await finish(processor!, "They hold two support calls.");
  // By itself: what it waited for is there. Somebody looks into the form, which no program can read.
  await standsAt(request.id, "waiting_person");
  const { items: open } = (await ada.get<{ items: Task[] }>("/v1/tasks")).body;
  await finish(open.find((task) => task.kind === "handed_files" && task.link.id === request.id)!, "Nobody else stands in it.");
  const resumed = await ada.post(`/v1/rights/requests/${request.id}/moves`, { step: "resume" });
  assert.equal(resumed.status, 200, resumed.text);
  const done = await standsAt(request.id, "checked");
  const written = join(folder, "data.zip");
  assert.equal((await privity.cli("requests", "package", done.id, "--output", written)).code, 0);
  const data = await must("unzip", "-p", written, "data.json");
  for (const value of ["A membership form of 1998", "two support calls", '"member.since":"2019"', '"plan":"gold"']) {
    assert.ok(data.includes(value), `${value} in ${data}`);
  }
  type File = { path: string; name: string; size_bytes: number; sha256: string; collection: { dataset: string } };
  const { files } = JSON.parse(data) as { files: File[] };
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  assert.deepEqual(
    files.map((file) => [file.collection.dataset, file.path.replace(/^files\/\d+-/, ""), file.name, file.size_bytes, file.sha256]).sort(),
    [
      ["Own program", "..-contract.pdf", "../contract.pdf", contract.length, sha256(contract)],
      ["Paper archive", "Formular---.pdf", "Formular ä.pdf", form.length, sha256(form)],
    ],
  );
  for (const { path, sha256: stated } of files) {
    const content = spawnSync("unzip", ["-p", written, path], { maxBuffer: 1 << 24 }).stdout;
    assert.equal(sha256(content), stated, path);
  }
  assert.match(await must("unzip", "-p", written, "index.html"), /Formular ä\.pdf/);
  const orders = JSON.parse((await privity.cli("requests", "orders", request.id, "--json")).stdout) as { items: Order[] };
  assert.deepEqual(bySystem(orders.items).map(({ system, act, outcome, evidence }) => [system, act, outcome, evidence]), [
    ["Own program", "access", "done", 2],
    ["Paper archive", "access", "done", 2],
    ["Processor", "access", "done", 1],
  ]);
  assert.ok(!JSON.stringify(orders).includes(person));
});

test("who takes their data with them gets what was told for that, too", async () => {
  answer = () => ({ status: 200, body: { status: "done", records: [{ plan: "silver" }] } });
  const request = await waiting("portability");
  assert.equal(calls.at(-1)!.type, "person.portability");
  for (const task of await ordersOf(request.id)) await finish(task, "Two orders, attached to nothing.");
  const done = await goesOnTo(request.id, "checked");
  const written = join(folder, "portable.zip");
  assert.equal((await privity.cli("requests", "package", done.id, "--output", written)).code, 0);
  const data = await must("unzip", "-p", written, "data.json");
  for (const value of ["Two orders, attached", '"plan":"silver"']) assert.ok(data.includes(value), `${value} in ${data}`);
});

test("a correction is ordered with exactly what was approved, and its answers are proven", async () => {
  answer = () => ({ status: 200, body: { status: "done" } });
  const corrections = [{ category: "user.contact.address", before: "Elm Street 1", after: "Birch Lane 3" }];
  const before = letters().length;
  const request = await waiting("correction", { corrections });
  const call = calls.at(-1)!;
  assert.equal(call.type, "person.correction");
  assert.deepEqual(call.data.changes, [{ what: "user.contact.address", before: "Elm Street 1", after: "Birch Lane 3" }]);
  const letter = (await eventually(() => Promise.resolve(letters()), (found) => found.length === before + 1)).at(-1)!;
  for (const value of [person, "Elm Street 1", "Birch Lane 3"]) assert.ok(letter.text.includes(value), value);
  const tasks = await ordersOf(request.id);
  assert.match(tasks[0]!.content.description, /user\.contact\.address/);
  for (const { content } of tasks) {
    for (const value of [person, "Elm Street", "Birch Lane"]) assert.ok(!JSON.stringify(content).includes(value), "a task names no value");
  }
  await finish(tasks[0]!, "Card 12 corrected.");
  await ada.post(`/v1/tasks/${tasks[1]!.id}/move`, { state: "cancelled" });
  await goesOnTo(request.id, "checked");
  const { text, orders } = await certificateOf(request);
  assert.deepEqual(orders.map(({ system, act, outcome }) => [system, act, outcome]), [
    ["Own program", "correction", "done"],
    ["Paper archive", "correction", "done"],
    ["Processor", "correction", "refused"],
  ]);
  for (const value of [person, "Elm Street", "Birch Lane"]) assert.ok(!text.includes(value), value);
});

test("an objection is ordered for its purpose, and when it is lifted that is ordered, too", async () => {
  answer = () => ({ status: 200, body: { status: "done" } });
  const request = await waiting("objection", { purpose: "marketing" });
  assert.deepEqual([calls.at(-1)!.type, calls.at(-1)!.data.changes], ["person.objection", [{ what: "objection", before: null, after: "marketing" }]]);
  for (const task of await ordersOf(request.id)) await finish(task, "Marked.");
  const done = await goesOnTo(request.id, "checked");
  assert.deepEqual((await certificateOf(done)).orders.map(({ act, outcome }) => [act, outcome]), Array(3).fill(["objection", "done"]));
  const { items } = (await ada.get<{ items: { id: string }[] }>(`/v1/restrictions?request=${request.id}`)).body;
  const lifted = await privity.cli("restrictions", "lift", items[0]!.id, "--text", "You asked for our letters again.");
  assert.equal(lifted.code, 0, lifted.stderr);
  const call = await eventually(() => Promise.resolve(calls.at(-1)!), ({ type }) => type === "person.lifting");
  assert.deepEqual(call.data.changes, [{ what: "objection", before: "marketing", after: null }]);
  const tasks = await eventually(() => ordersOf(request.id), (found) => found.length === 4);
  const ofLifting = tasks.filter(({ content }) => /may be used again/.test(content.title));
  assert.equal(ofLifting.length, 2);
  // What waits for them goes on when the last one ends, not at its next try in an hour.
  for (const task of ofLifting) await finish(task, "Mark removed.");
  const { items: jobs } = await eventually(
    async () => (await ada.get<{ items: { kind: string; state: string }[] }>("/v1/jobs?kind=execution.undo")).body,
    ({ items: found }) => found.length > 0 && found.every(({ state }) => state === "succeeded"),
  );
  assert.ok(jobs.length > 0);
});

test("a refusal is not a deletion, and an answer that is none is not believed", async () => {
  answer = () => ({ status: 200, body: { ok: true } });
  const request = await waiting("erasure");
  for (const task of await ordersOf(request.id)) {
    assert.equal((await ada.post(`/v1/tasks/${task.id}/move`, { state: "cancelled" })).status, 200);
  }
  const done = await goesOnTo(request.id, "checked");
  assert.equal(done.report?.records_done, 0);
});

test("the kinds stand in the list with what they cannot, and no secret comes out again", async () => {
  const listed = await privity.cli("connections", "kinds", "--json");
  const { items } = JSON.parse(listed.stdout) as { items: { name: string; cannot: { capability: string; reason: string }[] }[] };
  for (const name of ["Manual task", "E-mail", "Webhook"]) {
    const kind = items.find((each) => each.name === name)!;
    assert.ok(kind.cannot.some(({ capability }) => capability === "update"), name);
    assert.ok(!kind.cannot.some(({ capability }) => capability === "delete"), name);
  }
  const { text } = await ada.get("/v1/connections");
  assert.ok(!text.includes(secret.slice(6)));
  assert.ok(!privity.log.includes(person));
});
