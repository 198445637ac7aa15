// POST /v1/redact through the real binary: what comes out, who may ask, what the ledger says, and that nothing is kept.

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { entries } from "../support/identity.ts";
import { type Client, fileHolds, Privity } from "../support/privity.ts";

type Result = { text?: string; value?: unknown; csv?: string; spans: { start: number; end: number; entity: string }[]; replaced: number };

let privity: Privity;
let admin: Client;

before(async () => {
  privity = await Privity.start();
  admin = await privity.setUp();
});
after(() => privity.stop());

test("a text comes back without its personal data, with the places of what was found", async () => {
  const { status, body } = await admin.post<Result>("/v1/redact", { text: "😀 Write to zz.ana@example.org", manner: "label" });
  assert.equal(status, 200);
  assert.equal(body.text, "😀 Write to [email]");
  assert.deepEqual(body.spans.map(({ start, end, entity }) => [start, end, entity]), [[11, 29, "email"]]);
  assert.equal(body.replaced, 1);
});

test("a value keeps its shape; equal values are equal under one key", async () => {
  const value = { email: "zz.bo@example.org", orders: [{ note: "for ZZ.BO@example.org", quantity: 2 }] };
  const { body } = await admin.post<Result>("/v1/redact", { value, manner: "pseudonym", key: "5a".repeat(32) });
  const redacted = body.value as typeof value;
  assert.match(redacted.email, /^email-[0-9a-f]{10}$/);
  assert.equal(redacted.orders[0]!.note, `for ${redacted.email}`);
  assert.equal(redacted.orders[0]!.quantity, 2);
  assert.equal(body.replaced, 2);
});

test("a table loses the columns that are personal as a whole", async () => {
  const csv = "id,last_name,note\n1,Zzqwv,ask zz.di@example.org\n2,Zzplm,-\n";
  const { status, body } = await admin.post<Result>("/v1/redact", { csv, manner: "label" });
  assert.equal(status, 200);
  assert.equal(body.csv, "id,last_name,note\n1,[person],ask [email]\n2,[person],-\n");
  assert.equal(body.replaced, 3);
  assert.deepEqual(body.spans, []);
});

test("only the kinds that are named are replaced", async () => {
  const text = "zz.cy@example.org, 192.0.2.7";
  const { body } = await admin.post<Result>("/v1/redact", { text, manner: "label", only: ["ip"] });
  assert.equal(body.text, "zz.cy@example.org, [ip]");
});

test("what cannot be done is refused with its code", async () => {
  const refused = async (body: object) => (await admin.post<{ code: string }>("/v1/redact", body)).body.code;
  assert.equal(await refused({ manner: "label" }), "app.redaction_input");
  assert.equal(await refused({ text: "a", value: 1, manner: "label" }), "app.redaction_input");
  assert.equal(await refused({ text: "a", csv: "a", manner: "label" }), "app.redaction_input");
  assert.equal(await refused({ text: "a", manner: "format" }), "redact.key_missing");
  assert.equal(await refused({ text: "a", manner: "format", key: "zz" }), "app.redaction_key");
  assert.equal((await admin.post("/v1/redact", { text: "a".repeat(100_001), manner: "label" })).status, 400);
});

test("only who holds the permission may ask", async () => {
  const other = await privity.withToken(admin, ["tasks.use"]);
  assert.equal((await other.post("/v1/redact", { text: "a", manner: "label" })).status, 403);
});

test("the ledger says how much was replaced; no file of the installation holds the text", async () => {
  const recorded: object[] = (await entries(admin, "app.text.redacted", 4)).map((entry) => entry.details);
  for (const details of [
    { is_table: false, is_value: false, manner: "label", replaced: 1 },
    { is_table: false, is_value: true, manner: "pseudonym", replaced: 2 },
    { is_table: true, is_value: false, manner: "label", replaced: 3 },
  ]) {
    assert.ok(recorded.some((each) => JSON.stringify(Object.entries(each).sort()) === JSON.stringify(Object.entries(details).sort())), JSON.stringify(recorded));
  }
  const files = readdirSync(privity.folder, { recursive: true }).map((name) => join(privity.folder, String(name)));
  for (const file of files.filter((name) => statSync(name).isFile())) {
    for (const secret of ["zz.ana@example", "zz.bo@example", "zz.cy@example", "zz.di@example", "Zzqwv"]) assert.ok(!fileHolds(file, secret), file);
  }
});
