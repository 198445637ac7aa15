// An error at the n-th write or sync of a program, for n = 1, 2, 3 … from its start on, on a disk that forgets what was not synced: what
// was acknowledged is there after a power cut, what was refused is not, the ledger verifies, and the program recovers without a
// restart once the disk does. PRIVITY_EVERY_CALL=1 (./dev soak) tries every n; otherwise n is spread over the session.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type DiskFault, FaultyDisk } from "../support/disk.ts";
import { Client, Privity, run } from "../support/privity.ts";
import { judgeRooms, type RoomMemory, Rooms } from "../support/rooms.ts";
import { SmtpServer } from "../support/smtp.ts";
import { createTask, judge, type Memory } from "../support/workload.ts";

const everyCall = process.env["PRIVITY_EVERY_CALL"] === "1";
const tries = 8;
const callsInARow = 3; // that fail: a retry must meet the error, too
const recoversSecondsMax = 30;
const faults = [
  { kind: "write", error: "ENOSPC" },
  { kind: "write", error: "EIO" },
  { kind: "sync", error: "EIO" },
] as const;

const folder = mkdtempSync(join(tmpdir(), "privity-nth-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a session on a disk with that fault, cuts the power, judges; answers how many calls of the fault's kind it made. */
type Session = (place: string, fault: DiskFault) => Promise<number>;

for (const fault of faults) {
  test(`${fault.error} at the n-th ${fault.kind} of the server`, async (t) => {
    const token = await prepareServer();
    await sweep(fault, t, (place, at) => serverSession(place, at, token));
  });
  test(`${fault.error} at the n-th ${fault.kind} among files, shreds, rotations, jobs and letters`, async (t) => {
    const mail = await SmtpServer.start();
    await sweep(fault, t, (place, at) => roomsSession(place, at, mail.port));
    await mail.stop();
  });
}

async function sweep(fault: (typeof faults)[number], t: { diagnostic(words: string): void }, session: Session): Promise<void> {
  const at = async (n: number) => {
    const place = mkdtempSync(join(folder, "session-"));
    try {
      return await session(place, { ...fault, first: n, last: n === 0 ? 0 : n + callsInARow - 1 });
    } catch (problem) {
      throw new Error(`${fault.error} at ${fault.kind} ${n}`, { cause: problem });
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };
  const calls = await at(0);
  assert.ok(calls > 20, `the session made only ${calls} such calls`);
  const step = everyCall ? 1 : Math.max(1, Math.floor(calls / tries));
  let sessions = 0;
  for (let n = 1; n <= calls; n += step, ++sessions) await at(n);
  t.diagnostic(`${sessions} sessions with an error at calls 1 to ${calls}`);
}

let prepared: string | undefined;
let preparedToken = "";

/** A folder with an administrator and a token, made once and copied for every session. */
async function prepareServer(): Promise<string> {
  if (prepared === undefined) {
    prepared = join(folder, "prepared");
    const privity = await Privity.start({ folder: prepared });
    const client = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);
    preparedToken = client.token!;
    await privity.stop();
  }
  return preparedToken;
}

async function serverSession(place: string, fault: DiskFault, token: string): Promise<number> {
  const disk = new FaultyDisk(place, fault);
  assert.equal((await run("cp", ["-a", `${prepared!}/.`, disk.root])).code, 0);
  const memory: Memory = { acknowledged: new Map(), unanswered: new Set() };
  const privity = await startedOrRefused(disk);
  if (privity !== undefined) {
    const client = new Client(privity.consoleUrl, token);
    for (let i = 0; i < 5; ++i) await Promise.all([createOne(client, memory), createOne(client, memory)]);
    disk.mend();
    await recovers(client, memory);
    await privity.kill();
  }
  const calls = disk.calls;
  disk.cutPower();

  const restarted = await Privity.start({ folder: disk.root });
  await judge(new Client(restarted.consoleUrl, token), memory);
  const verified = await restarted.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stderr);
  await restarted.stop();
  return calls;
}

/** A server that meets the error while it starts may refuse to: with words, not by hanging. */
async function startedOrRefused(disk: FaultyDisk): Promise<Privity | undefined> {
  try {
    return await Privity.start({ folder: disk.root, environment: disk.environment });
  } catch (refusal) {
    assert.match((refusal as Error).message, /ended with [1-9]\d*:\n.*\S/s);
    return undefined;
  }
}

async function createOne(client: Client, memory: Memory): Promise<void> {
  const key = randomUUID();
  memory.unanswered.add(key);
  const answer = await createTask(client, key);
  if (answer.status === 201) {
    memory.unanswered.delete(key);
    memory.acknowledged.set(key, answer.body.id);
    return;
  }
  assert.ok([503, 507].includes(answer.status), `a refused disk was answered ${answer.status}: ${answer.text}`);
}

/** Without a restart: ready, and able to save. */
async function recovers(client: Client, memory: Memory): Promise<void> {
  const until = Date.now() + recoversSecondsMax * 1000;
  for (let ready = false; !ready; ) {
    const health = await client.get("/readyz");
    ready = health.status === 200;
    assert.ok(ready || Date.now() < until, `not ready ${recoversSecondsMax} s after the disk was mended: ${health.text}`);
    if (!ready) await sleep(20);
  }
  const before = memory.acknowledged.size;
  await createOne(client, memory);
  assert.equal(memory.acknowledged.size, before + 1, "ready, and yet a change was refused");
}

async function roomsSession(place: string, fault: DiskFault, smtpPort: number): Promise<number> {
  const disk = new FaultyDisk(place, fault);
  const memory: RoomMemory = { lines: [] };
  const rooms = Rooms.start(disk.root, smtpPort, memory, { environment: disk.environment });
  const started = await rooms.hears("finished", "stuck");
  if (started) assert.ok(!memory.lines.some((line) => line.startsWith("stuck")), memory.lines.at(-1));
  else assert.match(rooms.errors, /\S/, "the rooms ended without a word");
  await rooms.kill();
  const calls = disk.calls;
  disk.cutPower();
  await judgeRooms(disk.root, smtpPort, memory);
  return calls;
}
