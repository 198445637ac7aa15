// A provider that lies, one lie at a time, against the real binary. Whoever comes back with a lie is signed in nowhere, is told
// which check failed, and the ledger holds the refusal.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HostileProvider, json, type Lie } from "../support/hostile_provider.ts";
import { refusals } from "../support/identity.ts";
import { Client, Privity } from "../support/privity.ts";

let privity: Privity;
let admin: Client;
let hostile: HostileProvider;
let id: string;
const others: HostileProvider[] = [];

before(async () => {
  // Each attempt comes from an address of its own: how many may fail from one is another test's matter.
  privity = await Privity.start({ environment: { PRIVITY_TRUSTED_PROXIES: "127.0.0.1" } });
  admin = await privity.setUp();
  hostile = await HostileProvider.start();
  id = await configured(hostile);
  const started = await admin.post(`/v1/me/providers/${id}/link`);
  const linked = await admin.visit(hostile.authorize(started.body.location));
  assert.equal(linked.headers.get("location"), "/account", "with the truth the account is bound");
});
after(async () => {
  for (const provider of [hostile, ...others]) await provider.stop();
  await privity.stop();
});

async function configured(provider: HostileProvider, networks?: string[]): Promise<string> {
  const made = await admin.post("/v1/identity-providers", provider.configuration(`Login ${provider.issuer}`, networks));
  assert.equal(made.status, 201, made.text);
  return made.body.id;
}

async function another(lie: Lie, networks?: string[]): Promise<{ provider: HostileProvider; id: string }> {
  const provider = await HostileProvider.start();
  others.push(provider);
  provider.lie = lie;
  return { provider, id: await configured(provider, networks) };
}

let browsers = 0;
let refused = 0; // that the ledger must hold by now
function freshBrowser(): Client {
  browsers += 1;
  const client = new Client(privity.consoleUrl);
  client.headers["x-forwarded-for"] = `198.51.100.${browsers}`;
  return client;
}

/** Comes back with what the provider says now; answers with where the console sends the browser. */
async function comeBack(provider: HostileProvider, providerId: string): Promise<string> {
  const browser = freshBrowser();
  const started = await browser.post(`/v1/session/oidc/${providerId}/start`, {});
  assert.equal(started.status, 200, started.text);
  const arrived = await browser.visit(provider.authorize(started.body.location));
  assert.equal(arrived.status, 303, arrived.text);
  const location = arrived.headers.get("location") ?? "";
  const session = (await browser.get("/v1/session")).body;
  assert.equal(session.state, location === "/" ? "signed_in" : "signed_out");
  return location;
}

async function expectRefusal(provider: HostileProvider, providerId: string, code: string, check: string): Promise<void> {
  const query = new URLSearchParams((await comeBack(provider, providerId)).split("#")[1]);
  assert.deepEqual([query.get("problem"), query.get("check") ?? ""], [code, check]);
  refused += 1;
  const written = await refusals(admin, refused);
  assert.equal(written.length, refused, "one entry more in the ledger");
  const { object, details } = written[0]!;
  assert.deepEqual([object.id, details["reason"], details["problem"] ?? ""], [providerId, code, check.replaceAll(" ", "-")]);
}

