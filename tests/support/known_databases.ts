// The well-known databases Chinook and Sakila, loaded into the real servers that the tests run beside. They lie beside the checkout.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mariadbDatabase, postgresDatabase } from "./sql_servers.ts";

export const knownData = join(import.meta.dirname, "../../../shared/data/db");
/** Why they cannot be used here; false when they can. */
export const knownDataAbsent = existsSync(knownData) ? false : "../shared/data/db does not lie beside the checkout";

const textOf = (path: string) => readFileSync(join(knownData, path), "utf8");
const sakilaRows = "sakila/postgres-sakila-insert-data-using-copy.sql";

/** A script without the lines that make and choose a database of its own. */
function withoutDatabase(path: string): string {
  const own = /^\s*(DROP|CREATE) (DATABASE|SCHEMA)\b|^\s*USE |^\\c /;
  return textOf(path).replace(/^\uFEFF/, "").split("\n").filter((line) => !own.test(line)).join("\n");
}

/** Each makes the database `name` and answers with its address; scripts are written to `folder`. */
export function chinookInPostgres(name: string, folder: string): Promise<string> {
  return postgresDatabase(name, written(folder, "chinook_postgres.sql", withoutDatabase("chinook/Chinook_PostgreSql.sql")));
}
export function chinookInMariaDb(name: string, folder: string): Promise<string> {
  return mariadbDatabase(name, written(folder, "chinook_mariadb.sql", withoutDatabase("chinook/Chinook_MySql.sql")));
}

export function sakilaInPostgres(name: string, folder: string): Promise<string> {
  // The dump gives its tables to a role of its own.
  const schema = textOf("sakila/postgres-sakila-schema.sql").replace(/^(ALTER .* OWNER TO|REVOKE|GRANT) .*;$/gm, "");
  return postgresDatabase(name, written(folder, "sakila_schema.sql", schema), join(knownData, sakilaRows));
}

export function sakilaInMariaDb(name: string, folder: string): Promise<string> {
  const text = withoutDatabase("sakila/mysql-sakila-schema.sql");
  const tables = [...text.matchAll(/^CREATE TABLE (\w+) \(\n([\s\S]*?)^\)/gm)];
  const columnsOf = new Map(tables.map(([, table = "", body = ""]) => [table, new Set([...body.matchAll(/^ {2}([a-z_0-9]+) /gm)].map((m) => m[1]!))]));
  const schema = "SET foreign_key_checks = 0;\n" + tables.map((match) => `${match[0]};`).join("\n");
  const rows = copyAsLoadData(textOf(sakilaRows), columnsOf, folder);
  return mariadbDatabase(name, written(folder, "sakila_mariadb.sql", schema), written(folder, "sakila_rows.sql", rows));
}

/** The COPY blocks of a PostgreSQL dump as LOAD DATA for MariaDB, which reads the same escapes. */
function copyAsLoadData(dump: string, columnsOf: Map<string, Set<string>>, folder: string): string {
  const statements = ["SET foreign_key_checks = 0, sql_mode = '';"];
  for (const block of dump.matchAll(/^COPY public\.(\w+) \((.*)\) FROM stdin;\n([\s\S]*?)^\\\.$/gm)) {
    const [, table = "", columns = "", lines = ""] = block;
    const file = written(folder, `${table}.copy`, lines.replaceAll(/(?<=^|\t)t(?=\t|$)/gm, "1").replaceAll(/(?<=^|\t)f(?=\t|$)/gm, "0"));
    const kept = columns.split(", ").map((column) => (columnsOf.get(table)?.has(column) ? column : "@dropped"));
    statements.push(`LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${table} CHARACTER SET utf8mb4 (${kept.join(", ")});`);
  }
  return statements.join("\n");
}

function written(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
