// Systems of last resort through the real binary: an erasure and an access wait for a person who has a task, for others who got a
// letter, and for a program that was called, and go on when they have answered. The letter is taken by a real SMTP server; the
// calls are judged by the reference library of Standard Webhooks.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Webhook } from "standardwebhooks";

import { eventually } from "../support/eventually.ts";
import { Privity, type Client } from "../support/privity.ts";
import { SmtpServer } from "../support/smtp.ts";
import { scanned } from "../support/stores.ts";
import { must } from "../support/sql_servers.ts";

type Request = { id: string; state: string; plan?: { digest: string; stores: number; records: number }; plan_error?: string;
  report?: { leftovers: number; records_done: number } };
type Task = { id: string; kind: string; state: string; link: { id: string }; content: { title: string; description: string } };
type Call = { type: string; data: { order?: string; identifiers?: { kind: string; value: string }[] } };

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
    environment: {
      PRIVITY_MAIL_HOST: "127.0.0.1",
      PRIVITY_MAIL_PORT: String(mail.port),
      PRIVITY_MAIL_ENCRYPTION: "none",
      PRIVITY_OUTBOUND_ALLOWED_PRIVATE_RANGES: "127.0.0.0/8",
      PRIVITY_MAIL_FROM: "privacy@example.org",
    },
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
async function waiting(right: string): Promise<Request> {
  const content = { email: person };
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

  const file = join(folder, "certificate.json");
  assert.equal((await privity.cli("requests", "certificate", request.id, "--output", file)).code, 0);
  const certificate = readFileSync(file, "utf8");
  assert.equal(certificate.match(/connect\.only_asked/g)?.length, 6, "three systems, in both looks, could not be looked into");
  assert.ok(!certificate.includes(person));
  for (const action of ["orders.order.placed", "orders.order.answered"]) {
    const { items } = (await ada.get<{ items: unknown[] }>(`/v1/ledger/entries?action=${action}`)).body;
    assert.equal(items.length, 3, action);
    assert.ok(!JSON.stringify(items).includes(person));
  }
});

test("what they find goes into the package of whoever asked for their data", async () => {
  answer = (call) =>
    call.type === "person.access"
      ? { status: 200, body: { status: "done", records: [{ member: { since: 2019 }, plan: "gold" }] } }
      : { status: 500, body: {} };
  const request = await waiting("access");
  const [archive, processor] = await ordersOf(request.id);
  await finish(archive!, "A membership form of 1998 with her signature.");
  await eventually(runsOf, (states) => states.includes("waiting"));
  await finish(processor!, "They hold two support calls.");
  const done = await standsAt(request.id, "checked"); // by itself: what it waited for is there
  const written = join(folder, "data.zip");
  assert.equal((await privity.cli("requests", "package", done.id, "--output", written)).code, 0);
  const data = await must("unzip", "-p", written, "data.json");
  for (const value of ["A membership form of 1998", "two support calls", '"member.since":"2019"', '"plan":"gold"']) {
    assert.ok(data.includes(value), `${value} in ${data}`);
  }
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