const now = () => Math.floor(Date.now() / 1000);
const token = "identity.id_token_invalid";
const answer = "identity.oidc_refused";
const lies: [name: string, lie: () => Lie, code: string, check: string][] = [
  ["another issuer in the token", () => ({ claims: { iss: "https://login.example.com" } }), token, "issuer"],
  ["no issuer in the token", () => ({ claims: { iss: undefined } }), token, "issuer"],
  ["a token for somebody else", () => ({ claims: { aud: "another-client" } }), token, "audience"],
  ["a token for several, made out to another", () => ({ claims: { aud: ["privity", "another-client"], azp: "another-client" } }), token, "authorized party"],
  ["the nonce of another sign-in", () => ({ claims: { nonce: "of another sign-in" } }), token, "nonce"],
  ["no nonce", () => ({ claims: { nonce: undefined } }), token, "nonce"],
  ["a token that is over", () => ({ claims: { exp: now() - 120 } }), token, "expiry"],
  ["a token without an end", () => ({ claims: { exp: undefined } }), token, "expiry"],
  ["a token from tomorrow", () => ({ claims: { iat: now() + 86_400 } }), token, "issue time"],
  ["no subject", () => ({ claims: { sub: undefined } }), token, "subject"],
  ["an empty subject", () => ({ claims: { sub: "" } }), token, "subject"],
  ["a subject that is no text", () => ({ claims: { sub: 7 } }), token, "subject"],
  ["algorithm none", () => ({ header: { alg: "none" }, signature: "none" }), token, "algorithm"],
  ["algorithm none, spelled otherwise", () => ({ header: { alg: "nOnE" }, signature: "none" }), token, "algorithm"],
  ["HS256 under the public key", () => ({ header: { alg: "HS256" }, signature: "hmac with the public key" }), token, "algorithm"],
  ["RS256 without a signature", () => ({ signature: "none" }), token, "signature"],
  ["the signature of another key", () => ({ signature: "other key" }), token, "signature"],
  ["a key that is not in the set", () => ({ header: { kid: "key-2" }, signature: "other key" }), token, "unknown key"],
  ["a key brought along", () => ({ header: { kid: "key-2", jwk: { kty: "RSA" }, jku: "https://login.example.com/keys" } }), token, "unknown key"],
  ["a critical extension", () => ({ header: { crit: ["exp"] } }), token, "critical extension"],
  ["the answer of another issuer (RFC 9207)", () => ({ answer: { iss: "https://login.example.com" } }), answer, "issuer"],
  ["an answer that hides its issuer", () => ({ answer: { iss: undefined } }), answer, "issuer"],
  ["another state", () => ({ answer: { state: "of another sign-in" } }), answer, "state"],
  ["no state", () => ({ answer: { state: undefined } }), answer, "state"],
  ["no code", () => ({ answer: { code: undefined } }), answer, "code"],
  ["a refusal", () => ({ answer: { error: "access_denied", error_description: "<script>alert(1)</script>" } }), answer, "provider"],
  ["a token answer that is no JSON", () => ({ token: (_, response) => response.end("<html>Welcome!</html>") }), answer, "token answer"],
  ["a token answer without a token", () => ({ token: json({ access_token: "x" }) }), answer, "token answer"],
  ["a token answer that refuses", () => ({ token: (_, response) => response.writeHead(400).end("{}") }), answer, "code"],
  ["a token answer that leads elsewhere", () => ({ token: (_, response) => response.writeHead(307, { location: "http://127.0.0.1/" }).end() }), answer, "code"],
  ["a token that is no token", () => ({ token: json({ id_token: "a.b" }) }), token, "form"],
  ["an endless token answer", () => ({ token: endless }), "identity.provider_unusable", "net.too_large"],
];

for (const [name, lie, code, check] of lies) {
  test(`refused: ${name}`, async () => {
    hostile.lie = lie();
    try {
      await expectRefusal(hostile, id, code, check);
    } finally {
      hostile.lie = {};
    }
  });
}

test("and after all that the truth still signs in", async () => {
  assert.equal(await comeBack(hostile, id), "/");
});

function endless(_: unknown, response: import("node:http").ServerResponse): void {
  response.setHeader("content-type", "application/json");
  const more = () => {
    while (!response.destroyed && response.write(" ".repeat(64 * 1024)));
  };
  response.on("drain", more);
  more();
}

