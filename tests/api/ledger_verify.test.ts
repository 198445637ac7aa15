// `privity ledger verify` against the running binary and a database that somebody changed behind its back: every change is found, and
// the command ends with 2, so that a script notices as well.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { Privity } from "../support/privity.ts";

const program = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],timeout=20)\nc.executescript(sys.argv[2])\nc.close()";

const changes = [
  { what: "an entry whose text was changed", change: "UPDATE ledger_entry SET body = replace(body, 'tasks.task.created', 'tasks.task.edited') WHERE idx = 5", flaw: "entry_changed" },
  { what: "an entry that was dropped", change: "DELETE FROM ledger_entry WHERE idx = 5", flaw: "entry_missing" },
  {
    what: "two entries that were swapped",
    change: "UPDATE ledger_entry SET idx = -1 WHERE idx = 5; UPDATE ledger_entry SET idx = 5 WHERE idx = 6; UPDATE ledger_entry SET idx = 6 WHERE idx = -1",
    flaw: "entry_changed",
  },
  { what: "an entry that says something else in its columns", change: "UPDATE ledger_entry SET actor_id = 'nobody' WHERE idx = 5", flaw: "column_changed" },
  { what: "a checkpoint that was signed over another history", change: "UPDATE ledger_tile SET hashes = zeroblob(length(hashes)) WHERE level = 0", flaw: "tile_wrong" },
];

test("privity ledger verify finds what was changed behind its back, and says so in its exit code", async () => {
  const privity = await Privity.start();
  try {
    const client = await privity.withToken(await privity.setUp(), ["tasks.use", "tasks.manage", "ledger.read"]);
    for (let i = 0; i < 8; ++i) {
      const made = await client.post("/v1/tasks", { content: { title: `Task ${i}`, description: "", evidence_needed: false } });
      assert.equal(made.status, 201, made.text);
    }
    const whole = await privity.cli("ledger", "verify", "--json");
    assert.equal(whole.code, 0, whole.stdout + whole.stderr);

    const database = (script: string) => execFileSync("python3", ["-c", program, join(privity.dataDir, "privity.db"), script]);
    for (const { what, change, flaw } of changes) {
      database(`CREATE TABLE kept_entry AS SELECT * FROM ledger_entry; CREATE TABLE kept_tile AS SELECT * FROM ledger_tile; ${change}`);
      const found = await privity.cli("ledger", "verify", "--json");
      assert.equal(found.code, 2, `${what}: ${found.stdout}${found.stderr}`);
      const flaws = JSON.parse(found.stdout).findings.map((finding: { flaw: string }) => finding.flaw);
      assert.ok(flaws.includes(flaw), `${what}: ${flaws}`);
      database(
        "DELETE FROM ledger_entry; INSERT INTO ledger_entry SELECT * FROM kept_entry; DROP TABLE kept_entry;" +
          "DELETE FROM ledger_tile; INSERT INTO ledger_tile SELECT * FROM kept_tile; DROP TABLE kept_tile",
      );
    }
    const again = await privity.cli("ledger", "verify", "--json");
    assert.equal(again.code, 0, again.stdout + again.stderr);
  } finally {
    await privity.stop();
  }
});
