// A database of its own on the PostgreSQL server that the tests run beside (tests/support/postgres.sh).

import { randomBytes } from "node:crypto";
import { run } from "./privity.ts";

const server = process.env["PRIVITY_TEST_POSTGRES"];

/** Why a test that needs PostgreSQL is skipped, or false. */
export const withoutPostgres = server === undefined ? "PRIVITY_TEST_POSTGRES names no server: `./dev test` starts one" : false;

/** The connection string of a new, empty database. */
export async function newDatabase(): Promise<string> {
  const name = `privity_${randomBytes(6).toString("hex")}`;
  const made = await run("psql", [server!, "-v", "ON_ERROR_STOP=1", "-c", `CREATE DATABASE ${name}`]);
  if (made.code !== 0) throw new Error(`CREATE DATABASE: ${made.stderr}`);
  return server!.replace(/dbname=\S+/, `dbname=${name}`);
}
