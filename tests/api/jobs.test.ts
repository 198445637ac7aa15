// Background jobs through the real binary: told to pause, cancel and go on, followed in a terminal's way, shared by several
// processes, taken over from one that was killed.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { test } from "node:test";
import { newDatabase, withoutPostgres } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { binary, type Client, Privity } from "../support/privity.ts";
import { mailTo } from "../support/smtp.ts";
import { StallingSmtp } from "../support/stalling_smtp.ts";

type Job = { id: string; kind: string; state: string; worker?: string; attempts: number };
type Attempt = { worker: string; outcome?: string };

/** Each invitation is a letter, and each letter a job. */
async function invite(admin: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const invited = await admin.post("/v1/invitations", { email: `person-${i}@example.org`, name: `Person ${i}`, role_ids: [] });
    assert.equal(invited.status, 201, invited.text);
  }
}

async function letters(admin: Client, state = ""): Promise<Job[]> {
  const list = await admin.get<{ items: Job[] }>(`/v1/jobs?kind=mail.send${state === "" ? "" : `&state=${state}`}`);
  assert.equal(list.status, 200, list.text);
  return list.body.items;
}

test("a job is paused, goes on, is cancelled and followed to its end", async () => {
  const smtp = await StallingSmtp.start();
  const privity = await Privity.start({ environment: { ...mailTo(smtp.port), PRIVITY_JOBS_THREADS: "1" } });
  try {
    const admin = await privity.setUp();
    await invite(admin, 2);
    const [running] = await eventually(() => letters(admin, "running"), (jobs) => jobs.length === 1);
    const [queued] = await letters(admin, "queued");
    assert.ok(running !== undefined && queued !== undefined);
    for (const [step, state] of [["pause", "paused"], ["resume", "queued"], ["cancel", "cancelled"]] as const) {
      const done = await privity.cli("jobs", step, queued.id, "--json");
      assert.equal(done.code, 0, done.stderr);
      assert.equal((JSON.parse(done.stdout) as Job).state, state);
    }
    const refused = await privity.cli("jobs", "retry", queued.id);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /cancelled/);
    const ended = await privity.cli("jobs", "watch", queued.id);
    assert.deepEqual([ended.code, ended.stdout], [1, "cancelled\n"]);

    const watching = privity.cli("jobs", "watch", running.id, "--json");
    smtp.answer();
    const watched = await watching;
    assert.equal(watched.code, 0, watched.stderr);
    const lines = watched.stdout.trim().split("\n").map((line) => JSON.parse(line) as Job);
    assert.equal(lines.at(-1)?.state, "succeeded");
    assert.ok(lines.every(({ id }) => id === running.id));

    const ordered = () => admin.get<{ items: { entry: { action: string } }[] }>("/v1/ledger/entries?action=app.job");
    const entries = await eventually(ordered, ({ body }) => body.items.length >= 3);
    assert.deepEqual(entries.body.items.map(({ entry }) => entry.action).toReversed(), ["app.job.paused", "app.job.resumed", "app.job.cancelled"]);
    const unknown = await privity.cli("jobs", "watch", "01890000-0000-7000-8000-000000000000");
    assert.equal(unknown.code, 1);
  } finally {
    await smtp.stop();
    assert.equal(await privity.stop(), 0);
  }
});

test("recurring jobs follow the organization's time zone", async () => {
  const privity = await Privity.start();
  try {
    const admin = await privity.setUp({ time_zone: "Europe/Berlin" });
    const nextSweep = async () => {
      const list = await admin.get<{ items: { name: string; next_at: string }[] }>("/v1/schedules");
      return new Date(list.body.items.find(({ name }) => name === "workspace.sweep")!.next_at);
    };
    const hourIn = (zone: string, at: Date) => Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit" }).format(at));
    assert.equal(hourIn("Europe/Berlin", await nextSweep()), 3);
    const organization = await admin.get("/v1/settings/organization");
    const moved = await admin.put("/v1/settings/organization", { ...organization.body, version: undefined, time_zone: "Asia/Tokyo" }, { "if-match": organization.headers.get("etag")! });
    assert.equal(moved.status, 200, moved.text);
    assert.equal(hourIn("Asia/Tokyo", await nextSweep()), 3);
  } finally {
    assert.equal(await privity.stop(), 0);
  }
});

test("processes share the jobs of one database, and a killed one's job is taken over", { skip: withoutPostgres }, async () => {
  const smtp = await StallingSmtp.start();
  const shared = { ...mailTo(smtp.port), PRIVITY_DATABASE_URL: await newDatabase(), PRIVITY_JOBS_THREADS: "1", PRIVITY_JOBS_LEASE_SECONDS: "2" };
  const privity = await Privity.start({ environment: shared });
  const workers = [1, 2].map(() => spawn(binary, ["work", "--quiet"], { env: privity.environment, stdio: ["ignore", "ignore", "inherit"] }));
  const [killed, other] = workers as [ChildProcess, ChildProcess];
  try {
    const admin = await privity.setUp();
    await invite(admin, 6);
    const running = await eventually(() => letters(admin, "running"), (jobs) => new Set(jobs.map(({ worker }) => worker)).size === 3);
    const pidOf = (worker = "") => Number(worker.split("/").at(-1));
    assert.deepEqual(new Set(running.map(({ worker }) => pidOf(worker))), new Set([privity.process.pid, killed.pid, other.pid]));

    const orphan = running.find(({ worker }) => pidOf(worker) === killed.pid)!;
    killed.kill("SIGKILL");
    smtp.answer();
    await eventually(() => letters(admin, "succeeded"), (jobs) => jobs.length === 6);
    const attempts = await admin.get<{ items: Attempt[] }>(`/v1/jobs/${orphan.id}/attempts`);
    assert.deepEqual(attempts.body.items.map(({ outcome }) => outcome), ["lost", "succeeded"], attempts.text);
    assert.notEqual(pidOf(attempts.body.items[1]?.worker), killed.pid);
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
    await smtp.stop();
    assert.equal(await privity.stop(), 0);
  }
});
