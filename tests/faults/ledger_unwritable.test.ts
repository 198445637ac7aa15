// While the ledger cannot be written, guarded calls answer 503 and nothing has happened; reading goes on, and when the cause is gone
// everything goes on without a restart. Through the real binary: a full disk, a database file that somebody else holds, a table
// of PostgreSQL that somebody locks, a right that is taken away, a database that accepts no changes.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { type Answer, Client, Privity } from "../support/privity.ts";

// Beyond every bound that has a name in the store (five seconds for a lock, six for a reconnect, fifteen for a change).
const answeredWithin = 25_000;
const isRoot = process.getuid?.() === 0;
const script = join(import.meta.dirname, "../support/postgres.sh");

const cleanUps: (() => void)[] = [];
after(() => {
  for (const cleanUp of cleanUps.reverse()) cleanUp();
});

test("a full disk", { skip: isRoot ? false : "only root can mount a small disk" }, async () => {
  const disk = mkdtempSync(join(tmpdir(), "privity-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", disk]);
  cleanUps.push(() => {
    execFileSync("umount", ["--lazy", disk]);
    rmSync(disk, { recursive: true });
  });
  const installation = await Installation.start({ PRIVITY_DATA_DIRECTORY: join(disk, "data") });
  await installation.judge({
    break: () => fill(join(disk, "filler")),
    mend: () => rmSync(join(disk, "filler")),
    codes: ["store.full"],
  });
});

test("a database file that another process holds", async () => {
  const installation = await Installation.start({});
  const database = join(installation.privity.dataDir, "privity.db");
  const program = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\nc.execute('BEGIN IMMEDIATE')\nprint('held',flush=True)\nsys.stdin.read()\nc.execute('ROLLBACK')";
  let holder: ChildProcess;
  await installation.judge({
    break: async () => {
      holder = spawn("python3", ["-c", program, database], { stdio: ["pipe", "pipe", "inherit"] });
      await once(holder.stdout!, "data");
    },
    mend: async () => {
      holder.stdin!.end();
      await once(holder, "exit");
    },
    codes: ["store.unavailable", "store.timeout"],
  });
});

test("PostgreSQL: a locked table, a right that is taken away, a database that accepts no changes", async () => {
  const server = execFileSync(script, ["start"], { encoding: "utf8" }).trim();
  cleanUps.push(() => execFileSync(script, ["stop", server]));
  const port = /port=(\d+)/.exec(server)![1];
  sql(server, "CREATE ROLE clerk LOGIN");
  sql(server, "CREATE DATABASE office OWNER clerk");
  const office = `host=127.0.0.1 port=${port} user=privity dbname=office`;
  const installation = await Installation.start({
    PRIVITY_DATABASE_URL: `host=127.0.0.1 port=${port} user=clerk dbname=office`,
    PRIVITY_DATABASE_BACKUP_CONFIRMED: "true",
  });

  let holder: ChildProcess;
  await installation.judge({
    break: async () => {
      holder = spawn("psql", ["-qAtX", office], { stdio: ["pipe", "pipe", "inherit"] });
      holder.stdin!.write("BEGIN; LOCK TABLE ledger_staged IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n");
      await once(holder.stdout!, "data");
    },
    mend: async () => {
      holder.stdin!.end();
      await once(holder, "exit");
    },
    codes: ["store.timeout", "ledger.stalled"],
  });
  await installation.judge({
    break: () => sql(office, "REVOKE INSERT ON ledger_staged FROM clerk"),
    mend: () => sql(office, "GRANT INSERT ON ledger_staged TO clerk"),
    codes: ["store.not_allowed"],
  });
  // Both statements by themselves: new connections see the change only once it is committed.
  const forNewConnections = (change: string) => {
    sql(office, `ALTER ROLE clerk ${change}`);
    sql(office, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'");
  };
  await installation.judge({
    break: () => forNewConnections("SET default_transaction_read_only = on"),
    mend: () => forNewConnections("RESET default_transaction_read_only"),
    codes: ["store.read_only"],
  });
});

type Fault = { break: () => unknown; mend: () => unknown; codes: string[] };

class Installation {
  readonly privity: Privity;
  readonly #client: Client;
  #saved = 0;

  private constructor(privity: Privity, client: Client) {
    this.privity = privity;
    this.#client = client;
  }

  static async start(environment: Record<string, string>): Promise<Installation> {
    const privity = await Privity.start({ environment });
    cleanUps.push(() => void privity.stop("SIGKILL"));
    return new Installation(privity, await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read", "users.read"]));
  }

  async judge(fault: Fault): Promise<void> {
    await this.#save();
    await fault.break();
    // A full disk still has the room that the database set aside: until that is used up, what is answered is saved.
    while ((await this.#change()).status === 201) ++this.#saved;
    const [changes, reads] = await Promise.all([
      Promise.all(Array.from({ length: 80 }, () => this.#change())),
      Promise.all(Array.from({ length: 20 }, () => this.#read())),
    ]);
    for (const answer of changes) {
      assert.equal(answer.status, 503, answer.text);
      assert.ok(fault.codes.includes(answer.body.code), answer.text);
    }
    for (const answer of reads) assert.equal(answer.status, 200, answer.text);
    await fault.mend();
    await this.#saveAgain();
    assert.equal(await this.#tasks(), this.#saved, "what was refused has not happened");
    const created = await this.#entries("tasks.task.created");
    assert.equal(created, this.#saved, "and there is no entry of it");
    const verified = await this.privity.cli("ledger", "verify");
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  }

  async #save(): Promise<void> {
    const answer = await this.#change();
    assert.equal(answer.status, 201, answer.text);
    ++this.#saved;
  }

  /** Without a restart; the server may first have to find out that it can write again. */
  async #saveAgain(): Promise<void> {
    for (const deadline = Date.now() + 60_000; ; ) {
      const answer = await this.#change();
      if (answer.status === 201) break;
      assert.ok(Date.now() < deadline, `it does not go on: ${answer.text}`);
    }
    ++this.#saved;
  }

  #change(): Promise<Answer<any>> {
    const content = { title: "Fault run", description: "x".repeat(4000), evidence_needed: false };
    return within(this.#client.post("/v1/tasks", { content }));
  }

  #read(): Promise<Answer<any>> {
    return within(this.#client.get("/v1/tasks?limit=1"));
  }

  async #tasks(): Promise<number> {
    return (await this.#all("/v1/tasks?limit=200")).length;
  }

  async #entries(action: string): Promise<number> {
    await this.#client.get("/v1/ledger/verification"); // gives every entry its index
    return (await this.#all(`/v1/ledger/entries?limit=200&action=${action}`)).length;
  }

  async #all(path: string): Promise<unknown[]> {
    const items: unknown[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const page: Answer<any> = await this.#client.get(next);
      assert.equal(page.status, 200, page.text);
      items.push(...page.body.items);
      next = /<([^>]+)>;\s*rel="?next"?/.exec(page.headers.get("link") ?? "")?.[1];
    }
    return items;
  }
}

async function within(answer: Promise<Answer<any>>): Promise<Answer<any>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answeredWithin} ms`)), answeredWithin);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Takes all the room that is left on a small disk. */
function fill(path: string): void {
  const file = openSync(path, "w");
  const piece = Buffer.alloc(4096, 1);
  try {
    for (;;) writeSync(file, piece);
  } catch (problem) {
    assert.equal((problem as NodeJS.ErrnoException).code, "ENOSPC");
  } finally {
    closeSync(file);
  }
}

function sql(server: string, statements: string): void {
  execFileSync("psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", server, "-c", statements], { stdio: ["ignore", "ignore", "inherit"] });
}
