// The map from nothing in one command, on real stores: what is in it, who reaches it, what points where, what should not be so, and
// the register as a file.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chinookInMariaDb, chinookInPostgres, knownData, knownDataAbsent, sakilaInMariaDb, sakilaInPostgres } from "../support/known_databases.ts";
import { Privity } from "../support/privity.ts";
import { aloneWithSettings, dropDatabases, mariadb, mariadbDatabase, must, postgres, postgresDatabase } from "../support/sql_servers.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-map-"));
const made = `map_${process.pid}`;
const load = createRequire(import.meta.url);
let privity: Privity;

before(async () => {
  mkdirSync(join(folder, "exports"));
  const people = Array.from({ length: 30 }, (_, i) => `person${i}@example.org`);
  writeFileSync(join(folder, "exports/letters.csv"), `recipient,phone\n${people.map((email) => `${email.toUpperCase()},`).join("\n")}\n`, { mode: 0o644 });
  const rows = people.map((email, i) => `(${i + 1}, '${email}', ${i % 7})`).join(", ");
  await must("sqlite3", join(folder, "shop.db"),
    `CREATE TABLE customers (id integer PRIMARY KEY, email text, points int);
     CREATE TABLE orders (id integer PRIMARY KEY, customer_id int REFERENCES customers (id), total real);
     INSERT INTO customers VALUES ${rows}; INSERT INTO orders VALUES (1, 1, 9.5), (2, 2, 7.25);`);
  privity = await Privity.start();
});
after(async () => {
  await privity.stop();
  await dropDatabases(`${made}_shop`, `${made}_sakila`, `${made}_rental`, `${made}_chinook`, `${made}_music`);
  if (postgres) await must("psql", "-qX", "-c", `DROP ROLE IF EXISTS ${made}_clerk, ${made}_desk`, `host=${postgres.host} port=${postgres.port} user=${postgres.user} dbname=postgres`);
  if (mariadb) await must("mariadb", "--no-defaults", `-h${mariadb.host}`, `-P${mariadb.port}`, `-u${mariadb.user}`, "-e", `DROP USER IF EXISTS '${made}'@'%'; DROP ROLE IF EXISTS ${made}_desk`);
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(...args: string[]): Promise<T> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `privity ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}

type Node = { id: string; kind: string; name: string; personal_fields: number; group: string };
type Edge = { from: string; to: string; kind: string; count: number };
type Graph = { nodes: Node[]; edges: Edge[] };

function held(graph: Graph, system: string): string[] {
  const id = graph.nodes.find((node) => node.kind === "system" && node.name === system)!.id;
  return graph.edges.filter((edge) => edge.from === id && edge.kind === "holds").map((edge) => `${edge.to} ${edge.count}`).sort();
}

test("two stores are connected, looked through and drawn by one command, and again without a second connection", async () => {
  const stores = [`sqlite://${folder}/shop.db`, `file://${folder}/exports`];
  const graph = await ask<Graph>("map", ...stores);
  assert.deepEqual(held(graph, "shop"), ["user.contact.email 1", "user.unique_id 2"]);
  assert.deepEqual(held(graph, "exports"), ["user.contact.email 1", "user.contact.phone_number 1"]);
  await ask<Graph>("map", ...stores);
  assert.equal((await ask<{ items: unknown[] }>("connections", "list")).items.length, 2);

  const table = await privity.cli("map");
  assert.match(table.stdout, /shop .*user\.contact\.email 1/);
  const dot = await privity.cli("map", "--dot");
  assert.match(dot.stdout, /^digraph privity \{/);
  assert.match(dot.stdout, /-> "user\.contact\.email" \[label="1"\]/);
});

test("a store that cannot be read says so, and the map is still shown", async () => {
  const done = await privity.cli("map", `sqlite://${folder}/nowhere.db`);
  assert.equal(done.code, 2);
  assert.match(done.stderr, /nowhere: failed/);
  assert.match(done.stdout, /shop/);
  const connection = (await ask<{ items: { id: string; name: string; system: string }[] }>("connections", "list")).items.find((each) => each.name === "nowhere")!;
  assert.equal((await privity.cli("connections", "delete", connection.id)).code, 0);
  assert.equal((await privity.cli("systems", "delete", connection.system)).code, 0);
});

const noServers = postgres && mariadb ? false : "a server of PostgreSQL or MariaDB is missing";

test("Chinook from nothing in one command", { skip: knownDataAbsent }, async () => {
  await chinookIsMapped("Chinook", `sqlite://${join(knownData, "chinook/Chinook_Sqlite.sqlite")}`, ["Track", "InvoiceLine", "Invoice", "Customer"]);
});

test("Chinook from nothing in one command, on PostgreSQL and on MariaDB", { skip: knownDataAbsent || noServers }, async () => {
  await chinookIsMapped("Chinook of PostgreSQL", await chinookInPostgres(`${made}_chinook`, folder), ["track", "invoice_line", "invoice", "customer"]);
  await chinookIsMapped("Chinook of MariaDB", await chinookInMariaDb(`${made}_music`, folder), ["Track", "InvoiceLine", "Invoice", "Customer"]);
});

/** `tables`: how they are spelled there, from a track to the customer who bought it. */
async function chinookIsMapped(name: string, address: string, tables: string[]): Promise<void> {
  const graph = await ask<Graph>("map", address, "--name", name);
  const categories = held(graph, name).map((line) => line.split(" ")[0]);
  for (const category of ["user.contact.email", "user.contact.phone_number", "user.contact.address.city"]) {
    assert.ok(categories.some((each) => each === category || category.startsWith(`${each}.`)), `${category} among ${categories}`);
  }
  const system = graph.nodes.find((node) => node.name === name)!.id;
  const focus = await ask<Graph>("map", "graph", "--system", system);
  const names = new Map(focus.nodes.map((node) => [node.id, node.name]));
  const keys = focus.edges.filter((edge) => edge.kind === "foreign_key").map((edge) => `${names.get(edge.from)} > ${names.get(edge.to)}`);
  const [track, , invoice, customer] = tables as [string, string, string, string];
  const named = (text: string) => text.split(".").at(-1);
  assert.ok(keys.some((key) => key.split(" > ").map(named).join(" > ") === `${invoice} > ${customer}`), keys.join(", "));
  const place = (table: string) => focus.nodes.find((node) => node.kind === "collection" && named(node.name) === table)!.id;
  const path = await ask<{ found: boolean; steps: { from: { name: string }; to: { name: string } }[] }>("map", "path", "--from", place(track), "--to", place(customer));
  assert.deepEqual(path.steps.map((step) => named(step.to.name)), tables.slice(1));
}

test("Sakila from nothing in one command, on PostgreSQL and on MariaDB", { skip: knownDataAbsent || noServers }, async () => {
  const addresses = [await sakilaInPostgres(`${made}_sakila`, folder), await sakilaInMariaDb(`${made}_rental`, folder)];
  const graph = await ask<Graph>("map", ...addresses);
  for (const name of [`${made}_sakila`, `${made}_rental`]) {
    const categories = held(graph, name).map((line) => line.split(" ")[0]!);
    for (const category of ["user.contact.email", "user.contact.phone_number", "user.contact.address.street", "user.name"]) {
      assert.ok(categories.some((each) => each === category || each.startsWith(`${category}.`) || category.startsWith(`${each}.`)), `${category} of ${name} among ${categories}`);
    }
    const system = graph.nodes.find((node) => node.kind === "system" && node.name === name)!.id;
    const focus = await ask<Graph>("map", "graph", "--system", system);
    const names = new Map(focus.nodes.map((node) => [node.id, node.name]));
    const keys = focus.edges.filter((edge) => edge.kind === "foreign_key").map((edge) => `${names.get(edge.from)} > ${names.get(edge.to)}`);
    for (const key of [/rental > .*customer$/, /customer > .*address$/]) assert.ok(keys.some((each) => key.test(each)), `${key} of ${name} among ${keys.join(", ")}`);
  }
});

type Suggestion = { id: string; from: { collection: string; fields: string[] }; to: { collection: string; fields: string[] }; form: string; share: number; state: string };

test("values that are the same in two stores suggest a reference, which is confirmed", async () => {
  const systems = (await ask<{ items: { id: string; name: string }[] }>("systems", "list")).items;
  for (const name of ["shop", "exports"]) {
    const reading = await ask<{ job: string }>("flows", "read", "--system", systems.find((system) => system.name === name)!.id);
    assert.equal((await privity.cli("jobs", "watch", reading.job, "--quiet")).code, 0);
  }
  const suggestions = (await ask<{ items: Suggestion[] }>("flows", "suggestions", "--state", "open")).items;
  const found = suggestions.find((each) => each.from.collection === "letters.csv")!;
  assert.deepEqual([found.from.fields, found.to.collection, found.to.fields, found.form, found.share], [["recipient"], "customers", ["email"], "letter_case", 1]);
  assert.equal((await ask<Suggestion>("flows", "confirm", found.id, "--reason", "The shop writes them")).state, "confirmed");
  const references = (await ask<{ items: { origin: string; reason: string }[] }>("references", "list", "--origin", "stated")).items;
  assert.deepEqual(references.map((each) => each.reason), ["The shop writes them"]);
});

type Point = { principal: string; principal_kind: string; collection: string; field: string; through: string[]; privileges: string[]; categories: string[] };

test("who reaches what in PostgreSQL: directly, through roles, and as everyone", { skip: postgres ? false : "PRIVITY_TEST_POSTGRES is not set" }, async () => {
  const script = join(folder, "shop.sql");
  writeFileSync(script, `CREATE TABLE customer (id int PRIMARY KEY, email text, points int);
    INSERT INTO customer SELECT i, 'person' || i || '@example.org', i FROM generate_series(1, 30) i;
    CREATE TABLE news (id int PRIMARY KEY, title text);
    CREATE ROLE ${made}_desk; CREATE ROLE ${made}_clerk LOGIN IN ROLE ${made}_desk;
    GRANT SELECT (email), UPDATE ON customer TO ${made}_desk; GRANT SELECT ON news TO PUBLIC;`);
  const address = await postgresDatabase(`${made}_shop`, script);
  const graph = await ask<Graph>("map", address, "--name", "Branch");
  const system = graph.nodes.find((node) => node.name === "Branch")!.id;
  const points = (await ask<{ items: Point[] }>("access", "list", "--system", system, "--all")).items;
  const clerk = points.filter((point) => point.principal === `${made}_clerk`);
  assert.deepEqual(clerk.map((point) => [point.collection, point.field, point.privileges, point.through]).sort(),
    [["customer", "", ["update"], [`${made}_desk`]], ["customer", "email", ["read"], [`${made}_desk`]]]);
  const everyone = points.filter((point) => point.principal_kind === "everyone");
  assert.deepEqual(everyone.map((point) => [point.collection, point.privileges, point.categories]), [["news", ["read"], []]]);
  const reach = (await ask<{ items: { principal: string; categories: string[]; whole_store: boolean }[] }>("access", "reach", "--system", system)).items;
  assert.deepEqual(reach.find((each) => each.principal === `${made}_clerk`)!.categories, ["user.contact.email", "user.unique_id"], "of a table that one may change, all of it");
  assert.ok(reach.some((each) => each.whole_store), "the server's administrator reaches all of it");
  assert.ok(!reach.some((each) => each.principal === ""), "everyone reaches news, and nothing personal");

  const file = join(folder, "access.csv");
  assert.equal((await privity.cli("access", "table", "--system", system, "--output", file)).code, 0);
  assert.match(readFileSync(file, "utf8"), new RegExp(`Branch,user,${made}_clerk,public,customer,email,read,${made}_desk,1,0,user\\.contact\\.email,,fresh,`));
});

let depot = "";

test("who reaches what in MariaDB", { skip: mariadb ? false : "PRIVITY_TEST_MARIADB is not set" }, async () => {
  const script = join(folder, "mariadb.sql");
  writeFileSync(script, `CREATE TABLE customer (id int PRIMARY KEY, email varchar(100), points int);
    INSERT INTO customer VALUES (1, 'ana@example.org', 1), (2, 'ben@example.org', 2);
    CREATE USER '${made}'@'%'; CREATE ROLE ${made}_desk; GRANT ${made}_desk TO '${made}'@'%';
    GRANT SELECT (email) ON customer TO '${made}'@'%'; GRANT UPDATE ON customer TO ${made}_desk;`);
  depot = await mariadbDatabase(`${made}_shop`, script);
  const graph = await ask<Graph>("map", depot, "--name", "Depot");
  const system = graph.nodes.find((node) => node.name === "Depot")!.id;
  const points = (await ask<{ items: Point[] }>("access", "list", "--system", system, "--q", made, "--all")).items;
  assert.deepEqual(points.map((point) => [point.principal_kind, point.principal, point.field, point.privileges, point.through, point.categories]).sort(), [
    ["role", `${made}_desk`, "", ["update"], [], ["user.contact.email", "user.unique_id"]],
    ["user", `${made}@%`, "", ["update"], [`${made}_desk`], ["user.contact.email", "user.unique_id"]],
    ["user", `${made}@%`, "email", ["read"], [], ["user.contact.email"]],
  ]);
});

type Use = { principal: string; use: string; collection: string; events: number };
type Log = { system_name: string; since?: string; problem?: { code: string } };

test("who used what in MariaDB, where the server logs it", { skip: mariadb ? false : "PRIVITY_TEST_MARIADB is not set" }, async () => {
  const sql = (...statements: string[]) =>
    must("mariadb", "--no-defaults", `-h${mariadb!.host}`, `-P${mariadb!.port}`, `-u${mariadb!.user}`, "-e", statements.join("; "));
  const { items: systems } = await ask<{ items: { id: string; name: string }[] }>("systems", "list", "--q", "Depot");
  const logOf = async () => (await ask<{ items: Log[] }>("access", "logs")).items.find((log) => log.system_name === "Depot")!;
  assert.equal((await logOf()).problem?.code, "connect.access_not_logged");
  await aloneWithSettings(mariadb!, async () => {
    await sql("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ON");
    try {
      await sql(`SELECT email FROM ${made}_shop.customer WHERE email = 'ana@example.org'`);
      await ask("map", depot, "--name", "Depot");
    } finally {
      await sql("SET GLOBAL general_log = OFF", "TRUNCATE TABLE mysql.general_log");
    }
  });
  const log = await logOf();
  assert.ok(log.problem == null && log.since, JSON.stringify(log));
  const uses = (await ask<{ items: Use[] }>("access", "uses", "--system", systems[0]!.id, "--use", "read", "--all")).items;
  assert.ok(uses.some((use) => use.principal.startsWith(`${mariadb!.user}@`) && use.collection === "customer"), JSON.stringify(uses));
  assert.ok(!JSON.stringify(uses).includes("ana@example.org"));
});

type Advice = { id: string; state: string; finding: { kind: string; collection: string; field: string } };

test("what should not be so is found, dismissed with a reason, or made a task", async () => {
  assert.equal((await privity.cli("advice", "look")).code, 0);
  const open = (await ask<{ items: Advice[] }>("advice", "list", "--state", "open", "--all")).items;
  const empty = open.find((each) => each.finding.kind === "empty_field")!;
  assert.deepEqual([empty.finding.collection, empty.finding.field], ["letters.csv", "phone"]);
  assert.ok(open.some((each) => each.finding.kind === "everyone_reads"), "the exports may be read by everyone");
  assert.equal((await ask<Advice>("advice", "dismiss", empty.id, "--reason", "The form is new")).state, "dismissed");
  const purpose = open.find((each) => each.finding.kind === "without_purpose")!;
  assert.equal((await ask<Advice>("advice", "task", purpose.id)).state, "task");
  const tasks = (await ask<{ items: { title?: string; content: { title: string } }[] }>("tasks", "list")).items;
  assert.ok(tasks.some((task) => task.content.title.startsWith("What is the personal data in ")));
});

test("the register is written out, and a changed file is planned and applied", async () => {
  const file = join(folder, "map.yaml");
  assert.equal((await privity.cli("export", "--output", file)).code, 0);
  const { load: parse } = load("js-yaml") as { load: (text: string) => unknown };
  const { default: Judge } = load("ajv/dist/2020") as { default: new (options: object) => { validate(schema: object, value: unknown): boolean; errorsText(): string } };
  const judge = new Judge({ strict: false });
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/formats/map-file.schema.json"), "utf8")) as object;
  assert.ok(judge.validate(schema, parse(readFileSync(file, "utf8"))), judge.errorsText());
  const unchanged = await privity.cli("plan", file);
  assert.equal(unchanged.code, 0, unchanged.stdout + unchanged.stderr);

  writeFileSync(file, readFileSync(file, "utf8").replace(/- name: points\n/, "- name: points\n            data_categories: [user.behavior]\n"));
  const plan = await privity.cli("plan", file, "--json");
  assert.equal(plan.code, 2, plan.stderr);
  const changes = (JSON.parse(plan.stdout) as { changes: { kind: string; after: string }[] }).changes;
  assert.deepEqual(changes.map((change) => [change.kind, change.after]), [["decide_field", "user.behavior"]]);
  assert.equal((await privity.cli("apply", file)).code, 0);
  assert.equal((await privity.cli("plan", file)).code, 0);

  writeFileSync(file, "dataset:\n  - fides_key: shop\n    colections: []\n");
  const wrong = await privity.cli("plan", file);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /map\.yaml:3/);
});