const unusable: [name: string, lie: Lie, problem: string][] = [
  ["metadata of another issuer", { metadata: { issuer: "https://login.example.com" } }, "metadata issuer"],
  ["metadata of the issuer with a slash more", { discovery: (_, response) => response.end('{"issuer":"x/"}') }, "metadata issuer"],
  ["metadata that are no JSON", { discovery: (_, response) => response.end("<html></html>") }, "metadata syntax"],
  ["endless metadata", { discovery: endless }, "net.too_large"],
  ["metadata that lie elsewhere", { discovery: (_, response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end() }, "status 302"],
  ["metadata that fail", { discovery: (_, response) => response.writeHead(500).end() }, "status 500"],
  ["a sign-in page that is a script", { metadata: { authorization_endpoint: "javascript:alert(1)" } }, "metadata endpoint"],
  ["a sign-in page without TLS", { metadata: { authorization_endpoint: "http://login.example.com/authorize" } }, "metadata endpoint"],
  ["a name that only looks like this machine", { metadata: { token_endpoint: "http://127.0.0.1.example.com/token" } }, "metadata endpoint"],
  ["no sign-in page", { metadata: { authorization_endpoint: undefined } }, "metadata endpoint"],
];

for (const [name, lie, problem] of unusable) {
  test(`unusable: ${name}`, async () => {
    const { id: other } = await another(lie);
    const started = await freshBrowser().post(`/v1/session/oidc/${other}/start`, {});
    assert.deepEqual([started.status, started.body.code, started.body.parameters.problem], [502, "identity.provider_unusable", problem]);
    assert.equal(started.headers.getSetCookie().length, 0);
    const tested = await admin.post(`/v1/identity-providers/${other}/test`);
    assert.deepEqual([tested.status, tested.body.parameters.problem], [502, problem], "the test of the connection says the same");
  });
}

const badKeys: [name: string, lie: Lie, code: string, check: string][] = [
  ["keys that are no JSON", { keys: (_, response) => response.end("no") }, "identity.jwks_invalid", ""],
  ["endless keys", { keys: endless }, "identity.provider_unusable", "net.too_large"],
  ["keys that lie elsewhere", { keys: (_, response) => response.writeHead(301, { location: "http://127.0.0.1:9/" }).end() }, "identity.provider_unusable", "status 301"],
  ["no key at all", { keys: json({ keys: [] }) }, token, "unknown key"],
  ["a shared secret among the keys", { keys: json({ keys: [{ kty: "oct", kid: "key-1", k: "c2VjcmV0" }] }) }, token, "unknown key"],
  ["a key in the company's network", { metadata: { jwks_uri: "https://127.0.0.2/keys" } }, "identity.provider_unusable", "net.address_refused"],
  ["codes redeemed in the company's network", { metadata: { token_endpoint: "https://10.0.0.1/token" } }, "identity.provider_unusable", "net.address_refused"],
];

for (const [name, lie, code, check] of badKeys) {
  test(`refused: ${name}`, async () => {
    const { provider, id: other } = await another(lie);
    await expectRefusal(provider, other, code, check);
  });
}

test("a provider that never answers holds nobody up for more than ten seconds, and others not at all", async () => {
  const { id: other } = await another({ discovery: () => undefined });
  const waiting = freshBrowser().post(`/v1/session/oidc/${other}/start`, {});
  assert.equal(await comeBack(hostile, id), "/", "meanwhile another provider signs in");
  const started = await waiting;
  assert.deepEqual([started.status, started.body.parameters.problem], [502, "net.timeout"]);
});

test("a provider in the company's network is reached only where its configuration names that network", async () => {
  const { provider, id: other } = await another({}, []);
  const started = await freshBrowser().post(`/v1/session/oidc/${other}/start`, {});
  assert.deepEqual([started.status, started.body.parameters.problem], [502, "net.address_refused"]);
  assert.deepEqual(provider.asked, [], "nothing was sent there");
});

test("the answer of one provider does not pass at another, though both are known here", async () => {
  const { provider, id: other } = await another({ metadata: { authorization_response_iss_parameter_supported: false } });
  const browser = freshBrowser();
  const started = await browser.post(`/v1/session/oidc/${id}/start`, {});
  // The mix-up of RFC 9207 section 1: the browser is brought back from the other provider with the first one's state.
  const arrived = await browser.visit(provider.authorize(started.body.location));
  assert.match(arrived.headers.get("location") ?? "", /oidc_refused&check=issuer/);
  assert.equal((await browser.get("/v1/session")).body.state, "signed_out");
  refused += 1;
  assert.ok(!provider.asked.includes("/token") && other !== id, "and the code was shown to nobody");
});

test("from one address only so many refusals are tried and written down", async () => {
  hostile.lie = { signature: "other key" };
  const browser = freshBrowser();
  let limited = "";
  for (let i = 0; i < 12; i++) {
    const started = await browser.post(`/v1/session/oidc/${id}/start`, {});
    limited = (await browser.visit(hostile.authorize(started.body.location))).headers.get("location") ?? "";
  }
  hostile.lie = {};
  assert.match(limited, /^\/sign-in#problem=identity\.too_many_attempts&seconds=\d+$/);
  refused += 10;
  assert.equal((await refusals(admin, refused)).length, refused);
  assert.equal(await comeBack(hostile, id), "/", "others are not held up");
});

test("nothing that a provider said stands in the log", () => {
  for (const said of ["alert(1)", "account-of-ada", "of another sign-in"]) assert.ok(!privity.log.includes(said), said);
});
