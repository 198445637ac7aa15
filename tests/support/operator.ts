// What an operator does by command, and every command says what went wrong.
//
//   const operator = new Operator(() => privity);        // asked each time: a test may start the server anew
//   const system = await operator.connect("Shop", `sqlite://${path}`);
//   const request = await operator.execute(await operator.planned("erasure", { email: "ada@example.org" }));

import assert from "node:assert/strict";
import { eventually } from "./eventually.ts";
import type { Privity } from "./privity.ts";

export type RequestOfOperator = {
  id: string;
  state: string;
  plan?: { digest: string; stores: number; records: number; stores_missing: number };
  plan_error?: string;
  report?: { records_done: number; leftovers: number };
};

export class Operator {
  readonly #privity: () => Privity;

  constructor(privity: () => Privity) {
    this.#privity = privity;
  }

  async ask<T>(...args: string[]): Promise<T> {
    const done = await this.#privity().cli(...args, "--json");
    assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
    return JSON.parse(done.stdout) as T;
  }

  /** Connects a store on this machine with the right to write, and has it looked through to the end. The system's id. */
  async connect(name: string, address: string): Promise<string> {
    const { system } = await this.ask<{ system: string }>("connections", "create", "--name", name, "--address", address, "--writing-granted", "yes",
      "--networks", "127.0.0.0/8");
    const scan = await this.ask<{ id: string }>("scans", "start", "--system", system);
    assert.equal((await this.#privity().cli("jobs", "watch", scan.id, "--quiet")).code, 0);
    assert.equal((await this.ask<{ state: string }>("scans", "show", scan.id)).state, "complete", name);
    return system;
  }

  standsAt(id: string, state: string): Promise<RequestOfOperator> {
    return eventually(() => this.ask<RequestOfOperator>("requests", "show", id), (request) => request.state === state || request.plan_error !== undefined);
  }

  /** A request that is proven, and what was planned for it. */
  async planned(right: string, content: object): Promise<RequestOfOperator> {
    const { id } = await this.ask<RequestOfOperator>("requests", "create", "--law", "eu-gdpr", "--right", right, "--content", JSON.stringify(content));
    await this.ask("requests", "prove", id, "--method", "document", "--note", "Passport seen; copy destroyed.");
    await this.ask("requests", "plan", id);
    const planned = await this.standsAt(id, "planned");
    assert.equal(planned.state, "planned", planned.plan_error);
    return planned;
  }

  /** Until the server begins to act. */
  async begin({ id, plan }: RequestOfOperator): Promise<void> {
    await this.ask("requests", "approve", id, "--plan", plan!.digest);
    await this.ask("requests", "execute", id);
  }

  /** Until it has looked again. */
  async execute(request: RequestOfOperator): Promise<RequestOfOperator> {
    await this.begin(request);
    const done = await this.standsAt(request.id, "checked");
    assert.equal(done.state, "checked");
    return done;
  }
}
