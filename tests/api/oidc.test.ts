// Signing in with a provider that speaks OpenID Connect as it should (npm oidc-provider), through the real binary.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { entries, join, refusals } from "../support/identity.ts";
import { OidcProvider } from "../support/oidc_provider.ts";
import { Client, firstAdministrator, Privity } from "../support/privity.ts";

let privity: Privity;
let provider: OidcProvider;
let admin: Client;
let id: string;

before(async () => {
  privity = await Privity.start();
  provider = await OidcProvider.start(`${privity.consoleUrl}/v1/session/oidc/callback`);
  admin = await privity.setUp();
  const made = await admin.post("/v1/identity-providers", provider.configuration("Example Login"));
  assert.equal(made.status, 201, made.text);
  id = made.body.id;
});
after(async () => {
  await provider.stop();
  await privity.stop();
});

/** A whole sign-in of a fresh browser as `account`. */
async function signIn(account: string, to?: string): Promise<{ client: Client; location: string }> {
  const client = new Client(privity.consoleUrl);
  const started = await client.post(`/v1/session/oidc/${id}/start`, to === undefined ? {} : { to });
  assert.equal(started.status, 200, started.text);
  const arrived = await client.visit(await provider.signIn(started.body.location, account));
  assert.equal(arrived.status, 303, arrived.text);
  return { client, location: arrived.headers.get("location") ?? "" };
}

/** Binds the account of `client` to `account`. */
async function link(client: Client, account: string): Promise<string> {
  const started = await client.post(`/v1/me/providers/${id}/link`);
  assert.equal(started.status, 200, started.text);
  return (await client.visit(await provider.signIn(started.body.location, account))).headers.get("location") ?? "";
}

async function stateOf(client: Client): Promise<string> {
  return (await client.get("/v1/session")).body.state;
}

test("the secret goes in and never comes out", async () => {
  for (const place of ["/v1/identity-providers", `/v1/identity-providers/${id}`, "/v1/session/providers", "/v1/ledger/entries"]) {
    const answer = await admin.get(place);
    assert.equal(answer.status, 200, answer.text);
    assert.ok(!answer.text.includes(provider.clientSecret), place);
  }
  assert.equal((await admin.get(`/v1/identity-providers/${id}`)).body.has_secret, true);
  assert.ok(!privity.log.includes(provider.clientSecret), "the log");
});

test("the connection is tested without signing anybody in", async () => {
  const answer = await admin.post(`/v1/identity-providers/${id}/test`);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, {
    authorization_endpoint: `${provider.issuer}/auth`,
    token_endpoint: `${provider.issuer}/token`,
    keys: 1,
    answers_with_issuer: true,
  });
  const byCommand = await privity.cli("identity-providers", "test", id, "--json");
  assert.equal(byCommand.code, 0, byCommand.stderr);
  assert.deepEqual(JSON.parse(byCommand.stdout), answer.body);
});

test("the operator does the same by command, with the secret from a file", async () => {
  const secretFile = path.join(privity.folder, "client-secret");
  writeFileSync(secretFile, "a secret from the provider\n");
  const run = async (...words: string[]) => {
    const done = await privity.cli("identity-providers", ...words, "--json");
    assert.equal(done.code, 0, done.stderr);
    return done.stdout === "" ? {} : JSON.parse(done.stdout);
  };
  const made = await run("create", "--name", "Second Login", "--issuer", "https://login.example.org", "--client-id", "privity", "--client-secret-file", secretFile);
  assert.deepEqual([made.name, made.has_secret, made.enabled], ["Second Login", true, true]);
  assert.equal((await run("list")).items.length, 2);
  await run("delete", made.id);
  assert.equal((await run("list")).items.length, 1);
  assert.equal((await entries(admin, "identity.provider.deleted"))[0]?.actor.kind, "operator");
});

