// The copy of an identity document as a proof of who asks: given in the portal or attached by staff, looked at, decided about, and
// destroyed each time. Never on the disk in clear, never in what is handed out, and nobody else's.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Client, Privity, run } from "../support/privity.ts";
import { portalAndMailTo, SmtpServer } from "../support/smtp.ts";

const marker = "Ada Example, born 1815, bearer of this card";
const picture = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from(marker), randomBytes(200_000)]);

type Document = { id: string; outcome: string; destroyed_at?: string; seen_by?: unknown[] };

let privity: Privity;
let mail: SmtpServer;
let admin: Client;
let version = 0;

before(async () => {
  mail = await SmtpServer.start();
  privity = await Privity.start({
    environment: portalAndMailTo(mail.port),
  });
  admin = await privity.setUp();
  await allow(true);
});
after(async () => {
  await privity.stop();
  await mail.stop();
});

async function allow(documents: boolean): Promise<void> {
  const body = { place: "DE", second_person: false, keep_days: 90, documents };
  const put = await admin.put("/v1/rights/settings", body, { "if-match": `"v${version}"` });
  assert.equal(put.status, 200, put.text);
  version = put.body.version;
}

async function ask(email: string): Promise<string> {
  const asked = { law: "eu-gdpr", right: "access", content: { email, identifiers: [{ kind: "customer_number", value: "C-7" }] } };
  const made = await admin.post("/v1/rights/requests", asked);
  assert.equal(made.status, 201, made.text);
  return made.body.id;
}

async function attach(id: string, content: Uint8Array = picture): Promise<Document> {
  const given = await admin.post(`/v1/rights/requests/${id}/documents`, content);
  assert.equal(given.status, 201, given.text);
  return given.body;
}

async function documents(id: string): Promise<Document[]> {
  return (await admin.get(`/v1/rights/requests/${id}/documents`)).body.items;
}

async function destroyed(id: string): Promise<Document[]> {
  return eventually(
    () => documents(id),
    (all) => all.every(({ destroyed_at }) => destroyed_at !== undefined && destroyed_at !== null),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((path) => statSync(path).isFile());
}

// In the portal, in the browser that proved the address.
async function visitor(email: string): Promise<Client> {
  const client = new Client(privity.publicUrl);
  const begun = await client.post("/v1/portal/visits", { email });
  assert.equal(begun.status, 202, begun.text);
  const code = () => Promise.resolve(mail.letters.filter((l) => l.to.includes(email)).flatMap((l) => /: (\d{8})$/m.exec(l.text)?.[1] ?? []));
  const [newest] = (await eventually(code, (codes) => codes.length > 0)).slice(-1);
  const proven = await client.post("/v1/portal/code", { code: newest });
  assert.equal(proven.status, 204, proven.text);
  return client;
}

test("staff look at a copy, accept it, and it is gone: key, content, and every way to it", async () => {
  const id = await ask("grace@example.org");
  const document = await attach(id);
  for (const path of filesBelow(privity.dataDir)) assert.ok(!readFileSync(path).includes(marker), path);
  const path = `/v1/rights/requests/${id}/documents/${document.id}`;
  const early = await admin.post(`${path}/acceptance`, { note: "Not looked at." });
  assert.equal(early.body.code, "rights.document_unseen", early.text);
  const file = await fetch(`${privity.consoleUrl}${path}/file`, {
    headers: { cookie: [...admin.cookies()].map(([key, value]) => `${key}=${value}`).join("; ") },
  });
  assert.equal(file.headers.get("content-type"), "image/png");
  assert.equal(file.headers.get("cache-control"), "no-store");
  assert.match(file.headers.get("content-security-policy") ?? "", /sandbox/);
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(picture));
  const accepted = await admin.post(`${path}/acceptance`, { note: "Name and birthday fit." });
  assert.equal(accepted.status, 200, accepted.text);
  assert.equal(accepted.body.proven, true);
  assert.equal(accepted.body.takes_document, false);
  assert.equal((await admin.get(`${path}/file`, { accept: "*/*" })).status, 410);
  const [gone] = await destroyed(id);
  assert.equal(gone!.outcome, "accepted");
  assert.equal(filesBelow(join(privity.dataDir, "files")).filter((name) => name.includes(document.id)).length, 0);
  for (const action of ["given", "opened", "decided", "destroyed"]) {
    const entries = async () => (await admin.get(`/v1/ledger/entries?action=rights.document.${action}`)).body.items as unknown[];
    const indexed = await eventually(entries, (found) => found.length > 0);
    assert.equal(indexed.length, 1, action);
    assert.ok(!JSON.stringify(indexed).includes("Name and birthday"), action);
  }
  const timeline = (await admin.get(`/v1/rights/requests/${id}/history`)).body.items.map((event: { kind: string }) => event.kind);
  assert.ok(timeline.includes("document_accepted") && timeline.includes("document_destroyed"), timeline.join());
  const traces = (await admin.get(`/v1/rights/requests/${id}/traces`)).body.items;
  assert.deepEqual(traces.find(({ kind }: { kind: string }) => kind === "documents"), { kind: "documents", count: 1, personal: false });
});

