// News as they happen: to whom they concern, after a pause, and from another process.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newDatabase, withoutPostgres } from "../support/database.ts";
import { EventStream, type ServerEvent } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { type Client, Privity } from "../support/privity.ts";

let privity: Privity;
let admin: Client;
let reader: Client;

before(async () => {
  privity = await Privity.start();
  admin = await privity.setUp();
  reader = await privity.withToken(admin, ["jobs.read", "workspace.use", "tasks.use"]);
});
after(async () => {
  await privity.stop();
});

const isEndOf = (id: string) => (event: ServerEvent) => event.name === "jobs.progress" && event.data["id"] === id && event.data["state"] === "succeeded";

async function startJob(by: Client = admin): Promise<string> {
  const started = await by.post<{ id: string }>("/v1/schedules/ledger.verify/run");
  assert.equal(started.status, 202, started.text);
  return started.body.id;
}

test("a job's way is told to who may see jobs, step by step, without its content", async () => {
  const stream = await EventStream.open(reader);
  await stream.until((event) => event.name === "events.open");
  const id = await startJob();
  const end = await stream.until(isEndOf(id));
  assert.match(end.id, /^[0-9a-f-]{36}$/);
  for (const { name, data } of stream.heard) {
    if (name === "jobs.progress") assert.ok(Object.keys(data).every((key) => ["id", "kind", "state", "progress_done", "progress_total", "progress_step"].includes(key)));
  }
  stream.close();
});

test("who may not see jobs hears of his own notification and of no job", async () => {
  const narrow = await privity.withToken(admin, ["workspace.use"]);
  const stream = await EventStream.open(narrow);
  await stream.until((event) => event.name === "events.open");
  const heard = await EventStream.open(reader);
  await heard.until((event) => event.name === "events.open");
  const id = await startJob();
  await heard.until(isEndOf(id));
  await stream.until((event) => event.name === "notifications.changed");
  assert.deepEqual(stream.heard.filter(({ name }) => name.startsWith("jobs.")), []);
  stream.close();
  heard.close();
});

test("who comes back hears what he missed, and after too long is told to look at everything", async () => {
  const first = await EventStream.open(reader);
  const { id: place } = await first.until((event) => event.name === "events.open");
  first.close();
  const id = await startJob();
  const watching = await EventStream.open(reader, place);
  await watching.until(isEndOf(id));
  watching.close();

  const again = await EventStream.open(reader, place);
  await again.until((event) => event.name === "events.open");
  assert.ok(again.heard.some(isEndOf(id)), "from the store, before the stream is open");
  again.close();

  const late = await EventStream.open(reader, "01890000-0000-7000-8000-000000000000");
  await late.until((event) => event.name === "events.missed");
  late.close();
});

test("a principal has a bounded number of streams", async () => {
  const crowd = await privity.withToken(admin, ["workspace.use"]);
  const streams: EventStream[] = [];
  for (let i = 0; i < 16; i++) streams.push(await EventStream.open(crowd));
  await assert.rejects(EventStream.open(crowd), /429/);
  streams.forEach((stream) => stream.close());
});

test("a notification is counted, read once, and all at once", async () => {
  const stream = await EventStream.open(reader);
  await stream.until((event) => event.name === "events.open");
  const job = await startJob();
  await stream.until(isEndOf(job));
  const list = await admin.get<{ items: { id: string; text: string; link: string; parameters: Record<string, string> }[] }>("/v1/notifications?unread=true");
  const mine = list.body.items.find(({ link }) => link === `/jobs/${job}`);
  assert.equal(mine?.text, "job_finished", list.text);
  assert.deepEqual(mine.parameters, { job_kind: "ledger.verify" });
  const before = (await admin.get<{ unread: number }>("/v1/notifications/count")).body.unread;
  assert.equal((await admin.post(`/v1/notifications/${mine.id}/read`)).status, 204);
  assert.equal((await admin.get<{ unread: number }>("/v1/notifications/count")).body.unread, before - 1);
  assert.equal((await admin.post("/v1/notifications/read")).status, 204);
  assert.equal((await admin.get<{ unread: number }>("/v1/notifications/count")).body.unread, 0);
  stream.close();
});

test("what one chooses holds, and security cannot be turned off", async () => {
  const choose = (kind: string, delivery: string) => admin.patch("/v1/notifications/choices", { items: [{ kind, delivery }] });
  const refused = await choose("security", "none");
  assert.equal(refused.status, 422, refused.text);
  assert.equal((refused.body as { code: string }).code, "workspace.security_notices_stay");
  assert.equal((await choose("jobs", "none")).status, 200);
  const stream = await EventStream.open(reader);
  await stream.until((event) => event.name === "events.open");
  const job = await startJob();
  await stream.until(isEndOf(job));
  const list = await admin.get<{ items: { link: string }[] }>("/v1/notifications");
  assert.ok(list.body.items.every(({ link }) => link !== `/jobs/${job}`));
  assert.equal((await choose("jobs", "console")).status, 200);
  stream.close();
  const chosen = () => admin.get<{ items: unknown[] }>("/v1/ledger/entries?action=workspace.notices.changed");
  const entries = await eventually(chosen, ({ body }) => body.items.length >= 2);
  assert.equal(entries.body.items.length, 2, entries.text);
});

test("search answers over API and command line, grouped by kind", async () => {
  assert.equal((await admin.post("/v1/tasks", { content: { title: "Renew the certificate", description: "", evidence_needed: false } })).status, 201);
  const found = await admin.get<{ items: { kind: string; title: string; link: string }[] }>("/v1/search?q=renew%20cert");
  assert.deepEqual(found.body.items.map(({ kind, title }) => [kind, title]), [["task", "Renew the certificate"]]);
  const cli = await privity.cli("search", "--q", "certificate", "--json");
  assert.equal(cli.code, 0, cli.stderr);
  assert.deepEqual((JSON.parse(cli.stdout) as { items: { title: string }[] }).items.map(({ title }) => title), ["Renew the certificate"]);
  const narrow = await privity.withToken(admin, ["workspace.use"]);
  const nothing = await narrow.get<{ items: { kind: string }[] }>("/v1/search?q=renew%20cert");
  assert.deepEqual(nothing.body.items, []);
});

test("a stream at one server tells what another one did", { skip: withoutPostgres }, async () => {
  const database = await newDatabase();
  const one = await Privity.start({ environment: { PRIVITY_DATABASE_URL: database } });
  const owner = await one.setUp();
  const other = await Privity.start({
    environment: { ...one.environment, PRIVITY_DATABASE_URL: database, PRIVITY_DATA_DIRECTORY: `${one.folder}/other` } as Record<string, string>,
  });
  try {
    const token = await one.withToken(owner, ["jobs.read", "tasks.manage", "tasks.use"]);
    const stream = await EventStream.open({ base: other.consoleUrl, token: token.token } as Client);
    await stream.until((event) => event.name === "events.open");
    const made = await owner.post<{ id: string }>("/v1/tasks", { content: { title: "Check the map", description: "", evidence_needed: false } });
    assert.equal(made.status, 201, made.text);
    await stream.until((event) => event.name === "tasks.changed" && event.data["id"] === made.body.id);
    stream.close();
  } finally {
    await other.stop();
    await one.stop();
  }
});
