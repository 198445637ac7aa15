// Authorised agents by the Data Rights Protocol 1.0, judged by an agent that a stranger wrote with PyNaCl: what is signed, meant for this
// company, fresh and not used yet becomes a request; with one fault, and no other, it is refused. An agent's word proves nobody.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Client, Privity } from "../support/privity.ts";

type Answer = { status: number; text: string; body: Record<string, string | boolean> };
type Key = { secret: string; verify_key: string };

const judge = join(import.meta.dirname, "../judges/agent/agent.py");
const agent = (args: string[], input = "") => execFileSync("/usr/bin/python3", [judge, ...args], { input, encoding: "utf8" });
const newKey = () => JSON.parse(agent(["key"])) as Key;
const sign = (key: Key, claims: object) => agent(["sign", key.secret], JSON.stringify(claims));

let privity: Privity;
let ada: Client;
let honest: Key;
let other: Key;
let token: string;

before(async () => {
  privity = await Privity.start({ environment: { PRIVITY_PORTAL_LISTEN: "127.0.0.2:0", PRIVITY_PORTAL_URL: "https://privacy.example.org", PRIVITY_OUTBOUND_ALLOWED_PRIVATE_RANGES: "127.0.0.0/8" } });
  ada = await privity.setUp();
  [honest, other] = [newKey(), newKey()];
  for (const [id, key] of [["HONEST_AGENT", honest], ["OTHER_AGENT", other]] as const) {
    const listed = await ada.put(`/v1/rights/agents/${id}`, { name: id, verify_key: key.verify_key, web_url: "https://agent.example.org" }, { "if-match": "*" });
    assert.equal(listed.status, 200, listed.text);
  }
});
after(() => privity?.stop());

const minute = 60_000;
const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
const scope = () => ({ "agent-id": "HONEST_AGENT", "business-id": "EXAMPLE_TRADING", "issued-at": at(-minute), "expires-at": at(10 * minute), "drp.version": "1.0" });
const deletion = () => ({ ...scope(), exercise: "deletion", regime: "ccpa", name: "Grace Example", email: "grace@example.org", email_verified: true, "agent-request-id": `r-${Math.random()}` });

async function send(method: string, path: string, body?: string, bearer = token): Promise<Answer> {
  const headers = { ...(body === undefined ? {} : { "content-type": "text/plain" }), ...(bearer === "" ? {} : { authorization: `Bearer ${bearer}` }) };
  const answer = await fetch(privity.publicUrl + path, { method, headers, body });
  const text = await answer.text();
  return { status: answer.status, text, body: text === "" ? {} : (JSON.parse(text) as Answer["body"]) };
}

const requests = async () => (await ada.get<{ items: { id: string; state: string; channel: string; proven: boolean }[] }>("/v1/rights/requests")).body.items;
const setUp = (message: string, id = "HONEST_AGENT") => send("POST", `/v1/agent/${id}`, message, "");

test("nobody is answered before the company says so", async () => {
  assert.deepEqual([(await setUp(sign(honest, scope()))).status, (await setUp(sign(honest, scope()))).text], [403, ""]);
  const nameless = await ada.put("/v1/rights/agent-settings", { enabled: true }, { "if-match": '"v0"' });
  assert.equal(nameless.body.code, "rights.agent_settings");
  const done = await privity.cli("agents", "configure", "--enabled", "yes", "--business-id", "EXAMPLE_TRADING", "--law", "us-ca-ccpa");
  assert.equal(done.code, 0, done.stderr);
});

test("a token is given for a signed message, and for no other; a refusal says nothing", async () => {
  const wrong: [string, string][] = [
    ["not base64", "***"],
    ["another key", sign(newKey(), scope())],
    ["one bit of the signature", agent(["flip", "3"], sign(honest, scope()))],
    ["one bit of the text", agent(["flip", "70"], sign(honest, scope()))],
    ["another agent's name", sign(honest, { ...scope(), "agent-id": "OTHER_AGENT" })],
    ["another company", sign(honest, { ...scope(), "business-id": "ELSEWHERE" })],
    ["issued tomorrow", sign(honest, { ...scope(), "issued-at": at(24 * 60 * minute), "expires-at": at(25 * 60 * minute) })],
    ["expired", sign(honest, { ...scope(), "issued-at": at(-20 * minute), "expires-at": at(-10 * minute) })],
    ["without an end", sign(honest, { ...scope(), "expires-at": at(48 * 60 * minute) })],
  ];
  for (const [fault, message] of wrong) {
    const { status, text } = await setUp(message);
    assert.deepEqual([status, text], [403, ""], fault);
  }
  assert.equal((await setUp(sign(honest, scope()), "NOBODY")).status, 403, "who is not listed");
  const message = sign(honest, scope());
  const given = await setUp(message);
  assert.deepEqual([given.status, given.body["agent-id"]], [200, "HONEST_AGENT"]);
  token = String(given.body["token"]);
  assert.equal((await setUp(message)).status, 403, "a message counts once");
  assert.equal((await send("GET", "/v1/agent/HONEST_AGENT")).status, 200);
  assert.equal((await send("GET", "/v1/agent/OTHER_AGENT")).status, 403);
  assert.equal((await send("GET", "/v1/agent/HONEST_AGENT", undefined, "invented")).status, 403);
});

