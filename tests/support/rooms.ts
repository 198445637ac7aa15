// Starts tests/faults/room_work.cc, which works in the rooms below the routes, and remembers what it said.
//
//   const rooms = await Rooms.start(folder, port, memory);
//   await rooms.kill();
//   await judgeRooms(folder, port, memory);

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";

const program = join(process.env["PRIVITY_BUILD"] ?? join(import.meta.dirname, "../../build"), "room_work");
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Every line of every run on one folder. */
export type RoomMemory = { lines: string[] };

export class Rooms {
  readonly process: ChildProcess;
  #errors = "";
  readonly #lines: string[];
  readonly #ended: Promise<void>;
  #over = false;
  #heard: () => void = () => {};

  private constructor(child: ChildProcess, memory: RoomMemory) {
    this.process = child;
    this.#lines = memory.lines;
    running.add(child);
    child.stderr!.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    const lines = createInterface({ input: child.stdout! });
    lines.on("line", (line) => {
      this.#lines.push(line);
      this.#heard();
    });
    const read = new Promise((resolve) => lines.once("close", resolve));
    this.#ended = new Promise<void>((resolve) =>
      child.once("exit", () => {
        running.delete(child);
        void read.then(() => resolve());
      }),
    );
    void this.#ended.then(() => {
      this.#over = true;
      this.#heard();
    });
  }

  /** `threads` live side by side until killed; without, the script. */
  static start(folder: string, smtpPort: number, memory: RoomMemory, options: { threads?: number; environment?: Record<string, string> } = {}): Rooms {
    const words = options.threads === undefined ? ["script", folder, String(smtpPort)] : ["work", folder, String(smtpPort), String(options.threads)];
    const child = spawn(program, words, { env: { ...process.env, ...options.environment }, stdio: ["pipe", "pipe", "pipe"] });
    return new Rooms(child, memory);
  }

  get errors(): string {
    return this.#errors;
  }

  /** Waits for a line from now on that begins with one of these; answers false when the program ended before. */
  async hears(...beginnings: string[]): Promise<boolean> {
    for (let at = this.#lines.length; ; ) {
      for (; at < this.#lines.length; ++at) if (beginnings.some((b) => this.#lines[at]!.startsWith(b))) return true;
      if (this.#over) return false;
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  /** Waits until everything that was said before this call has arrived. */
  async catchUp(): Promise<void> {
    this.process.stdin!.write("?");
    assert.ok(await this.hears("here"), this.errors);
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.#ended;
  }
}

/** The acts that were begun and neither done nor refused in these lines. */
export function inTheMiddle(lines: readonly string[]): string[] {
  const open = new Map<string, string>();
  for (const line of lines) {
    const [verb = "", act = "", number = ""] = line.split(" ");
    if (verb === "begun") open.set(`${act} ${number}`, act);
    else open.delete(`${act} ${number}`);
  }
  return [...open.values()];
}

/** Opens the folder and compares it with what was said: fails with the violations. */
export async function judgeRooms(folder: string, smtpPort: number, memory: RoomMemory): Promise<void> {
  const child = spawn(program, ["judge", folder, String(smtpPort)], { stdio: ["pipe", "ignore", "pipe"] });
  running.add(child);
  let violations = "";
  child.stderr!.on("data", (chunk: Buffer) => (violations += chunk.toString()));
  child.stdin!.end(memory.lines.join("\n"));
  const code = await new Promise((resolve) => child.once("close", resolve));
  running.delete(child);
  assert.equal(code, 0, violations);
}

/** Whom an acknowledged letter goes to. */
export function recipients(memory: RoomMemory): string[] {
  return memory.lines.map((line) => line.split(" ")).filter(([verb, act]) => verb === "done" && act === "letter").map((words) => words[3]!);
}

/** What was said up to the moment `before` (a number of lines), and what was only begun since: it may be there or not. */
export function memoryAt(memory: RoomMemory, before: number): RoomMemory {
  return { lines: memory.lines.filter((line, n) => n < before || line.startsWith("begun ")) };
}
