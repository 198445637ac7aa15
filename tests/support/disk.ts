// The failing, forgetful disk of tests/faults/faulty_disk.cc, as a test holds it: says which call fails, counts calls, and cuts the
// power of a program that has ended, which takes back everything it had not synced.
//
//   const disk = new FaultyDisk(folder, { kind: "sync", error: "EIO", first: 7, last: 9 });
//   const privity = await Privity.start({ folder: disk.root, environment: disk.environment });
//   ...
//   await privity.kill();
//   disk.cutPower();

import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

const build = process.env["PRIVITY_BUILD"] ?? join(import.meta.dirname, "../../build");
const kinds = { none: 0n, write: 1n, sync: 2n } as const;

export type DiskFault = { kind: "write" | "sync"; error: "EIO" | "ENOSPC"; first: number; last: number };

type JournalRecord = { what: "write" | "truncate" | "sync" | "sync_failed"; path: string; offset: number; size: number; file_bytes: number; bytes: Buffer };
/** `lost`: the kernel was told once that it could not be written, and will not try again. */
type Pending = JournalRecord & { lost: boolean };

export class FaultyDisk {
  /** What is on this disk. */
  readonly root: string;
  readonly #control: string;
  readonly #journal: string;

  constructor(folder: string, fault: DiskFault) {
    this.root = join(folder, "disk");
    mkdirSync(this.root, { recursive: true });
    this.#control = join(folder, "control");
    this.#journal = join(folder, "journal");
    const fields = [0n, kinds[fault.kind], BigInt(fault.first), BigInt(fault.last), BigInt(constants.errno[fault.error])];
    writeFileSync(this.#control, Buffer.from(BigInt64Array.from(fields).buffer));
    writeFileSync(this.#journal, "");
  }

  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: join(build, "faulty_disk.so"),
      PRIVITY_DISK_CONTROL: this.#control,
      PRIVITY_DISK_JOURNAL: this.#journal,
      PRIVITY_DISK_ROOT: this.root,
    };
  }

  /** Calls of the fault's kind so far. */
  get calls(): number {
    return Number(readFileSync(this.#control).readBigInt64LE(0));
  }

  /** From now on every call succeeds. */
  mend(): void {
    const file = openSync(this.#control, "r+");
    writeSync(file, Buffer.alloc(16), 0, 16, 16);
    closeSync(file);
  }

  /** After the program has ended: takes back what was never synced. */
  cutPower(): void {
    for (const [path, pending] of unsynced(readRecords(readFileSync(this.#journal)))) {
      if (pending.length === 0 || !existsSync(path)) continue;
      const file = openSync(path, "r+");
      for (const record of pending.reverse()) takeBack(file, record);
      closeSync(file);
    }
  }
}

function readRecords(journal: Buffer): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (let at = 0; ; ) {
    const newline = journal.indexOf("\n", at);
    if (newline < 0) return records;
    const { before, ...record } = JSON.parse(journal.toString("utf8", at, newline)) as JournalRecord & { before: number };
    at = newline + 1 + before;
    if (at > journal.length) return records; // killed while recording: the call itself was not made
    records.push({ ...record, bytes: journal.subarray(newline + 1, at) });
  }
}

/** Per file, in order, what a power cut would take back. */
function unsynced(records: JournalRecord[]): Map<string, Pending[]> {
  const files = new Map<string, Pending[]>();
  for (const record of records) {
    const pending = files.get(record.path) ?? [];
    if (record.what === "sync") {
      files.set(record.path, stillLost(pending));
      continue;
    }
    if (record.what === "sync_failed") {
      for (const earlier of pending) earlier.lost = true;
    } else {
      for (const earlier of pending) if (covers(record, earlier)) earlier.lost = false;
      pending.push({ ...record, lost: false });
    }
    files.set(record.path, pending);
  }
  return files;
}

/** What a good sync does not bring to the disk: lost writes, except where the file has ended before them since. */
function stillLost(pending: Pending[]): Pending[] {
  return pending.filter((record, n) => record.lost && !pending.slice(n + 1).some((later) => !later.lost && later.what === "truncate" && later.offset <= record.offset));
}

function covers(later: JournalRecord, earlier: JournalRecord): boolean {
  return later.what === "write" && earlier.what === "write" && later.offset <= earlier.offset && later.offset + later.size >= earlier.offset + earlier.size;
}

function takeBack(file: number, record: Pending): void {
  if (record.what === "truncate") {
    if (record.bytes.length > 0) writeSync(file, record.bytes, 0, record.bytes.length, record.offset);
    else ftruncateSync(file, record.file_bytes);
    return;
  }
  const end = record.offset + record.size;
  const wasLast = fstatSync(file).size <= end;
  const before = Buffer.concat([record.bytes, Buffer.alloc(Math.max(0, record.size - record.bytes.length))]);
  writeSync(file, before, 0, before.length, record.offset);
  if (wasLast && end > record.file_bytes) ftruncateSync(file, record.file_bytes);
}
