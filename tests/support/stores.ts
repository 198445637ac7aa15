// Real stores to look through: a folder with a CSV file and a SQLite database, both with invented people in them.
//
//   const stores = makeStores();                       // stores.exports, stores.shop: where they are
//   const console = await Console.start({ environment: stores.environment });

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./privity.ts";
import { eventually } from "./eventually.ts";

export type Stores = { folder: string; exports: string; shop: string; environment: Record<string, string>; remove: () => void };

const people = [
  ["Ada Example", "ada@example.org", "+49 30 901820", "Migraine"],
  ["Ben Sample", "ben@example.org", "+49 30 901821", "Asthma"],
  ["Cara Muster", "cara@example.org", "+49 30 901822", "Diabetes"],
] as const;

export function makeStores(): Stores {
  const folder = mkdtempSync(join(tmpdir(), "privity-stores-"));
  const exports_ = join(folder, "exports");
  mkdirSync(exports_);
  writeFileSync(join(exports_, "newsletter.csv"), ["email,points", ...people.map(([, email], at) => `${email},${at}`)].join("\n") + "\n");
  const shop = join(folder, "shop.db");
  makeShop(shop);
  const environment = { PRIVITY_STORES_LOCAL_DIRECTORIES: folder };
  return { folder, exports: exports_, shop, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function makeShop(path: string): void {
  const rows = people.map((person) => `(${person.map((value) => `'${value}'`).join(", ")})`).join(", ");
  execFileSync("sqlite3", [path, `
    CREATE TABLE customer (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT, phone TEXT, medical_condition TEXT);
    CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id), amount REAL);
    INSERT INTO customer (full_name, email, phone, medical_condition) VALUES ${rows};
    INSERT INTO purchase (customer_id, amount) VALUES (1, 9.5), (2, 12);`]);
}

type Scan = { id: string; system: string; state: string };

/** Connects a store by the API and has it looked through to the end. */
export async function scanned(client: Client, name: string, address: string, options: { writing_granted?: boolean } = {}): Promise<{ connection: string; system: string; scan: string }> {
  const connected = await client.post<{ id: string; system: string }>("/v1/connections", { name, address, ...options });
  if (connected.status !== 201) throw new Error(`connecting ${name} answered ${connected.status}: ${connected.text}`);
  const { id: connection, system } = connected.body;
  const scan = (await client.post<Scan>("/v1/scans", { system })).body.id;
  await eventually(
    async () => (await client.get<Scan>(`/v1/scans/${scan}`)).body.state,
    (state) => state !== "waiting" && state !== "running",
  );
  return { connection, system, scan };
}