test("the person gives a copy, takes it back, gives another and reads why it was rejected", async () => {
  const id = await ask("mary@example.org");
  const mary = await visitor("mary@example.org");
  const own = `/v1/portal/requests/${id}/documents`;
  assert.equal((await mary.get(`/v1/portal/requests/${id}`)).body.takes_document, true, "the number is not proven by a code");
  const first = await mary.post(own, picture);
  assert.equal(first.status, 201, first.text);
  const back = await mary.delete(`${own}/${first.body.id}`);
  assert.equal(back.status, 204, back.text);
  const second = await mary.post(own, picture);
  assert.equal((await admin.get(`/v1/rights/requests/${id}/documents/${second.body.id}/file`, { accept: "*/*" })).status, 200);
  const rejected = await admin.post(`/v1/rights/requests/${id}/documents/${second.body.id}/rejection`, { reason: "The name is covered." });
  assert.equal(rejected.status, 200, rejected.text);
  assert.match((await mary.get(`/v1/portal/requests/${id}/messages`)).text, /The name is covered\./);
  const all = await destroyed(id);
  assert.deepEqual(all.map(({ outcome }) => outcome), ["taken_back", "rejected"]);
  const seen = (await mary.get(own)).body.items as Document[];
  assert.deepEqual(seen.map(({ outcome }) => outcome), ["taken_back", "rejected"]);
  assert.ok(seen.every((document) => !("seen_by" in document)), "who looked is the company's");
});

test("a withdrawal destroys what waits", async () => {
  const id = await ask("rosa@example.org");
  const rosa = await visitor("rosa@example.org");
  assert.equal((await rosa.post(`/v1/portal/requests/${id}/documents`, picture)).status, 201);
  assert.equal((await rosa.post(`/v1/portal/requests/${id}/withdrawal`)).status, 200);
  const [gone] = await destroyed(id);
  assert.equal(gone!.outcome, "unneeded");
});

test("what is refused leaves nothing behind", async () => {
  const id = await ask("lise@example.org");
  const path = `/v1/rights/requests/${id}/documents`;
  const stored = filesBelow(join(privity.dataDir, "files")).length;
  const reader = await privity.withToken(admin, ["rights.read", "rights.write", "rights.content"]);
  const lise = await visitor("lise@example.org");
  const other = await ask("emmy@example.org");
  for (const [why, status, answer] of [
    ["a page with a script", 422, await admin.post(path, Buffer.from("<html><script>alert(1)</script></html>"))],
    ["nothing", 422, await admin.post(path, Buffer.alloc(0))],
    ["too large", 413, await admin.post(path, Buffer.concat([picture, Buffer.alloc(10 << 20)]))],
    ["JSON", 415, await admin.post(path, { text: "x" })],
    ["no permission", 403, await reader.post(path, picture)],
    ["nobody", 401, await new Client(privity.publicUrl).post(`/v1/portal/requests/${id}/documents`, picture)],
    ["somebody else's request", 404, await lise.post(`/v1/portal/requests/${other}/documents`, picture)],
    ["no such request", 404, await admin.post("/v1/rights/requests/0190163d-8694-739b-aea5-966c26f8ad91/documents", picture)],
  ] as const) {
    assert.equal(answer.status, status, `${why}: ${answer.text}`);
  }
  await allow(false);
  const off = await lise.post(`/v1/portal/requests/${id}/documents`, picture);
  assert.equal(off.body.code, "rights.documents_off", off.text);
  await allow(true);
  assert.equal((await documents(id)).length, 0);
  assert.equal(filesBelow(join(privity.dataDir, "files")).length, stored);
});

test("the terminal does the same", async () => {
  const id = await ask("alan@example.org");
  const copy = join(privity.folder, "card.png");
  writeFileSync(copy, picture);
  const given = await privity.cli("requests", "attach-document", id, "--file", copy, "--json");
  assert.equal(given.code, 0, given.stderr);
  const document = JSON.parse(given.stdout).id as string;
  const out = join(privity.folder, "seen.png");
  const seen = await privity.cli("requests", "open-document", id, document, "--output", out);
  assert.equal(seen.code, 0, seen.stderr);
  assert.ok(readFileSync(out).equals(picture));
  const rejected = await privity.cli("requests", "reject-document", id, document, "--reason", "It is of somebody else.");
  assert.equal(rejected.code, 0, rejected.stderr);
  const listed = await privity.cli("requests", "documents", id);
  assert.match(listed.stdout, /rejected/);
  await destroyed(id);
  const waiting = async () => (await privity.cli("requests", "list", "--document-waits", "yes", "--json")).stdout.includes(id);
  assert.equal(await waiting(), false, "it was decided about");
  await attach(id);
  assert.equal(await waiting(), true);
});

test("a support bundle and a backup hold none of it in clear", async () => {
  const id = await ask("hedy@example.org");
  await attach(id);
  const bundle = join(privity.folder, "support.zip");
  const made = await privity.cli("support-bundle", "--output", bundle);
  assert.equal(made.code, 0, made.stderr);
  const unpacked = await run("unzip", ["-p", bundle]);
  assert.ok(unpacked.stdout.length > 0 && !unpacked.stdout.includes(marker));
  const backup = join(privity.folder, "all.privity");
  const saved = await privity.cli("backup", "create", "--path", backup);
  assert.equal(saved.code, 0, saved.stderr);
  const bytes = readFileSync(backup);
  assert.ok(bytes.length > picture.length, "the sealed copy is in it");
  assert.ok(!bytes.includes(marker));
});
