// A crowd of clients that create tasks and remember every answer, and the judge that compares their memory with what the server
// holds after a fault: nothing acknowledged is lost, nothing is half done, and asking again never does a thing twice.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Client } from "./privity.ts";

export type Memory = {
  /** Task id by the idempotency key whose answer arrived. */
  acknowledged: Map<string, string>;
  /** Keys whose request left and whose answer never came. */
  unanswered: Set<string>;
};

type Task = { id: string; content: { title: string } };

export class Crowd {
  readonly memory: Memory = { acknowledged: new Map(), unanswered: new Set() };
  #running = true;
  readonly #clients: Promise<void>[];

  constructor(client: Client, size: number) {
    this.#clients = Array.from({ length: size }, () => this.#work(client));
  }

  get inFlight(): number {
    return this.memory.unanswered.size;
  }

  /** Call after the server is gone (or to end politely): resolves when every client has given up. */
  async stop(): Promise<Memory> {
    this.#running = false;
    await Promise.all(this.#clients);
    return this.memory;
  }

  async #work(client: Client): Promise<void> {
    while (this.#running) {
      const key = randomUUID();
      this.memory.unanswered.add(key);
      try {
        const answer = await createTask(client, key);
        if (answer.status !== 201) {
          // Refused: the server promises that nothing happened. The judge holds it to that by the key.
          return;
        }
        this.memory.unanswered.delete(key);
        this.memory.acknowledged.set(key, answer.body.id);
      } catch {
        return;
      }
    }
  }
}

export function createTask(client: Client, key: string) {
  return client.post<{ id: string }>("/v1/tasks", { content: { title: `Fault run ${key}`, description: "", evidence_needed: false } }, { "idempotency-key": key });
}

async function all<T>(client: Client, path: string): Promise<T[]> {
  const items: T[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: { status: number; text: string; headers: Headers; body: { items: T[] } } = await client.get(next);
    assert.equal(page.status, 200, page.text);
    items.push(...page.body.items);
    next = /<([^>]+)>;\s*rel="?next"?/.exec(page.headers.get("link") ?? "")?.[1];
  }
  return items;
}

/** Compares what the crowd remembers with what a restarted server holds. */
export async function judge(client: Client, memory: Memory): Promise<void> {
  const tasks = await all<Task>(client, "/v1/tasks?limit=200");
  const byId = new Map(tasks.map((task) => [task.id, task.content.title]));
  for (const [key, id] of memory.acknowledged) {
    assert.equal(byId.get(id), `Fault run ${key}`, `an acknowledged task is lost: ${id}`);
  }
  // The ledger lists an entry once it has its index, within a second of the start; checking it gives all of them one.
  const checked = await client.get<{ findings: unknown[] }>("/v1/ledger/verification");
  assert.equal(checked.status, 200, checked.text);
  assert.deepEqual(checked.body.findings, [], "the ledger does not verify");
  const entries = await all<{ entry: { object: { id: string } } }>(client, "/v1/ledger/entries?limit=200&action=tasks.task.created");
  const created = entries.map(({ entry }) => entry.object.id);
  assert.equal(new Set(created).size, created.length, "a task has two ledger entries of its creation");
  assert.deepEqual([...new Set(created)].sort(), [...byId.keys()].sort(), "tasks and ledger entries of their creation differ");

  for (const key of memory.unanswered) {
    const again = await createTask(client, key);
    assert.equal(again.status, 201, again.text);
  }
  const titles = (await all<Task>(client, "/v1/tasks?limit=200")).map((task) => task.content.title);
  assert.equal(new Set(titles).size, titles.length, "asking again with the same key did it twice");
}