test("a field is decided by itself", async () => {
  const field = (await ask<{ items: { id: string; name: string }[] }>("fields", "list", "--q", "total")).items[0]!;
  const decided = await ask<{ category: string; verdict: string }>("fields", "decide", field.id, "--category", "user.financial", "--reason", "What a person paid");
  assert.deepEqual([decided.category, decided.verdict], ["user.financial", "changed"]);
});

test("the record of processing is a spreadsheet and a document with all that it links to", async () => {
  const system = (await ask<{ items: { id: string; name: string }[] }>("systems", "list", "--q", "shop")).items[0]!;
  await ask("activities", "create", "--role", "controller", "--name", "Web shop", "--systems", system.id);
  const sheet = join(folder, "record.xlsx");
  assert.equal((await privity.cli("activities", "register", "--format", "xlsx", "--output", sheet)).code, 0);
  assert.equal(readFileSync(sheet).subarray(0, 2).toString(), "PK");
  const document = join(folder, "record.json");
  assert.equal((await privity.cli("activities", "register", "--format", "json", "--output", document)).code, 0);
  const record = JSON.parse(readFileSync(document, "utf8")) as { article: string; activities: { content: { name: string } }[]; systems: { name: string }[] };
  assert.deepEqual([record.article, record.activities[0]!.content.name, record.systems[0]!.name], ["GDPR Art. 30(1)", "Web shop", "shop"]);
});

