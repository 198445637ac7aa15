// Rights requests through the real binary: a person asks at the public door, proves a mailbox with a code that a real mail server
// took, and follows the request; the company works on it at its own door and by command. Nobody learns there who is known.

import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Client, fileHolds, Privity } from "../support/privity.ts";
import { portalAndMailTo, SmtpServer } from "../support/smtp.ts";

type Deadline = { duty: string; day: string; article: string; calendar: string };
type Request = { id: string; state: string; proven: boolean; deadlines: Deadline[]; steps: string[]; version: number };
type Problem = { code: string };

let mail: SmtpServer;
let privity: Privity;
let ada: Client;

before(async () => {
  mail = await SmtpServer.start();
  privity = await Privity.start({
    environment: portalAndMailTo(mail.port),
  });
  ada = await privity.setUp();
  const settings = { place: "DE", second_person: false, keep_days: 90 };
  assert.equal((await ada.put("/v1/rights/settings", settings, { "if-match": '"v0"' })).status, 200);
});
after(async () => {
  await privity?.stop();
  await mail?.stop();
});

const lettersTo = (address: string, subject: RegExp) =>
  mail.letters.filter((letter) => letter.to.includes(address) && subject.test(letter.text));

async function codeFor(address: string, letters: number): Promise<string> {
  const codes = () => Promise.resolve(lettersTo(address, /^subject: Your code/im));
  const found = await eventually(codes, (arrived) => arrived.length >= letters);
  return /Your code: (\d{8})/.exec(found[letters - 1]!.text)![1]!;
}

test("a person asks, proves the mailbox, follows the request and takes it back", async () => {
  const person = new Client(privity.publicUrl);
  const about = await person.get("/v1/portal");
  assert.deepEqual(about.body.laws.map((law: { id: string }) => law.id), ["ch-fadp", "eu-gdpr", "gb-ukgdpr", "us-ca-ccpa"]);
  const content = { email: "grace@example.org", name: "Grace Example", details: "What do you hold on me?" };
  const asked = await person.post("/v1/portal/requests", { law: "eu-gdpr", right: "access", content });
  assert.equal(asked.status, 202, asked.text);
  assert.doesNotMatch(asked.text, /grace/);
  assert.equal((await person.get("/v1/portal/requests")).status, 401);

  const code = await codeFor("grace@example.org", 1);
  assert.equal((await new Client(privity.publicUrl).post<Problem>("/v1/portal/code", { code })).body.code, "rights.code_wrong", "another browser");
  assert.equal((await person.post("/v1/portal/code", { code })).status, 204);
  assert.equal((await person.post<Problem>("/v1/portal/code", { code })).body.code, "rights.code_wrong", "used already");
  const mine = await person.get<{ items: Request[] }>("/v1/portal/requests");
  assert.equal(mine.body.items.length, 1);
  const { id, state, proven, deadlines } = mine.body.items[0]!;
  assert.deepEqual([state, proven], ["verified", true]);
  assert.equal(deadlines[0]!.article, "Art. 12(3)");

  assert.equal((await ada.post(`/v1/rights/requests/${id}/messages`, { text: "Which shop do you mean?" })).status, 200);
  const news = () => Promise.resolve(lettersTo("grace@example.org", /^subject: .*news about your request/im));
  await eventually(news, (letters) => letters.length === 1);
  assert.ok(mail.letters.every((letter) => !letter.text.includes("Which shop")), "what is written stays in the portal");
  const messages = await person.get(`/v1/portal/requests/${id}/messages`);
  assert.equal(messages.body.items[0].text, "Which shop do you mean?");
  assert.equal((await person.post(`/v1/portal/requests/${id}/messages`, { text: "The one in Ulm." })).status, 204);
  const withdrawn = await person.post(`/v1/portal/requests/${id}/withdrawal`);
  assert.equal(withdrawn.body.state, "withdrawn");
  assert.equal((await person.delete("/v1/portal/visits")).status, 204);
  assert.equal((await person.get(`/v1/portal/requests/${id}`)).status, 401);
});

test("an address that nobody knows is answered alike, and gets no letter", async () => {
  const known = await new Client(privity.publicUrl).post("/v1/portal/visits", { email: "grace@example.org" });
  const stranger = new Client(privity.publicUrl);
  const unknown = await stranger.post("/v1/portal/visits", { email: "nobody@example.org" });
  assert.deepEqual([unknown.status, Object.keys(unknown.body)], [known.status, Object.keys(known.body)]);
  await codeFor("grace@example.org", 2);
  assert.equal(lettersTo("nobody@example.org", /./).length, 0);
  assert.equal((await stranger.post<Problem>("/v1/portal/code", { code: "12345678" })).body.code, "rights.code_wrong");
});

