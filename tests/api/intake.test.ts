// Other ways to ask: a letter to the company's mailbox (an IMAP server), a code by text message through the company's gateway (judged by
// the reference library `standardwebhooks`), a sealed link that fills in the form. None of them proves more than it proves.

import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Webhook } from "standardwebhooks";

import { eventually } from "../support/eventually.ts";
import { Client, Privity } from "../support/privity.ts";
import { entries } from "../support/identity.ts";
import { server } from "../support/servers.ts";
import { portalAndMailTo, SmtpServer } from "../support/smtp.ts";

type Request = { id: string; right: string; state: string; channel: string; proven: boolean; proofs: { method: string }[] };
type Intake = { requests: number; messages: number; left_alone: number; read_at?: string; problem?: string };
type Texted = { type: string; data: { to: string; language: string; text: string } };

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const dovecot = server("PRIVITY_TEST_DOVECOT") as { host: string; port: string; user: string; mail?: string } | undefined;
const user = `intake${process.pid}`;
const box = dovecot?.mail === undefined ? "" : join(dovecot.mail, user);

let privity: Privity;
let administrator: Client;
let smtp: SmtpServer;
let gateway: Server;
let gatewayAnswer = 204;
const texted: { headers: Record<string, string>; body: string }[] = [];

before(async () => {
  smtp = await SmtpServer.start();
  gateway = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    texted.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(gatewayAnswer).end();
  });
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  privity = await Privity.start({
    environment: portalAndMailTo(smtp.port),
  });
  administrator = await privity.setUp();
});
after(async () => {
  gateway?.close();
  gateway?.closeAllConnections();
  await smtp?.stop();
  await privity?.stop();
  if (box !== "") rmSync(box, { recursive: true, force: true });
});

async function cli(...args: string[]): Promise<Record<string, unknown>> {
  const done = await privity.cli(...args, "--json");
  assert.equal(done.code, 0, `${args.join(" ")}: ${done.stderr}`);
  return done.stdout.trim() === "" ? {} : (JSON.parse(done.stdout) as Record<string, unknown>);
}

const requests = async () => (await administrator.get<{ items: Request[] }>("/v1/rights/requests")).body.items;
const person = () => new Client(privity.publicUrl);
const codeIn = (text: string) => /\b(\d{8})\b/.exec(text)?.[1] ?? "";

// --- A code by text message ---

const ask = { law: "eu-gdpr", right: "erasure", language: "de", channel: "text" };
const contentOf = (email: string, phone: string) => ({ name: "", email, identifiers: [{ kind: "phone", value: phone }], details: "", corrections: [] });

test("codes are not texted before the company has a gateway", async () => {
  const answer = await person().post("/v1/portal/requests", { ...ask, content: contentOf("ada@example.org", "+49 151 2345678") });
  assert.equal(answer.status, 409, answer.text);
  assert.equal((await requests()).length, 0, "nothing half made");
});

test("the gateway gets a signed message, and its code proves the number", async () => {
  const { port } = gateway.address() as AddressInfo;
  const secretFile = join(privity.folder, "gateway.secret");
  writeFileSync(secretFile, `${secret}\n`);
  await cli("texts", "set", "--enabled", "yes", "--to-url", `http://127.0.0.1:${port}/hook`, "--secret-file", secretFile, "--prefixes", "+49");
  const shown = await privity.cli("texts", "show");
  assert.doesNotMatch(shown.stdout + JSON.stringify(await cli("texts", "show")), /MfKQ9r8/, "the secret is never shown");

  const ada = person();
  const asked = await ada.post("/v1/portal/requests", { ...ask, content: contentOf("ada@example.org", "0049 151 2345678") });
  assert.equal(asked.status, 202, asked.text);
  const [message] = await eventually(() => Promise.resolve(texted), (all) => all.length > 0);
  const said = new Webhook(secret).verify(message!.body, message!.headers) as Texted;
  assert.equal(said.type, "rights.code");
  assert.equal(said.data.to, "+491512345678");
  assert.equal(said.data.language, "de");
  assert.throws(() => new Webhook(secret).verify(message!.body.replace("+49151", "+49152"), message!.headers));
  assert.equal(smtp.letters.filter(({ text }) => /Code/.test(text)).length, 0, "no code by mail beside it");

  const code = codeIn(said.data.text);
  const wrong = code.replace(/^./, (digit) => (digit === "1" ? "2" : "1"));
  assert.equal((await person().post("/v1/portal/code", { code })).status, 403, "not in another browser");
  assert.equal((await ada.post("/v1/portal/code", { code: wrong })).status, 403);
  assert.equal((await ada.post("/v1/portal/code", { code })).status, 204);
  const [request] = await requests();
  assert.equal(request!.state, "verified");
  assert.deepEqual(request!.proofs.map(({ method }) => method), ["text_code"]);
  assert.equal((await ada.get<{ items: unknown[] }>("/v1/portal/requests")).body.items.length, 1);
});

