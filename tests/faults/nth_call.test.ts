// An error at the n-th write or sync, for n = 1, 2, 3 … over a scripted session, injected by strace: whatever the disk refuses, what was
// acknowledged is there after a restart, what was refused is not, and the ledger verifies. PRIVITY_KILLS over 20 (./dev soak) tries
// every n; otherwise a full disk is tried at places spread over the session.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChildProcess, spawn } from "node:child_process";
import { Client, Privity, run } from "../support/privity.ts";
import { createTask, judge, type Memory } from "../support/workload.ts";

const everyN = Number(process.env["PRIVITY_KILLS"] ?? 20) > 20;
const tries = 8;
const full = { calls: "pwrite64", error: "ENOSPC" };
// After an I/O error the store reopens its files, which takes each session most of a minute under strace.
const broken = [
  { calls: "pwrite64", error: "EIO" },
  { calls: "fdatasync,fsync", error: "EIO" },
];
const faults = everyN ? [full, ...broken] : [full];

for (const fault of faults) {
  test(`${fault.error} at the n-th ${fault.calls}`, { skip: await whyNotHere() }, async () => {
    const calls = await session(fault, undefined);
    assert.ok(calls > 5, `the session made only ${calls} such calls`);
    const step = everyN ? 1 : Math.max(1, Math.floor(calls / tries));
    for (let n = 1; n <= calls; n += step) await session(fault, n);
  });
}

/** Runs the session with the n-th call failing from then on for a while; answers how many such calls it made. */
async function session(fault: { calls: string; error: string }, n: number | undefined): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "privity-nth-"));
  try {
    let privity = await Privity.start({ folder });
    const client = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);

    const trace = join(folder, "trace");
    const strace = await attach(privity.process.pid!, fault, n, trace);
    const memory: Memory = { acknowledged: new Map(), unanswered: new Set() };
    for (let i = 0; i < 10; ++i) {
      const key = randomUUID();
      try {
        const answer = await createTask(client, key);
        if (answer.status === 201) memory.acknowledged.set(key, answer.body.id);
        else {
          assert.ok([503, 507].includes(answer.status), `a refused disk was answered ${answer.status}: ${answer.text}`);
          memory.unanswered.add(key);
        }
      } catch {
        memory.unanswered.add(key);
      }
    }
    await detach(strace);
    await privity.kill();

    privity = await Privity.start({ folder });
    await judge(new Client(privity.consoleUrl, client.token), memory);
    const verified = await privity.cli("ledger", "verify");
    assert.equal(verified.code, 0, `${fault.calls} ${n}: ${verified.stderr}`);
    await privity.stop();
    return readFileSync(trace, "utf8").split("\n").filter((line) => /(pwrite64|fsync|fdatasync)\(/.test(line)).length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attach(pid: number, fault: { calls: string; error: string }, n: number | undefined, trace: string): Promise<ChildProcess> {
  const inject = n === undefined ? [] : ["-e", `inject=${fault.calls}:error=${fault.error}:when=${n}..${n + 2}`];
  const child = spawn("strace", ["-f", "-p", String(pid), "-e", `trace=${fault.calls}`, ...inject, "-o", trace], { stdio: ["ignore", "ignore", "pipe"] });
  await new Promise<void>((resolve, reject) => {
    let words = "";
    child.stderr!.on("data", (chunk: Buffer) => {
      words += chunk.toString();
      if (words.includes("attached")) resolve();
    });
    child.once("exit", () => reject(new Error(`strace ended: ${words}`)));
  });
  return child;
}

async function detach(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await gone;
  await sleep(0);
}

async function whyNotHere(): Promise<string | false> {
  const done = await run("strace", ["-e", "trace=none", "true"]);
  return done.code === 0 ? false : `strace cannot trace here: ${done.stderr.trim()}`;
}
