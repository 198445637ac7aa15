// `privity gate` as a build calls it: exit codes, lines, JSON, and SARIF 2.1.0 judged by a schema.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { binary, run } from "../support/privity.ts";

const folder = mkdtempSync(join(tmpdir(), "privity-gate-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function tree(name: string, files: Record<string, string>): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), content);
  }
  return join(folder, name);
}

const gate = (...args: string[]) => run(binary, ["gate", ...args]);

const migration = "CREATE TABLE customers (\n  quantity int,\n  email text,\n  ssn_hash bytea -- privity:ignore \"salted\" hash\n);\n";
const dataset = `dataset:
  - fides_key: shop
    collections:
      - name: customers
        fields:
          - name: email
            data_categories: [user.contact.email]
`;
const system = `system:
  - fides_key: web
    privacy_declarations:
      - data_use: essential.service
        data_categories: [user.contact]
`;

test("the exit code says whether a build may go on", async () => {
  const undeclared = tree("undeclared", { "db/1.sql": migration });
  const found = await gate(undeclared);
  assert.equal(found.code, 1, found.stderr);
  assert.match(found.stdout, /db\/1\.sql:3:3: customers\.email looks like user\.contact\.email.*\[gate\.undeclared\]/);
  assert.equal((await gate(tree("declared", { "db/1.sql": migration, ".fides/all.yml": dataset + system }))).code, 0);
  assert.equal((await gate(undeclared, "--fides", tree("elsewhere", { "all.yml": dataset + system }))).code, 0);
  const broken = await gate(tree("broken", { "a.sql": "CREATE TABLE a (n int);", "api.yaml": "openapi: 3.1.0\npaths: [" }));
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /api\.yaml/);
  assert.equal((await gate(join(folder, "nowhere"))).code, 2);
  assert.equal((await gate()).code, 64);
});

test("JSON names every finding, and what was ignored with its reason", async () => {
  const { stdout } = await gate(tree("json", { "1.sql": migration, "all.yml": dataset }), "--json");
  const report = JSON.parse(stdout) as { findings: { rule: string; field: string; line: number }[]; ignored: { field: string; ignored_because: string }[]; fields: number };
  assert.deepEqual(report.findings.map(({ rule, field, line }) => [rule, field, line]), [["no_purpose", "email", 3]]);
  for (const { field, ignored_because } of report.ignored) assert.deepEqual([field, ignored_because], ["ssn_hash", '"salted" hash']);
  assert.equal(report.fields, 3);
});

test("a log statement that writes personal data fails a build, in JSON and in SARIF with a rule of its own", async () => {
  const root = tree("logs", { "app/register.ts": "export function register(user: User) {\n  logger.info(`mail to ${user.email}`);\n  logger.info(`again ${user.email}`);\n  logger.debug({ password: user.password, id: user.id });\n}\n" });
  const { code, stdout } = await gate(root);
  assert.equal(code, 1);
  assert.match(stdout, /register\.ts:2:31: user\.email goes to the log and looks like user\.contact\.email.*\[gate\.logged\]/);
  assert.match(stdout, /register\.ts:4:33: user\.password goes to the log and looks like a credential.*\[gate\.logged_credential\]/);
  const report = JSON.parse((await gate(root, "--json")).stdout) as { source_files: number; log_statements: number; findings: { rule: string }[] };
  assert.deepEqual([report.source_files, report.log_statements, report.findings.map(({ rule }) => rule)], [1, 3, ["logged", "logged", "logged_credential"]]);
  const sarif = JSON.parse((await gate(root, "--sarif")).stdout) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; partialFingerprints: Record<string, string> }[] }[] };
  const [only] = sarif.runs;
  for (const { ruleId, ruleIndex } of only!.results) assert.equal(only!.tool.driver.rules[ruleIndex]!.id, ruleId);
  assert.equal(new Set(only!.results.map((each) => each.partialFingerprints["privityField/v1"])).size, 3, "the same value twice is two findings");
  const logs = "dataset:\n  - fides_key: shop_logs\n    collections:\n      - name: app\n        fields:\n          - name: line\n            data_categories: [user.contact.email]\n";
  const declared = await gate(root, "--fides", tree("of_logs", { "all.yml": logs + system }));
  assert.deepEqual([declared.code, declared.stdout.match(/\[gate\.[a-z_]+\]/g)], [1, ["[gate.logged_credential]"]]);
});

test("SARIF keeps to the standard, with places, suppressions and what was not read", async () => {
  const root = tree("sarif", { "odd name.sql": migration, "b.sql": "CREATE TABLE people (email text); -- privity:ignore test data\n", "api.yaml": "openapi: 3.1.0\npaths: [" });
  const { stdout } = await gate(root, "--sarif");
  const log = JSON.parse(stdout) as { runs: { results: { suppressions?: object[]; locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[] }[]; invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[] }[] };
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../judges/gate/sarif-2.1.0.schema.json"), "utf8")) as object;
  const judge = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  assert.ok(judge(log), JSON.stringify(judge.errors));
  assert.ok(!judge({ ...log, version: "2.0.0" }), "the judge can say no");
  const [only] = log.runs;
  assert.ok(only!.results.some(({ suppressions, locations }) => suppressions?.length === 1 && locations[0]!.physicalLocation.artifactLocation.uri.endsWith("/b.sql")));
  const open = only!.results.find(({ suppressions }) => suppressions === undefined);
  assert.match(open!.locations[0]!.physicalLocation.artifactLocation.uri, /\/odd%20name\.sql$/);
  assert.deepEqual(open!.locations[0]!.physicalLocation.region, { startLine: 3, startColumn: 3 });
  assert.equal(only!.invocations[0]!.executionSuccessful, false);
  assert.equal(only!.invocations[0]!.toolExecutionNotifications.length, 1);
});