test("an unknown address, a number of another country and a known one are answered alike", async () => {
  const before = texted.length;
  await cli("requests", "create", "--law", "eu-gdpr", "--right", "access", "--content", JSON.stringify(contentOf("ben@example.org", "+1 555 0100 100")));
  const answers = [];
  for (const email of ["ada@example.org", "ben@example.org", "nobody@example.org"]) {
    const { status, body } = await person().post<Record<string, unknown>>("/v1/portal/visits", { email, language: "en", channel: "text" });
    answers.push({ status, names: Object.keys(body) });
  }
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
  await eventually(() => Promise.resolve(texted.length), (count) => count > before);
  assert.equal(texted.length, before + 1, "only the known number of the allowed country");
});

test("a gateway that refuses is told to whoever tries it out", async () => {
  gatewayAnswer = 500;
  const failed = await privity.cli("texts", "test", "--to", "+49 151 2345678");
  gatewayAnswer = 204;
  assert.notEqual(failed.code, 0);
  assert.match(failed.stderr, /500/);
  await cli("texts", "test", "--to", "+49 151 2345678");
  assert.equal((JSON.parse(texted.at(-1)!.body) as Texted).type, "rights.test");
  assert.notEqual((await privity.cli("texts", "test", "--to", "0151 2345678")).code, 0, "a number without its country");
});

// --- A link that fills in the form ---

