// kill -9 of the real server while copies of identity documents are given, looked at, decided about and destroyed, PRIVITY_KILLS times
// on one data directory: a copy whose taking was acknowledged can be opened whole, one that was decided about is gone with its content,
// and what was under way is one or the other.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../support/eventually.ts";
import { Client, Privity } from "../support/privity.ts";

const kills = Number(process.env["PRIVITY_KILLS"] ?? 20);
const crowdSize = 6;
const folder = mkdtempSync(join(tmpdir(), "privity-kill-documents-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const picture = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(150_000)]);

type Document = { id: string; outcome: string; destroyed_at?: string | null };
type Copy = { request: string; document: string; decision: "none" | "sent" | "acknowledged" };

/** Gives copies and decides about them until the server is gone, and remembers every answer. */
class Crowd {
  readonly copies: Copy[] = [];
  underWay = 0; // copies and decisions that were sent and not answered
  readonly #done: Promise<unknown>;

  constructor(client: Client) {
    this.#done = Promise.all(Array.from({ length: crowdSize }, (_, at) => this.#work(client, at)));
  }

  async #work(client: Client, at: number): Promise<void> {
    try {
      for (let n = at; ; ++n) await this.#one(client, n % 3);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error; // or else the server was killed
    }
  }

  async #one(client: Client, way: number): Promise<void> {
    const asked = { law: "eu-gdpr", right: "access", content: { email: "ada@example.org", identifiers: [{ kind: "customer_number", value: "C-7" }] } };
    const request = String((await client.post<{ id: string }>("/v1/rights/requests", asked)).body.id);
    const path = `/v1/rights/requests/${request}/documents`;
    const given = await this.#sent(() => client.post<Document>(path, picture));
    assert.equal(given.status, 201, given.text);
    const copy: Copy = { request, document: given.body.id, decision: "none" };
    this.copies.push(copy);
    if (way === 0) return; // waits
    await client.get(`${path}/${copy.document}/file`, { accept: "*/*" });
    copy.decision = "sent";
    const [what, body] = way === 1 ? ["acceptance", { note: "Name fits." }] : ["rejection", { reason: "It is covered." }];
    const decided = await this.#sent(() => client.post(`${path}/${copy.document}/${String(what)}`, body as object));
    assert.equal(decided.status, 200, decided.text);
    copy.decision = "acknowledged";
  }

  async #sent<T>(send: () => Promise<T>): Promise<T> {
    ++this.underWay;
    const answer = await send();
    --this.underWay;
    return answer;
  }

  async stop(): Promise<Copy[]> {
    await this.#done;
    return this.copies;
  }
}

async function judge(privity: Privity, client: Client, { request, document, decision }: Copy): Promise<void> {
  const path = `/v1/rights/requests/${request}/documents`;
  const read = async () => (await client.get<{ items: Document[] }>(path)).body.items.find(({ id }) => id === document);
  const settled = await eventually(read, (found) => found?.outcome === "waiting" || found?.destroyed_at != null);
  if (decision !== "sent") assert.equal(settled!.outcome === "waiting", decision === "none", `${decision}: ${settled!.outcome}`);
  const content = await fetch(new URL(`${path}/${document}/file`, client.base), { headers: { authorization: `Bearer ${client.token!}` } });
  const bytes = Buffer.from(await content.arrayBuffer());
  assert.equal(content.status, settled!.outcome === "waiting" ? 200 : 410);
  if (settled!.outcome === "waiting") return assert.ok(bytes.equals(picture), "it opens whole");
  const left = readdirSync(join(privity.dataDir, "files"), { recursive: true, encoding: "utf8" }).filter((name) => name.includes(document));
  assert.deepEqual(left, [], "its content is gone");
}

test(`${kills} kills among copies of identity documents leave each whole or gone`, async (t) => {
  const home = join(folder, "server");
  let privity = await Privity.start({ folder: home });
  const administrator = await privity.setUp();
  const settings = { place: "DE", second_person: false, keep_days: 90, documents: true };
  assert.equal((await administrator.put("/v1/rights/settings", settings, { "if-match": '"v0"' })).status, 200);
  const { token } = await privity.withToken(administrator, ["rights.read", "rights.write", "rights.content", "rights.document"]);
  let middle = 0;
  let judged = 0;
  for (let n = 0; n < kills; ++n) {
    const crowd = new Crowd(new Client(privity.consoleUrl, token));
    await sleep(100 + Math.random() * 500);
    if (crowd.underWay > 0) ++middle;
    await privity.kill();
    const copies = await crowd.stop();
    privity = await Privity.start({ folder: home });
    const client = new Client(privity.consoleUrl, token);
    for (const copy of copies) await judge(privity, client, copy);
    judged += copies.length;
  }
  t.diagnostic(`${middle} of ${kills} kills landed in the middle of work; ${judged} copies were judged`);
  assert.ok(middle > kills / 2, `only ${middle} of ${kills} kills landed in the middle of work`);
  assert.ok(judged > kills, `only ${judged} copies were judged`);
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stderr);
  await privity.stop();
});
