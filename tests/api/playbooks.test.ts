// Playbooks through the real binary: seen and started by command, their steps in order, and what the ledger says of it.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { entries } from "../support/identity.ts";
import { type Client, Privity } from "../support/privity.ts";

type Task = { id: string; link: { id: string }; content: { title: string; due?: string; evidence_needed: boolean }; waits_for: number };
type Step = { id: string; after: string[]; evidence_needed: boolean };

let privity: Privity;
let admin: Client;

before(async () => {
  privity = await Privity.start();
  admin = await privity.setUp();
});
after(() => privity.stop());

async function json<T>(...command: string[]): Promise<T> {
  const done = await privity.cli(...command, "--json");
  assert.equal(done.code, 0, done.stderr);
  return JSON.parse(done.stdout) as T;
}

test("those that come with the program are listed and shown", async () => {
  const { items } = await json<{ items: { id: string; steps: number }[] }>("playbooks", "list");
  assert.deepEqual(items.map(({ id }) => id), ["breach-first-response", "employee-leaves", "new-processor", "new-system", "register-review"]);
  for (const { id, steps } of items) {
    const shown = await json<{ pack: { id: string }; steps: Step[] }>("playbooks", "show", id);
    assert.equal(shown.steps.length, steps);
    assert.equal(shown.pack.id, id);
  }
  const unknown = await privity.cli("playbooks", "show", "new-systems");
  assert.match(unknown.stderr, /Did you mean "new-system"/);
});

test("a started one is a task for every step, and its order is kept", async () => {
  const { steps } = await json<{ steps: Step[] }>("playbooks", "show", "breach-first-response");
  const run = await json<{ id: string; tasks: Task[] }>("playbooks", "start", "breach-first-response", "--name", "Case 7");
  assert.deepEqual(run.tasks.map((task) => task.waits_for), steps.map((step) => step.after.length));
  assert.deepEqual(run.tasks.map((task) => task.content.evidence_needed), steps.map((step) => step.evidence_needed));
  const listed = await json<{ items: Task[] }>("tasks", "list", "--playbook-run", run.id);
  assert.deepEqual(listed.items.map(({ id }) => id).sort(), run.tasks.map(({ id }) => id).sort());

  const at = (step: string) => run.tasks[steps.findIndex(({ id }) => id === step)]!;
  const early = await privity.cli("tasks", "move", at("contain").id, "--state", "in_progress");
  assert.equal(early.code, 1);
  assert.match(early.stderr, /waits for another task/);
  const first = await json<{ items: { id: string }[] }>("tasks", "predecessors", at("contain").id);
  assert.deepEqual(first.items.map(({ id }) => id), [at("call").id]);
  await json("tasks", "move", at("call").id, "--state", "done");
  await json("tasks", "move", at("contain").id, "--state", "in_progress");
});

test("days on which the company does not work are not counted", async () => {
  // A calendar of the company's own: closed from today for three weeks.
  const folder = mkdtempSync(join(tmpdir(), "privity-closed-"));
  const day = (n: number) => new Date(Date.now() + n * 86_400_000);
  const monthDay = (date: Date) => date.toISOString().slice(5, 10);
  mkdirSync(join(folder, "data/packs"), { recursive: true, mode: 0o700 });
  writeFileSync(
    join(folder, "data/packs/at.yaml"),
    `pack: {kind: holiday_calendar, id: at, version: 2026.1, title: Closed, sources: [{title: Note to all}]}
country: AT
holidays: [{name: Closed, first: ${monthDay(day(-1))}, last: ${monthDay(day(21))}}]
`,
  );
  const closed = await Privity.start({ folder });
  try {
    const owner = await closed.setUp();
    const dueOfFirst = async () => {
      const run = await owner.post<{ tasks: Task[] }>("/v1/playbooks/new-system/start", { name: "Shop" });
      assert.equal(run.status, 201, run.text);
      return Date.parse(run.body.tasks[0]!.content.due!);
    };
    assert.ok((await dueOfFirst()) < day(8).getTime(), "three business days, weekends left out");
    const settings = await owner.get<{ version?: number }>("/v1/rights/settings");
    const { version, ...kept } = settings.body;
    const set = await owner.put("/v1/rights/settings", { ...kept, place: "AT" }, { "If-Match": `"v${version}"` });
    assert.equal(set.status, 200, set.text);
    assert.ok((await dueOfFirst()) > day(22).getTime(), "counting begins when the company works again");
  } finally {
    await closed.stop();
    rmSync(folder, { recursive: true });
  }
});

test("nobody who does not exist gets work", async () => {
  const nobody = "0198c2f4-7c5a-7000-8000-0123456789ab";
  const started = await admin.post<{ code: string; errors: unknown }>("/v1/playbooks/new-system/start", { name: "Shop", assignee: nobody });
  assert.equal(started.body.code, "identity.user_unknown", started.text);
  const made = await admin.post<{ code: string }>("/v1/tasks", { content: { title: "A task", description: "", evidence_needed: false, assignee: nobody } });
  assert.equal(made.body.code, "identity.user_unknown", made.text);
  assert.match(made.text, /\/content\/assignee/);
});

test("only who manages tasks starts one; the ledger says which, not for what", async () => {
  const user = await privity.withToken(admin, ["tasks.use"]);
  assert.equal((await user.post("/v1/playbooks/new-system/start", { name: "Secret project Zebra" })).status, 403);
  const before = (await admin.get<{ items: Task[] }>("/v1/tasks?limit=200")).body.items.length;
  const started = await admin.post<{ id: string; tasks: Task[] }>("/v1/playbooks/new-system/start", { name: "Secret project Zebra" });
  assert.equal(started.status, 201, started.text);
  assert.equal((await admin.get<{ items: Task[] }>("/v1/tasks?limit=200")).body.items.length, before + started.body.tasks.length);
  const [entry] = await entries(admin, "tasks.playbook.started", 2);
  assert.deepEqual(entry?.object, { kind: "playbook_run", id: started.body.id });
  assert.deepEqual(entry.details, { playbook: "new-system", version: "2026.1" });
  assert.ok(!(await admin.get("/v1/ledger/entries?limit=100")).text.includes("Zebra"));
});