test("another person's request does not exist at the public door", async () => {
  const made = await ada.post<Request>("/v1/rights/requests", { law: "eu-gdpr", right: "erasure", content: { email: "ben@example.org" } });
  assert.equal(made.status, 201, made.text);
  const grace = new Client(privity.publicUrl);
  await grace.post("/v1/portal/visits", { email: "grace@example.org" });
  await grace.post("/v1/portal/code", { code: await codeFor("grace@example.org", 3) });
  for (const path of ["", "/messages"]) {
    const answer = await grace.get<Problem>(`/v1/portal/requests/${made.body.id}${path}`);
    assert.deepEqual([answer.status, answer.body.code], [404, "rights.request_unknown"]);
  }
  for (const [path, body] of [["messages", { text: "x" }], ["withdrawal", {}], ["appeal", { text: "x" }]] as const) {
    assert.equal((await grace.post(`/v1/portal/requests/${made.body.id}/${path}`, body)).status, 404);
  }
  assert.equal((await ada.get<Request>(`/v1/rights/requests/${made.body.id}`)).body.state, "received");
});

test("the doors stay apart: no casework on the public one, no portal on the console's", async () => {
  assert.equal((await new Client(privity.publicUrl).get("/v1/rights/requests")).status, 404);
  assert.equal((await new Client(privity.consoleUrl).get("/v1/portal")).status, 404);
  const foreign = await new Client(privity.publicUrl).post("/v1/portal/visits", { email: "x@example.org" }, { "sec-fetch-site": "cross-site" });
  assert.equal(foreign.status, 403, "another site cannot ask in a visitor's name");
});

test("what the company does by command is what its screens do, and the evidence names nobody", async () => {
  const made = await ada.post<Request>("/v1/rights/requests", { law: "eu-gdpr", right: "erasure", content: { email: "carol@example.org", name: "Carol Planted" } });
  const id = made.body.id;
  const listed = await privity.cli("requests", "list", "--open", "yes", "--json");
  assert.equal(listed.code, 0, listed.stderr);
  assert.ok(listed.stdout.includes(id));
  assert.ok(!listed.stdout.includes("carol"), "a list names nobody");
  const shown = await privity.cli("requests", "show", id, "--json");
  assert.equal((JSON.parse(shown.stdout) as Request).deadlines[0]!.calendar, "DE");
  const skipped = await ada.post<Problem>(`/v1/rights/requests/${id}/skipped-proof`, { reason: "We know her." });
  assert.deepEqual([skipped.status, skipped.body.code], [409, "rights.proof_needed"]);
  const planned = await ada.post<Problem>(`/v1/rights/requests/${id}/plan`);
  assert.equal(planned.status >= 400, true, "nothing is planned for a person who is not proven");
  const extended = await privity.cli("requests", "extend", id, "--text", "Many stores have to be asked.", "--json");
  assert.equal(extended.code, 0, extended.stderr);
  const refused = await privity.cli("requests", "refuse", id, "--ground", "legal_obligation", "--text", "Invoices are kept.", "--json");
  assert.equal(refused.code, 0, refused.stderr);
  assert.equal((JSON.parse(refused.stdout) as Request).state, "refused");
  assert.equal((await ada.get(`/v1/rights/requests/${id}/content`)).body.name, "Carol Planted");
  const letter = await ada.get(`/v1/rights/requests/${id}/letter`, { accept: "application/pdf" });
  assert.deepEqual([letter.status, letter.text.slice(0, 5)], [200, "%PDF-"]);
  const dates = await ada.get<{ items: Deadline[] }>(`/v1/rights/requests/${id}/deadlines`);
  assert.equal(dates.body.items.length, 2, "the first due date is still there");
  const figures = await privity.cli("requests", "figures", "--json");
  assert.ok(figures.stdout.includes('"refused":1'), figures.stdout);
  const ledger = async () => (await ada.get("/v1/ledger/entries?limit=200")).text;
  const evidence = await eventually(ledger, (entries) => entries.includes("rights.content.opened"));
  assert.ok(!evidence.includes("Planted"));
  assert.ok(!privity.log.includes("carol@example.org"));
  assert.ok(!fileHolds(`${privity.dataDir}/privity.db`, "Carol Planted"), "sealed at rest");
});