test("an account there opens nothing until the person has bound it, and then by its subject alone", async () => {
  const stranger = await signIn(firstAdministrator.email);
  assert.match(stranger.location, /^\/sign-in#problem=identity\.external_unlinked/);
  assert.equal(await stateOf(stranger.client), "signed_out");
  assert.equal((await refusals(admin))[0]?.details["reason"], "identity.external_unlinked");

  assert.equal(await link(admin, "account-of-ada"), "/account");
  const { client, location } = await signIn("account-of-ada");
  assert.equal(location, "/");
  const session = (await client.get("/v1/session")).body;
  assert.deepEqual([session.state, session.email], ["signed_in", firstAdministrator.email]);
  assert.equal((await entries(admin, "identity.session.started", 2))[0]?.details["method"], "provider");
  assert.match((await signIn("Account-of-Ada")).location, /external_unlinked/, "a subject is compared as it is");
});

test("one lands on the page that one came for, and on no other site's", async () => {
  assert.equal((await signIn("account-of-ada", "/users?state=active")).location, "/users?state=active");
  const client = new Client(privity.consoleUrl);
  for (const to of ["//login.example.com", "/\\login.example.com", "https://login.example.com/", "login.example.com", "/a\r\nSet-Cookie: a=b", "javascript:alert(1)", ""]) {
    const refused = await client.post(`/v1/session/oidc/${id}/start`, { to });
    assert.equal(refused.status, 400, `${to}: ${refused.text}`);
    assert.equal(refused.headers.getSetCookie().length, 0, to);
  }
});

test("an invitation is accepted with a provider, once, and without a password", async () => {
  const invited = await admin.post("/v1/invitations", { email: "grace@example.org", name: "Grace Example", role_ids: [] });
  const token = invited.body.link.split("#token=")[1];
  const grace = new Client(privity.consoleUrl);
  const started = await grace.post(`/v1/session/oidc/${id}/invitation`, { token });
  assert.equal(started.status, 200, started.text);
  const callback = await provider.signIn(started.body.location, "account-of-grace");
  assert.equal((await grace.visit(callback)).headers.get("location"), "/");
  assert.equal((await grace.get("/v1/me")).body.has_password, false);
  assert.equal(await stateOf((await signIn("account-of-grace")).client), "signed_in");
  assert.equal((await new Client(privity.consoleUrl).post(`/v1/session/oidc/${id}/invitation`, { token })).status, 410);
});

test("somebody else's account cannot be bound a second time", async () => {
  const eve = await join(privity, admin, { email: "eve@example.org", name: "Eve Example" });
  assert.match(await link(eve, "account-of-ada"), /^\/sign-in#problem=identity\.external_taken/);
  assert.deepEqual((await eve.get("/v1/me")).body.providers, []);
});

test("the way back belongs to the browser that left, and works once", async () => {
  const leaving = new Client(privity.consoleUrl);
  const started = await leaving.post(`/v1/session/oidc/${id}/start`, {});
  const callback = await provider.signIn(started.body.location, "account-of-ada");

  const without = new Client(privity.consoleUrl);
  assert.match((await without.visit(callback)).headers.get("location") ?? "", /ticket_invalid/);
  const own = new Client(privity.consoleUrl);
  await own.post(`/v1/session/oidc/${id}/start`, {});
  assert.match((await own.visit(callback)).headers.get("location") ?? "", /oidc_refused&check=state/);
  for (const browser of [without, own]) assert.equal(await stateOf(browser), "signed_out");

  const flow = leaving.cookies().get("privity-flow") ?? "";
  assert.equal((await leaving.visit(callback)).headers.get("location"), "/");
  const again = await new Client(privity.consoleUrl).visit(callback, { cookie: `privity-flow=${flow}` });
  assert.match(again.headers.get("location") ?? "", /ticket_invalid/, "the same answer a second time");
});

test("a disabled person is refused and every session of theirs is over; enabled again, they come in", async () => {
  const { client } = await signIn("account-of-grace");
  const grace = (await admin.get("/v1/users?q=grace")).body.items[0];
  const set = (state: string) => admin.patch(`/v1/users/${grace.id}`, { state }, { "if-match": "*" });
  assert.equal((await set("disabled")).status, 200);
  assert.equal(await stateOf(client), "signed_out");
  const refused = await signIn("account-of-grace");
  assert.match(refused.location, /^\/sign-in#problem=identity\.sign_in_failed/);
  assert.equal(await stateOf(refused.client), "signed_out");
  const [written] = await refusals(admin, 1, ({ details }) => details["user"] === grace.id);
  assert.deepEqual([written?.object.id, written?.details["reason"]], [id, "identity.sign_in_failed"]);
  assert.equal((await set("active")).status, 200);
  assert.equal(await stateOf((await signIn("account-of-grace")).client), "signed_in");
});

test("a provider that is switched off is not offered and signs nobody in, not even who is on the way", async () => {
  const away = new Client(privity.consoleUrl);
  const callback = await provider.signIn((await away.post(`/v1/session/oidc/${id}/start`, {})).body.location, "account-of-ada");
  const set = (enabled: boolean) =>
    admin.put(`/v1/identity-providers/${id}`, { ...provider.configuration("Example Login"), client_secret: undefined, enabled }, { "if-match": "*" });
  assert.equal((await set(false)).status, 200);
  assert.deepEqual((await away.get("/v1/session/providers")).body.items, []);
  assert.equal((await away.post(`/v1/session/oidc/${id}/start`, {})).status, 404);
  assert.match((await away.visit(callback)).headers.get("location") ?? "", /provider_unknown/);
  assert.equal(await stateOf(away), "signed_out");
  assert.equal((await set(true)).status, 200);
  assert.equal(await stateOf((await signIn("account-of-ada")).client), "signed_in", "the secret was kept");
});

test("signing out ends the session on the server", async () => {
  const { client } = await signIn("account-of-ada");
  client.csrfToken = (await client.get("/v1/session")).body.csrf_token;
  const cookie = client.cookies().get("privity") ?? "";
  assert.equal((await client.delete("/v1/session")).status, 204);
  const replayed = await new Client(privity.consoleUrl).get("/v1/session", { cookie: `privity=${cookie}` });
  assert.equal(replayed.body.state, "signed_out");
});

test("what is changed about providers is written down, and only an administrator may", async () => {
  const actions = (await entries(admin, "identity.provider", 5)).filter(({ object }) => object.id === id).map(({ action }) => action);
  assert.deepEqual(actions, ["identity.provider.changed", "identity.provider.changed", "identity.provider.created"]);
  const grace = (await signIn("account-of-grace")).client;
  grace.csrfToken = (await grace.get("/v1/session")).body.csrf_token;
  for (const answer of [
    await grace.get("/v1/identity-providers"),
    await grace.post("/v1/identity-providers", provider.configuration("Mine")),
    await grace.post(`/v1/identity-providers/${id}/test`),
    await grace.delete(`/v1/identity-providers/${id}`),
  ]) {
    assert.equal(answer.status, 403, answer.text);
  }
});

test("removing a provider removes everybody's bond to it", async () => {
  assert.equal((await admin.get(`/v1/identity-providers/${id}`)).body.people, 2);
  assert.equal((await admin.delete(`/v1/identity-providers/${id}`)).status, 204);
  assert.deepEqual((await admin.get("/v1/me")).body.providers, []);
  assert.equal((await entries(admin, "identity.provider.deleted", 2))[0]?.object.id, id);
});
