// A power cut without special hardware (PRIVITY_CUTS times): data directory and key home stand in an ext4 file system in a file; the
// file is copied while it is mounted and in use, and a server is started on the copy. What was not synced at that moment is not in
// the copy. Needs root for losetup and mount.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Privity, run } from "../support/privity.ts";
import { inTheMiddle, judgeRooms, memoryAt, recipients, type RoomMemory, Rooms } from "../support/rooms.ts";
import { SmtpServer } from "../support/smtp.ts";
import { Crowd, judge, type Memory } from "../support/workload.ts";

const cuts = Number(process.env["PRIVITY_CUTS"] ?? 5);
const crowdSize = 16;
const roomThreads = 8;
const folder = mkdtempSync(join(tmpdir(), "privity-cut-"));
const mounted: string[] = [];
after(async () => {
  for (const place of mounted.reverse()) await run("umount", [place]);
  rmSync(folder, { recursive: true, force: true });
});

const skip = await whyNotHere();

test(`${cuts} power cuts of the server lose nothing and leave nothing half done`, { skip }, async (t) => {
  const image = await newImage("disk.img", "256M");
  const disk = await mount(image, "disk");
  const privity = await Privity.start({ folder: disk });
  const { token } = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);

  let middle = 0;
  for (let n = 0; n < cuts; ++n) {
    const crowd = new Crowd(new Client(privity.consoleUrl, token), crowdSize);
    await sleep(100 + Math.random() * 400);
    // Held still, so that the copy is one moment of the disk and not a smear of many.
    privity.process.kill("SIGSTOP");
    await sleep(20);
    const before = snapshot(crowd.memory);
    if (before.unanswered.size > 0) ++middle;
    const copy = join(folder, `cut-${n}.img`);
    await must("cp", ["--sparse=always", image, copy]);
    privity.process.kill("SIGCONT");
    await crowd.stop();

    const afterwards = await mount(copy, `cut-${n}`);
    const restarted = await Privity.start({ folder: afterwards });
    const client = new Client(restarted.consoleUrl, token);
    // Keys that were in flight at the cut may have been answered while the copy was made: either is right, half is not.
    await judge(client, before);
    const verified = await restarted.cli("ledger", "verify");
    assert.equal(verified.code, 0, verified.stderr);
    await restarted.stop();
    await unmount(afterwards);
    rmSync(copy);
  }
  t.diagnostic(`${middle} of ${cuts} cuts landed in the middle of work`);
  assert.ok(middle > cuts / 2, `only ${middle} of ${cuts} cuts landed in the middle of work`);
  await privity.stop();
  await unmount(disk);
});

test(`${cuts} power cuts among files, shreds, rotations, jobs and letters`, { skip }, async (t) => {
  const image = await newImage("rooms.img", "1G");
  const disk = await mount(image, "rooms");
  const mail = await SmtpServer.start();
  const memory: RoomMemory = { lines: [] };
  const rooms = Rooms.start(disk, mail.port, memory, { threads: roomThreads });
  assert.ok(await rooms.hears("done"), rooms.errors);
  let middle = 0;
  for (let n = 0; n < cuts; ++n) {
    await sleep(50 + Math.random() * 200);
    rooms.process.kill("SIGSTOP");
    await sleep(20);
    const before = memory.lines.length;
    if (inTheMiddle(memory.lines).length > 0) ++middle;
    const copy = join(folder, `rooms-${n}.img`);
    await must("cp", ["--sparse=always", image, copy]);
    rooms.process.kill("SIGCONT");
    await rooms.catchUp();

    const afterwards = await mount(copy, `rooms-${n}`);
    await judgeRooms(afterwards, mail.port, memoryAt(memory, before));
    await unmount(afterwards);
    rmSync(copy);
  }
  t.diagnostic(`${middle} of ${cuts} cuts landed in the middle of work`);
  assert.ok(middle > cuts / 2, `only ${middle} of ${cuts} cuts landed in the middle of work`);
  await rooms.kill();
  await judgeRooms(disk, mail.port, memory);
  mail.assertDelivered(recipients(memory));
  await mail.stop();
  await unmount(disk);
});

async function newImage(name: string, size: string): Promise<string> {
  const image = join(folder, name);
  await must("truncate", ["-s", size, image]);
  await must("mkfs.ext4", ["-q", "-F", image]);
  return image;
}

function snapshot(memory: Memory): Memory {
  return { acknowledged: new Map(memory.acknowledged), unanswered: new Set(memory.unanswered) };
}

async function must(program: string, args: string[]): Promise<void> {
  const done = await run(program, args);
  assert.equal(done.code, 0, `${program} ${args.join(" ")}: ${done.stderr}`);
}

async function mount(image: string, name: string): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place);
  await must("mount", ["-o", "loop", image, place]);
  mounted.push(place);
  return place;
}

async function unmount(place: string): Promise<void> {
  await must("umount", [place]);
  mounted.splice(mounted.indexOf(place), 1);
}

async function whyNotHere(): Promise<string | false> {
  if (process.getuid?.() !== 0) return "needs root to mount a file system";
  const probe = join(folder, "probe.img");
  const place = join(folder, "probe");
  mkdirSync(place);
  await run("truncate", ["-s", "16M", probe]);
  await run("mkfs.ext4", ["-q", "-F", probe]);
  const done = await run("mount", ["-o", "loop", probe, place]);
  if (done.code !== 0) return `this machine mounts no loop image: ${done.stderr.trim()}`;
  await run("umount", [place]);
  return false;
}
