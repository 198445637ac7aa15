// kill -9 in the middle of work, again and again on one data directory (PRIVITY_KILLS times): nothing acknowledged is lost, nothing
// is half done, and the ledger verifies.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Privity } from "../support/privity.ts";
import { Crowd, judge } from "../support/workload.ts";

const kills = Number(process.env["PRIVITY_KILLS"] ?? 20);
const crowdSize = 16;
const folder = mkdtempSync(join(tmpdir(), "privity-kill-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`${kills} kills lose nothing and leave nothing half done`, async () => {
  let privity = await Privity.start({ folder });
  const { token } = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);
  let inTheMiddle = 0;
  for (let n = 0; n < kills; ++n) {
    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    await sleep(50 + Math.random() * 400);
    if (crowd.inFlight > 0) ++inTheMiddle;
    await privity.kill();
    const memory = await crowd.stop();
    privity = await Privity.start({ folder });
    await judge(new Client(privity.consoleUrl, token), memory);
  }
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stderr);
  assert.ok(inTheMiddle > kills / 2, `only ${inTheMiddle} of ${kills} kills landed in the middle of work`);
  await privity.stop();
});