test("a link fills in what the company sealed in it, and proves nobody", async () => {
  const made = await cli("portal", "link", "--email", "cleo@example.org", "--right", "erasure", "--law", "eu-gdpr", "--valid-hours", "1");
  const url = made["url"] as string;
  assert.match(url, /^https:\/\/privacy\.example\.org\/ask#link=[\w-]+$/);
  assert.doesNotMatch(url, /cleo/);
  const token = url.split("#link=")[1]!;
  const visitor = person();
  const filled = await visitor.post<Record<string, string>>("/v1/portal/links", { token });
  assert.deepEqual(filled.body, { law: "eu-gdpr", right: "erasure", email: "cleo@example.org" });
  assert.equal((await visitor.get("/v1/portal/requests")).status, 401);
  const forged = await visitor.post("/v1/portal/links", { token: token.slice(0, -4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA") });
  assert.equal(forged.status, 422, forged.text);
  const reader = await administrator.post<{ secret: string }>("/v1/tokens", { name: "reader", permissions: ["rights.read"], expires_in_days: 1 });
  const denied = await new Client(privity.consoleUrl, reader.body.secret).post("/v1/rights/portal-links", { valid_hours: 1 });
  assert.equal(denied.status, 403);
});

// --- A letter ---

const withMail = { skip: box === "" ? "needs Dovecot (PRIVITY_TEST_DOVECOT)" : false };
let letters = 0;

function own(path: string): void {
  const { uid, gid } = statSync(dovecot!.mail!);
  for (const entry of [path, ...readdirSync(path, { recursive: true }).map((name) => join(path, name.toString()))]) {
    chownSync(entry, uid, gid);
    if (statSync(entry).isDirectory()) chmodSync(entry, 0o700);
  }
}

function deliver(from: string, text: string, headers: Record<string, string> = {}, id = `${++letters}@example.org`): void {
  for (const part of ["cur", "new", "tmp"]) mkdirSync(join(box, part), { recursive: true });
  const all = { "Message-ID": `<${id}>`, From: from, To: "privacy@example.org", Subject: "My data", ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(box, "new", `${Date.now()}.${++letters}.example`), `${head.join("")}\n${text}\n`);
  own(box);
}

const schedule = "rights.mail";
const intake = async () => (await administrator.get<Intake>("/v1/rights/mail-intake")).body;

async function readMailbox(): Promise<Intake> {
  const { read_at } = await intake();
  await cli("schedules", "run", schedule);
  return eventually(intake, (now) => now.read_at !== read_at || now.problem !== undefined);
}

test("letters become requests; machines, repetitions and old letters do not", withMail, async () => {
  deliver("Old <old@example.org>", "Delete my data. I wrote before this mailbox was named.");
  const address = `imap://${user}@${dovecot!.host}:${dovecot!.port}?sslmode=disable`;
  const connected = await administrator.post<{ id: string }>("/v1/connections", {
    name: "Privacy mailbox", address, password: "right", writing_granted: false, networks: ["127.0.0.0/8"], sample_records: 10,
  });
  assert.equal(connected.status, 201, connected.text);
  await cli("mail-intake", "set", "--enabled", "yes", "--connection", connected.body.id, "--law", "eu-gdpr", "--right", "access");
  assert.equal((await readMailbox()).problem, undefined);
  const before = (await requests()).length;

  deliver("Dora Example <dora@example.org>", "Bitte alle meine Daten löschen.", { "Content-Type": "text/plain; charset=utf-8" }, "dora-1@example.org");
  deliver("dora@example.org", "And when?");
  deliver("emil@example.org", "Hello, who are you?");
  deliver("dora@example.org", "I am on holiday.", { "Auto-Submitted": "auto-replied" });
  deliver("MAILER-DAEMON@example.org", "Undelivered", { "Return-Path": "<>" });
  deliver("Dora Example <dora@example.org>", "Bitte alle meine Daten löschen.", {}, "dora-1@example.org");
  const read = await readMailbox();
  assert.deepEqual([read.requests, read.messages, read.left_alone], [2, 1, 2]);
  const made = (await requests()).filter(({ channel }) => channel === "mail");
  assert.equal((await requests()).length, before + 2);
  assert.deepEqual(made.map(({ right }) => right).sort(), ["access", "erasure"]);
  for (const request of made) {
    assert.equal(request.state, "proving", "the sender's address proves nobody");
    assert.equal(request.proven, false);
  }
  const asked = () => Promise.resolve(smtp.letters.filter(({ to, text }) => to.includes("dora@example.org") && /prove|privacy\.example\.org/.test(text)));
  await eventually(asked, (found) => found.length > 0);
  assert.equal(smtp.letters.filter(({ to }) => to.some((one) => /MAILER|old@/.test(one))).length, 0, "no machine is answered");

  assert.deepEqual(await readMailbox().then(({ requests, messages, left_alone }) => [requests, messages, left_alone]), [2, 1, 2]);
  const verified = await privity.cli("ledger", "verify");
  assert.equal(verified.code, 0, verified.stderr);
});

test("what is no mail server is not read, and whoever may only look changes nothing", async () => {
  const settings = { enabled: true, connection: "00000000-0000-4000-8000-000000000000", folder: "INBOX", law: "eu-gdpr", right: "access", language: "en" };
  const etag = (await administrator.get("/v1/rights/mail-intake")).headers.get("etag") ?? "*";
  const unknown = await administrator.put("/v1/rights/mail-intake", settings, { "if-match": etag });
  assert.equal(unknown.status, 422, unknown.text);
  const reader = await administrator.post<{ secret: string }>("/v1/tokens", { name: "looks", permissions: ["rights.read"], expires_in_days: 1 });
  const denied = await new Client(privity.consoleUrl, reader.body.secret).put("/v1/rights/mail-intake", settings, { "if-match": etag });
  assert.equal(denied.status, 403);
});

test("what is kept of a request when its content is destroyed is listed", async () => {
  const [request] = await requests();
  const listed = (await cli("requests", "traces", request!.id)) as { items?: { kind: string; count: number }[] };
  const kinds = (listed.items ?? []).map(({ kind }) => kind);
  for (const kind of ["case", "timeline", "deadlines", "ledger"]) assert.ok(kinds.includes(kind), `${kind} in ${kinds}`);
});

test("a letter in the company's own words reaches people so, until the built-in words count again", async () => {
  type Text = { is_own: boolean; subject: string; text: string; version: number };
  const path = "/v1/rights/texts/mail_received/de";
  const built = (await administrator.get<Text>(path)).body;
  assert.equal(built.is_own, false);
  const words = ["--subject", "Ihr Anliegen {reference}", "--text", "Guten Tag,\n\nwir antworten bis zum {due}. Ihre {organization}"];
  const lacking = await privity.cli("letters", "set", "mail_received", "de", "--subject", "Ihr Anliegen", "--text", "Wir antworten.");
  assert.match(lacking.stderr, /lacks due/);
  const preview = await privity.cli("letters", "preview", "mail_received", "de", ...words);
  assert.match(preview.stdout, /Ihr Anliegen 7f3a91c2/);
  const done = await privity.cli("letters", "set", "mail_received", "de", ...words);
  assert.equal(done.code, 0, done.stderr);
  const write = () =>
    administrator.post("/v1/rights/requests", { law: "eu-gdpr", right: "access", language: "de", content: { name: "", email: "own.words@example.org", identifiers: [], details: "", corrections: [] } });
  const newest = async (count: number) =>
    (await eventually(() => Promise.resolve(smtp.letters.filter((letter) => letter.to.includes("own.words@example.org"))), (all) => all.length === count)).at(-1)!.text;
  assert.equal((await write()).status, 201);
  assert.match(await newest(1), /wir antworten bis zum \d{4}-/);
  assert.equal((await administrator.delete(path)).status, 200);
  assert.equal((await write()).status, 201);
  assert.doesNotMatch(await newest(2), /wir antworten bis zum/);
  for (const action of ["rights.text.set", "rights.text.reset"]) await entries(administrator, action);
});
