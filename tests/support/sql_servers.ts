// Databases on the PostgreSQL and MariaDB servers that the tests run beside, as stores to connect (tests/support/postgres.sh, mariadb.sh).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { run } from "./privity.ts";
import { type Server, server } from "./servers.ts";

/** None when the tests run without one. */
export const postgres = server("PRIVITY_TEST_POSTGRES");
export const mariadb = server("PRIVITY_TEST_MARIADB");

export async function must(program: string, ...args: string[]): Promise<string> {
  const done = await run(program, args);
  assert.equal(done.code, 0, `${program} ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

const postgresTarget = () => `host=${postgres!.host} port=${postgres!.port} user=${postgres!.user}`;
const mariadbTarget = () => ["--no-defaults", `-h${mariadb!.host}`, `-P${mariadb!.port}`, `-u${mariadb!.user}`];

/** A PostgreSQL database made by scripts (paths); the address under which it can be connected. */
export async function postgresDatabase(name: string, ...scripts: string[]): Promise<string> {
  await must("psql", "-qX", "-c", `CREATE DATABASE ${name}`, `${postgresTarget()} dbname=postgres`);
  for (const script of scripts) await must("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", script, `${postgresTarget()} dbname=${name}`);
  return `postgresql://${postgres!.user}@${postgres!.host}:${postgres!.port}/${name}`;
}

export async function mariadbDatabase(name: string, ...scripts: string[]): Promise<string> {
  const target = [...mariadbTarget(), "--local-infile=1"];
  await must("mariadb", ...target, "-e", `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  for (const script of scripts) await must("mariadb", ...target, name, "-e", `source ${script}`);
  return `mysql://${mariadb!.user}@${mariadb!.host}:${mariadb!.port}/${name}`;
}

/** Changes made past Privity, as by an application or a restore. */
export const postgresRun = (name: string, sql: string): Promise<string> =>
  must("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, `${postgresTarget()} dbname=${name}`);
export const mariadbRun = (name: string, sql: string): Promise<string> => must("mariadb", ...mariadbTarget(), name, "-e", sql);

/** Every row as an INSERT, by the server's own dump program. */
export async function postgresRows(name: string): Promise<string[]> {
  const dump = await must("pg_dump", "--data-only", "--inserts", "-d", `${postgresTarget()} dbname=${name}`);
  return dump.split("\n").filter((line) => line.startsWith("INSERT"));
}
export async function mariadbRows(name: string): Promise<string[]> {
  const dump = await must("mariadb-dump", ...mariadbTarget(), "--no-create-info", "--skip-extended-insert", "--skip-ssl", name);
  return dump.split("\n").filter((line) => line.startsWith("INSERT"));
}

/** Runs `act` while no other test changes settings of the whole server (ServerWideSetting of src/connect/testing/ground.h). */
export async function aloneWithSettings(of: Server, act: () => Promise<void>): Promise<void> {
  const lock = spawn("flock", [of.ca, "sh", "-c", "echo held; cat"], { stdio: ["pipe", "pipe", "inherit"] });
  await once(lock.stdout, "data");
  try {
    await act();
  } finally {
    lock.stdin.end();
    await once(lock, "exit");
  }
}

export async function dropDatabases(...names: string[]): Promise<void> {
  for (const name of names) {
    if (postgres) await run("psql", ["-qX", "-c", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `${postgresTarget()} dbname=postgres`]);
    if (mariadb) await run("mariadb", [...mariadbTarget(), "-e", `DROP DATABASE IF EXISTS ${name}`]);
  }
}
