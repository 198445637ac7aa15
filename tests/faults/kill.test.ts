// kill -9 in the middle of work, again and again on one data directory (PRIVITY_KILLS times): nothing acknowledged is lost, nothing
// is half done, and the ledger verifies. Once through the API of the real server, once in the rooms below the routes.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Privity } from "../support/privity.ts";
import { inTheMiddle, judgeRooms, recipients, type RoomMemory, Rooms } from "../support/rooms.ts";
import { SmtpServer } from "../support/smtp.ts";
import { Crowd, judge } from "../support/workload.ts";

const kills = Number(process.env["PRIVITY_KILLS"] ?? 20);
const crowdSize = 16;
const roomThreads = 8;
const folder = mkdtempSync(join(tmpdir(), "privity-kill-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`${kills} kills of the server lose nothing and leave nothing half done`, async (t) => {
  const home = join(folder, "server");
  let privity = await Privity.start({ folder: home });
  const { token } = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);
  let middle = 0;
  for (let n = 0; n < kills; ++n) {
    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    await sleep(50 + Math.random() * 400);
    if (crowd.inFlight > 0) ++middle;
    await privity.kill();
    const memory = await crowd.stop();
    privity = await Privity.start({ folder: home });
    await judge(new Client(privity.consoleUrl, token), memory);
  }
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stderr);
  t.diagnostic(`${middle} of ${kills} kills landed in the middle of work`);
  assert.ok(middle > kills / 2, `only ${middle} of ${kills} kills landed in the middle of work`);
  await privity.stop();
});

test(`${kills} kills among files, shreds, rotations, jobs and letters`, async (t) => {
  const home = join(folder, "rooms");
  const mail = await SmtpServer.start();
  const memory: RoomMemory = { lines: [] };
  const hit = new Map<string, number>();
  let middle = 0;
  for (let n = 0; n < kills; ++n) {
    const run: RoomMemory = { lines: [] };
    const rooms = Rooms.start(home, mail.port, run, { threads: roomThreads });
    assert.ok(await rooms.hears("done"), rooms.errors);
    await sleep(Math.random() * 600);
    await rooms.kill();
    const open = inTheMiddle(run.lines);
    if (open.length > 0) ++middle;
    for (const act of open) hit.set(act, (hit.get(act) ?? 0) + 1);
    memory.lines.push(...run.lines);
    await judgeRooms(home, mail.port, memory);
  }
  mail.assertDelivered(recipients(memory));
  t.diagnostic(`${middle} of ${kills} kills landed in the middle of work: ${JSON.stringify(Object.fromEntries(hit))}`);
  assert.ok(middle > kills / 2, `only ${middle} of ${kills} kills landed in the middle of work`);
  // What takes longer is hit more often; the long run hits all of it.
  for (const kind of kills < 100 ? ["file", "rotate"] : ["file", "rotate", "shred", "job", "letter"]) {
    assert.ok([...hit.keys()].some((act) => act.startsWith(kind)), `no kill landed in the middle of a ${kind}`);
  }
  await mail.stop();
});