test("with one fault, and no other, a request is refused; without any it is made once", async () => {
  const before = (await requests()).length;
  const wrong: [string, number, string, string?][] = [
    ["no token", 401, sign(honest, deletion()), ""],
    ["an invented token", 401, sign(honest, deletion()), "invented"],
    ["not base64", 400, "no message"],
    ["another agent's key", 403, sign(other, deletion())],
    ["one bit of the signature", 403, agent(["flip", "0"], sign(honest, deletion()))],
    ["one bit of the text", 403, agent(["flip", "100"], sign(honest, deletion()))],
    ["another agent's name", 403, sign(honest, { ...deletion(), "agent-id": "OTHER_AGENT" })],
    ["another company", 403, sign(honest, { ...deletion(), "business-id": "ELSEWHERE" })],
    ["issued tomorrow", 403, sign(honest, { ...deletion(), "issued-at": at(24 * 60 * minute) })],
    ["no issue", 403, sign(honest, { ...deletion(), "issued-at": undefined })],
    ["expired", 403, sign(honest, { ...deletion(), "expires-at": at(-minute) })],
    ["an old version", 400, sign(honest, { ...deletion(), "drp.version": "0.5" })],
    ["a right that is none", 400, sign(honest, { ...deletion(), exercise: "everything" })],
    ["another law", 400, sign(honest, { ...deletion(), regime: "moon" })],
    ["no address", 400, sign(honest, { ...deletion(), email: undefined })],
  ];
  for (const [fault, status, message, bearer] of wrong) {
    const answer = await send("POST", "/v1/data-rights-request", message, bearer ?? token);
    assert.deepEqual([answer.status, answer.body["code"]], [status, String(status)], fault);
    assert.match(String(answer.body["message"]), /^Refused/, fault);
  }
  assert.equal((await requests()).length, before, "none of them was made");

  const claims = deletion();
  const message = sign(honest, claims);
  const made = await send("POST", "/v1/data-rights-request", message);
  assert.equal(made.status, 200, made.text);
  assert.deepEqual(
    [made.body["status"], made.body["reason"], made.body["agent_request_id"], made.body["user_verification_url"]],
    ["in_progress", "need_user_verification", claims["agent-request-id"], "https://privacy.example.org/requests"],
  );
  assert.ok(new Date(String(made.body["expected_by"])) > new Date());
  assert.equal((await send("POST", "/v1/data-rights-request", message)).status, 403, "the same message again");
  const [request, ...more] = (await requests()).slice(before);
  assert.equal(more.length, 0);
  assert.deepEqual([request?.id, request?.channel, request?.proven], [made.body["request_id"], "agent", false], "an agent's word proves nobody");
});

test("an agent sees its own requests alone, and the person may take one back through it", async () => {
  const made = await send("POST", "/v1/data-rights-request", sign(honest, { ...deletion(), exercise: "access" }));
  const path = `/v1/data-rights-request/${String(made.body["request_id"])}`;
  assert.equal((await send("GET", path)).body["status"], "in_progress");
  const theirs = String((await setUp(sign(other, { ...scope(), "agent-id": "OTHER_AGENT" }), "OTHER_AGENT")).body["token"]);
  assert.equal((await send("GET", path, undefined, theirs)).status, 403);
  assert.equal((await send("DELETE", path, sign(other, { reason: "mine" }), theirs)).status, 403);
  assert.equal((await send("DELETE", path, sign(other, { reason: "not signed by me" }))).status, 403);
  const revoked = await send("DELETE", path, sign(honest, { reason: "I changed my mind." }));
  assert.equal(revoked.body["status"], "revoked", revoked.text);
  assert.equal((await send("GET", path)).body["status"], "revoked");
});

test("somebody who is not known is answered alike", async () => {
  const known = (await send("POST", "/v1/data-rights-request", sign(honest, deletion()))).body;
  const unknown = (await send("POST", "/v1/data-rights-request", sign(honest, { ...deletion(), email: "nobody@example.org" }))).body;
  const seen = (body: Answer["body"]) => [body["status"], body["reason"], String(body["expected_by"]).slice(0, 10), Object.keys(body).sort()];
  assert.deepEqual(seen(known), seen(unknown));
});