type Recipient = { id: string; version: number; content: { name: string; kind: string }; activities: string[] };

test("who receives data has a record, which activities, the record of processing and the register's file name", async () => {
  const recipients = async () => (await ask<{ items: Recipient[] }>("recipients", "list", "--all")).items;
  await ask("activities", "create", "--role", "controller", "--name", "Newsletter", "--recipients", "Example Mail");
  const [named] = await recipients();
  assert.deepEqual([named!.content.name, named!.content.kind, named!.activities], ["Example Mail", "category", ["Newsletter"]]);
  await ask("recipients", "update", named!.id, "--name", "Example Mail Inc.", "--kind", "company", "--role", "processor", "--country", "USA",
    "--contact", "privacy@example.org", "--transfers", JSON.stringify({ destination: "USA", safeguards: "Standard clauses" }));
  const refused = await privity.cli("recipients", "remove", named!.id);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /The activity "Newsletter" names it/);
  const table = join(folder, "record.csv");
  assert.equal((await privity.cli("activities", "register", "--format", "csv", "--output", table)).code, 0);
  assert.match(readFileSync(table, "utf8"), /Example Mail Inc\. \(Processor, USA, privacy@example\.org\)/);
  assert.match(readFileSync(table, "utf8"), /USA, Example Mail Inc\.: Standard clauses/);

  const file = join(folder, "recipients.yaml");
  assert.equal((await privity.cli("export", "--output", file)).code, 0);
  assert.equal((await privity.cli("plan", file)).code, 0, "what was written out changes nothing");
  writeFileSync(file, readFileSync(file, "utf8").replace("country: USA", "country: Canada"));
  assert.equal((await privity.cli("apply", file)).code, 0);
  const history = (await ask<{ items: { content: { country: string } }[] }>("recipients", "history", named!.id)).items;
  assert.deepEqual(history.map(({ content }) => content.country), ["Canada", "USA", ""]);
});