test("what a law says is shown with its article, and due dates are counted from it", async () => {
  const law = await privity.cli("law", "show", "eu-gdpr", "--json");
  assert.equal(law.code, 0, law.stderr);
  assert.match(law.stdout, /Art\. 17\(3\)\(b\)/);
  const due = await privity.cli("law", "deadlines", "eu-gdpr", "--right", "access", "--received", "2026-11-25", "--place", "DE", "--json");
  assert.equal((JSON.parse(due.stdout) as { items: Deadline[] }).items[0]!.day, "2026-12-28");
  const california = await privity.cli("law", "deadlines", "us-ca-ccpa", "--right", "access", "--received", "2026-01-05", "--json");
  assert.deepEqual((JSON.parse(california.stdout) as { items: Deadline[] }).items.map((d) => [d.duty, d.day]), [["acknowledge", "2026-01-20"], ["answer", "2026-02-19"]]);
});

// What the company's login signs: a stranger's implementation of JWS (node:crypto), in each of the three algorithms.
const logins = {
  EdDSA: { pair: generateKeyPairSync("ed25519"), digest: null },
  ES256: { pair: generateKeyPairSync("ec", { namedCurve: "P-256" }), digest: "sha256" },
  RS256: { pair: generateKeyPairSync("rsa", { modulusLength: 2048 }), digest: "sha256" },
} as const;
type Algorithm = keyof typeof logins;

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function assertion(alg: Algorithm, claims: object, by: Algorithm = alg): string {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: "https://login.example.org", aud: "portal", iat: now, exp: now + 300, jti: randomUUID(), email_verified: true };
  const text = `${encoded({ alg, kid: by })}.${encoded({ ...usual, ...claims })}`;
  const { pair, digest } = logins[by];
  return `${text}.${sign(digest, Buffer.from(text), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

test("the company's own login proves people in the portal, once for each token and by pinned keys alone", async () => {
  const keys = Object.entries(logins).map(([kid, { pair }]) => ({ ...pair.publicKey.export({ format: "jwk" }), kid }));
  const settings = { enabled: true, issuer: "https://login.example.org", audience: "portal", keys: JSON.stringify({ keys }) };
  const stranger = new Client(privity.publicUrl);
  assert.equal((await stranger.post<Problem>("/v1/portal/assertion", { token: "a.b.c" })).body.code, "rights.assertion_invalid", "it is off");
  assert.equal((await ada.put("/v1/rights/assertions", settings, { "if-match": '"v0"' })).status, 200);
  for (const alg of Object.keys(logins) as Algorithm[]) {
    const person = new Client(privity.publicUrl);
    const token = assertion(alg, { email: "ivy@example.org" });
    const accepted = await person.post("/v1/portal/assertion", { token });
    assert.equal(accepted.status, 200, `${alg}: ${accepted.text}`);
    assert.equal((await stranger.post<Problem>("/v1/portal/assertion", { token })).body.code, "rights.assertion_invalid", "it was used");
    const asked = await person.post("/v1/portal/requests", { law: "eu-gdpr", right: "access", content: { email: "ivy@example.org" } });
    assert.equal(asked.status, 202, asked.text);
    const mine = await person.get<{ items: Request[] }>("/v1/portal/requests");
    assert.ok(mine.body.items[0]!.proven, "without a code");
  }
  for (const wrong of [
    assertion("EdDSA", { email: "ivy@example.org", iss: "https://evil.example.org" }),
    assertion("EdDSA", { email: "ivy@example.org", aud: "shop" }),
    assertion("EdDSA", { email: "ivy@example.org", exp: 1 }),
    assertion("EdDSA", { email: "ivy@example.org", email_verified: false }),
    assertion("RS256", { email: "ivy@example.org" }, "ES256"),
    `${encoded({ alg: "none" })}.${encoded({ email: "ivy@example.org" })}.`,
  ]) {
    const refused = await stranger.post<Problem>("/v1/portal/assertion", { token: wrong });
    assert.deepEqual([refused.status, refused.body.code], [401, "rights.assertion_invalid"]);
  }
});

test("a request is given only to somebody who may see requests", async () => {
  const content = { email: "assigned@example.org" };
  const { id } = (await ada.post<Request>("/v1/rights/requests", { law: "eu-gdpr", right: "access", content })).body;
  await ada.post("/v1/invitations", { email: "edith@example.org", name: "Edith Employee", role_ids: [] });
  const users = (await ada.get<{ items: { id: string; email: string }[] }>("/v1/users")).body.items;
  const edith = users.find(({ email }) => email === "edith@example.org")!.id;
  const own = users.find(({ email }) => email !== "edith@example.org")!.id;
  const give = (assignee: string) => ada.put<Problem & { assignee?: string }>(`/v1/rights/requests/${id}/assignee`, { assignee });
  assert.deepEqual([await give(edith)].map(({ status, body }) => [status, body.code]), [[422, "rights.assignee_cannot"]]);
  assert.equal((await give(randomUUID())).status, 404);
  assert.equal((await give(own)).body.assignee, own);
});