test("a refusal tells the agent its ground, and nothing that was written to the person", async () => {
  const made = await send("POST", "/v1/data-rights-request", sign(honest, deletion()));
  const id = String(made.body["request_id"]);
  const refused = await ada.post(`/v1/rights/requests/${id}/refusal`, { ground: "unverifiable", text: "We could not verify Grace." });
  assert.equal(refused.status, 200, refused.text);
  const { body, text } = await send("GET", `/v1/data-rights-request/${id}`);
  assert.deepEqual([body["status"], body["reason"]], ["denied", "insuf_verification"]);
  assert.doesNotMatch(text, /Grace/);
});

test("an agent is told of each change at the address that it named, until it has heard of it", async (t) => {
  const heard: { method?: string; type?: string; body: Record<string, string> }[] = [];
  let status = 503;
  const listener: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece: Buffer) => (text += piece.toString()));
    request.on("end", () => {
      heard.push({ method: request.method, type: request.headers["content-type"], body: JSON.parse(text) as Record<string, string> });
      response.writeHead(status).end("whatever");
      status = status === 503 ? 200 : status;
    });
  });
  await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
  t.after(() => listener.close());
  const callback = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/status`;
  for (const wrong of ["http://agent.example.org/status", "ftp://127.0.0.1/status", "status", 7]) {
    const refused = await send("POST", "/v1/data-rights-request", sign(honest, { ...deletion(), status_callback: wrong }));
    assert.equal(refused.status, 400, String(wrong));
  }

  const made = await send("POST", "/v1/data-rights-request", sign(honest, { ...deletion(), status_callback: callback }));
  assert.equal(made.status, 200, made.text);
  const id = made.body["request_id"];
  assert.equal((await ada.post(`/v1/rights/requests/${String(id)}/refusal`, { ground: "unverifiable", text: "We could not verify Grace." })).status, 200);
  await eventually(() => Promise.resolve(heard.length), (times) => times >= 2); // not answered with 200 at first
  assert.deepEqual(heard[0]!.body, (await send("GET", `/v1/data-rights-request/${String(id)}`)).body);
  for (const one of heard) {
    assert.deepEqual([one.method, one.type, one.body["status"], one.body["reason"]], ["POST", "application/json", "denied", "insuf_verification"]);
  }
  assert.doesNotMatch(JSON.stringify(heard), /Grace|grace/);

  type Jobs = { items: { state: string }[] };
  const told = () =>
    eventually(() => ada.get<Jobs>("/v1/jobs?kind=rights.agent_tell"), ({ body }) => body.items.every((job) => job.state === "succeeded"));
  await told();
  status = 410;
  const second = await send("POST", "/v1/data-rights-request", sign(honest, { ...deletion(), status_callback: callback }));
  const place = `/v1/data-rights-request/${String(second.body["request_id"])}`;
  await send("DELETE", place, sign(honest, { reason: "I changed my mind." }));
  await told();
  assert.equal(heard.at(-1)!.body["status"], "revoked");
  const times = heard.length;
  const reopened = await ada.post(`/v1/rights/requests/${String(second.body["request_id"])}/moves`, { step: "reopen", note: "" });
  assert.equal(reopened.status, 200, reopened.text);
  await told();
  assert.equal(heard.length, times, "who refuses is not told again");
  assert.equal((await send("GET", place)).body["status"], "in_progress");
});

test("an agent with another key, one that may not ask, and one that is gone hold no token", async () => {
  const change = (part: object) => ada.put("/v1/rights/agents/HONEST_AGENT", { name: "HONEST_AGENT", verify_key: honest.verify_key, ...part }, { "if-match": "*" });
  assert.equal((await change({ enabled: false })).status, 200);
  assert.equal((await send("POST", "/v1/data-rights-request", sign(honest, deletion()))).status, 401);
  assert.equal((await change({ enabled: true })).status, 200);
  assert.equal((await send("GET", "/v1/agent/HONEST_AGENT")).status, 200);
  assert.equal((await change({ verify_key: newKey().verify_key })).status, 200);
  assert.equal((await send("GET", "/v1/agent/HONEST_AGENT")).status, 403);
  assert.equal((await change({ verify_key: "bm8ga2V5" })).body.code, "rights.agent_key");
  const listed = await privity.cli("agents", "list", "--json");
  assert.match(listed.stdout, /OTHER_AGENT/);
  assert.equal((await privity.cli("agents", "remove", "OTHER_AGENT")).code, 0);
  assert.doesNotMatch((await privity.cli("agents", "list", "--json")).stdout, /OTHER_AGENT/);
});
