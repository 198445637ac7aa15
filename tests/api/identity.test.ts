// Who may come in and what each may hand out, through the real binary: limits of guessing, invitations, the end of sessions, and
// that nobody makes anybody stronger than himself.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { entries, join, tokenIn } from "../support/identity.ts";
import { Client, firstAdministrator, Privity } from "../support/privity.ts";

const wrong = "nine tall ships rest at dusk";
const password = firstAdministrator.password;

let names = 0; // of people who do not exist
let privity: Privity;
let admin: Client;

before(async () => {
  privity = await Privity.start({ environment: { PRIVITY_TRUSTED_PROXIES: "127.0.0.1" } });
  admin = await privity.setUp();
});
after(async () => {
  await privity.stop();
});

/** A browser as the proxy in front sees it. */
function browserAt(address: string): Client {
  const client = new Client(privity.consoleUrl);
  client.headers["x-forwarded-for"] = address;
  return client;
}

async function signIn(email: string, tried = password, client = browserAt("192.0.2.1")): Promise<Client> {
  const answer = await client.post("/v1/session/password", { email, password: tried });
  assert.equal(answer.status, 200, answer.text);
  client.csrfToken = answer.body.csrf_token;
  return client;
}

async function idOf(email: string): Promise<string> {
  return (await admin.get(`/v1/users?q=${encodeURIComponent(email)}`)).body.items[0].id;
}

async function stateOf(client: Client): Promise<string> {
  return (await client.get("/v1/session")).body.state;
}

// --- Guessing ---

test("ten guesses at one account are free, then one waits: from every address, known name or not", async () => {
  await join(privity, admin, { email: "guessed@example.org", name: "Guessed Example" });
  for (const email of ["guessed@example.org", "nobody@example.org"]) {
    const answers = [];
    for (let i = 0; i < 12; i++) {
      answers.push(await browserAt(`198.51.100.${i}`).post("/v1/session/password", { email: i % 2 ? email : email.toUpperCase(), password: wrong }));
    }
    assert.deepEqual(answers.map(({ status }) => status), [...Array(10).fill(401), 429, 429], email);
    assert.equal(answers[11]?.body.code, "identity.too_many_attempts");
    assert.ok(Number(answers[11]?.headers.get("retry-after")) > 0);
  }
  const right = await browserAt("203.0.113.9").post("/v1/session/password", { email: "guessed@example.org", password });
  assert.equal(right.status, 429, "the right password is not tried either");
});

test("the owner's own browser, a link for a new password and an administrator are not locked out with the guesser", async () => {
  const owner = await join(privity, admin, { email: "owner@example.org", name: "Owner Example" });
  for (let i = 0; i < 11; i++) await browserAt("198.51.100.77").post("/v1/session/password", { email: "owner@example.org", password: wrong });
  await signIn("owner@example.org", password, owner);
  const link = await admin.post(`/v1/users/${await idOf("owner@example.org")}/password-link`);
  const reset = await browserAt("192.0.2.3").post("/v1/session/link", { token: tokenIn(link.body.link), password: wrong });
  assert.equal(reset.status, 200, reset.text);
  await signIn("owner@example.org", wrong, browserAt("192.0.2.4"));
});

test("one address has fifty failures, as the trusted proxy names it, and a forged name of an address counts for nothing", async () => {
  const tries = (from: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => browserAt(from).post("/v1/session/password", { email: `somebody-${(names += 1)}@example.org`, password: wrong })));
  const answers = [];
  for (let round = 0; round < 10; round++) answers.push(...(await tries(`203.0.113.${round}, 198.51.100.200`, 5)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]));
  const [next] = await tries("192.0.2.99, 198.51.100.200", 1);
  assert.equal(next?.status, 429);
  const [elsewhere] = await tries("198.51.100.201", 1);
  assert.equal(elsewhere?.status, 401);
});

test("without a trusted proxy the field is nobody's word", async () => {
  const direct = await Privity.start();
  try {
    await direct.setUp();
    const statuses = [];
    for (let i = 0; i < 51; i++) {
      const stranger = new Client(direct.consoleUrl);
      stranger.headers["x-forwarded-for"] = `198.51.100.${i}`;
      statuses.push((await stranger.post("/v1/session/password", { email: `somebody-${i}@example.org`, password: wrong })).status);
    }
    assert.deepEqual([statuses.indexOf(429), statuses.at(-1)], [50, 429]);
  } finally {
    await direct.stop();
  }
});

// --- The end of sessions ---

test("a change of password, of roles or of state ends every other session and token with the next request", async () => {
  const email = "epoch@example.org";
  await join(privity, admin, { email, name: "Epoch Example", role_ids: [await roleId("Administrator")] });
  const id = await idOf(email);
  const patch = (body: object) => admin.patch(`/v1/users/${id}`, body, { "if-match": "*" });
  const changes: [name: string, act: (acting: Client) => Promise<{ status: number; text: string }>, survives: boolean][] = [
    ["password", (acting) => acting.put("/v1/me/password", { current_password: password, new_password: wrong }), true],
    ["password by link", async () => {
      const link = await admin.post(`/v1/users/${id}/password-link`);
      return browserAt("192.0.2.5").post("/v1/session/link", { token: tokenIn(link.body.link), password });
    }, false],
    ["roles", () => patch({ role_ids: [] }), false],
    ["address", () => patch({ email: "epoch-2@example.org" }), false],
    ["state", () => patch({ state: "disabled" }), false],
  ];
  let [address, secret] = [email, password];
  for (const [name, act, survives] of changes) {
    const [here, elsewhere] = [await signIn(address, secret), await signIn(address, secret)];
    const token = name === "address" || name === "state" ? undefined : await privity.withToken(here, ["tokens.read"]);
    const done = await act(here);
    assert.ok(done.status < 300, `${name}: ${done.text}`);
    assert.equal(await stateOf(elsewhere), "signed_out", name);
    assert.equal(await stateOf(here), survives ? "signed_in" : "signed_out", name);
    if (token !== undefined) assert.equal((await token.get("/v1/tokens")).status, 401, name);
    if (name === "password") secret = wrong;
    if (name === "password by link") secret = password;
    if (name === "address") address = "epoch-2@example.org";
  }
  const refused = await browserAt("192.0.2.6").post("/v1/session/password", { email: address, password });
  assert.equal(refused.status, 401, "a disabled person");
});

test("a changed name ends nothing", async () => {
  const client = await join(privity, admin, { email: "name@example.org", name: "Before Example" });
  assert.equal((await admin.patch(`/v1/users/${await idOf("name@example.org")}`, { name: "After Example" }, { "if-match": "*" })).status, 200);
  assert.equal(await stateOf(client), "signed_in");
});

// --- Invitations ---

test("an invitation works once, a renewed one ends the first, a withdrawn one is dead, and each step is written down", async () => {
  const invited = await admin.post("/v1/invitations", { email: "invited@example.org", name: "Invited Example", role_ids: [] });
  assert.equal(invited.status, 201, invited.text);
  const accept = (link: string) => browserAt("192.0.2.8").post("/v1/session/link", { token: tokenIn(link), password });
  assert.equal((await browserAt("192.0.2.8").post("/v1/session/password", { email: "invited@example.org", password })).status, 401, "not in before accepting");

  const renewed = await admin.post(`/v1/invitations/${invited.body.id}/renew`);
  assert.equal(renewed.status, 200, renewed.text);
  assert.equal((await accept(invited.body.link)).status, 410);
  const look = await browserAt("192.0.2.8").post("/v1/session/link/look", { token: tokenIn(renewed.body.link) });
  assert.deepEqual([look.body.kind, look.body.email], ["invitation", "invited@example.org"]);
  assert.equal((await accept(renewed.body.link)).status, 200);
  assert.equal((await accept(renewed.body.link)).status, 410);

  const other = await admin.post("/v1/invitations", { email: "withdrawn@example.org", name: "Withdrawn Example", role_ids: [] });
  assert.equal((await admin.delete(`/v1/invitations/${other.body.id}`)).status, 204);
  assert.equal((await accept(other.body.link)).status, 410);
  for (const action of ["identity.user.invited", "identity.invitation.renewed", "identity.user.joined", "identity.invitation.withdrawn"]) {
    assert.ok(!JSON.stringify(await entries(admin, action)).includes("example.org"), "an entry names nobody");
  }
});

// --- Nobody makes anybody stronger than himself ---

async function roleId(name: string): Promise<string> {
  const roles = (await admin.get("/v1/roles?limit=100")).body.items as { id: string; name: string }[];
  const found = roles.find((role) => role.name.toLowerCase() === name.toLowerCase());
  assert.ok(found, `the role ${name}`);
  return found.id;
}

test("whoever manages people hands out only what he holds, by any way", async () => {
  const held = ["users.read", "users.write", "roles.read", "roles.write", "tokens.read", "tokens.write", "identity_providers.read", "identity_providers.write"];
  const made = await admin.post("/v1/roles", { name: "Personnel", description: "", permissions: held });
  assert.equal(made.status, 201, made.text);
  const personnel = made.body.id;
  const clerk = await join(privity, admin, { email: "clerk@example.org", name: "Clerk Example", role_ids: [personnel] });
  const [own, boss, administrator] = [await idOf("clerk@example.org"), await idOf(firstAdministrator.email), await roleId("Administrator")];
  const provider = await admin.post("/v1/identity-providers", { name: "Login", issuer: "https://login.example.org", client_id: "privity" });

  const version = { "if-match": "*" };
  const attempts: [name: string, act: () => Promise<{ status: number; text: string; body: any }>][] = [
    ["inviting an administrator", () => clerk.post("/v1/invitations", { email: "eve@example.org", name: "Eve", role_ids: [administrator] })],
    ["raising himself", () => clerk.patch(`/v1/users/${own}`, { role_ids: [personnel, administrator] }, version)],
    ["taking the administrator's roles", () => clerk.patch(`/v1/users/${boss}`, { role_ids: [personnel] }, version)],
    ["disabling the administrator", () => clerk.patch(`/v1/users/${boss}`, { state: "disabled" }, version)],
    ["taking over the administrator's address", () => clerk.patch(`/v1/users/${boss}`, { email: "eve@example.org" }, version)],
    ["a link for the administrator's password", () => clerk.post(`/v1/users/${boss}/password-link`)],
    ["removing the administrator's second factors", () => clerk.delete(`/v1/users/${boss}/second-factors`)],
    ["removing the administrator", () => clerk.delete(`/v1/users/${boss}`)],
    ["a role with more", () => clerk.post("/v1/roles", { name: "More", description: "", permissions: [...held, "ledger.read"] })],
    ["widening his own role", () => clerk.put(`/v1/roles/${personnel}`, { name: "Personnel", description: "", permissions: [...held, "ledger.read"] }, version)],
    ["a token with more", () => clerk.post("/v1/tokens", { name: "more", permissions: ["ledger.read"], expires_in_days: 1 })],
  ];
  for (const [name, act] of attempts) {
    const answer = await act();
    assert.deepEqual([answer.status, answer.body.code], [403, "identity.grant_exceeds_own"], `${name}: ${answer.text}`);
  }
  assert.equal(await stateOf(admin), "signed_in", "nothing of it happened to the administrator");
  assert.deepEqual((await clerk.get("/v1/session")).body.permissions.toSorted(), held.toSorted());

  // What he holds he may hand out, and a provider that nobody stronger is bound to he may change.
  assert.equal((await clerk.post("/v1/invitations", { email: "mate@example.org", name: "Mate", role_ids: [personnel] })).status, 201);
  const changed = { name: "Login 2", issuer: "https://login.example.org", client_id: "privity" };
  assert.equal((await clerk.put(`/v1/identity-providers/${provider.body.id}`, changed, version)).status, 200);
});

test("a token does no more than its owner may at that moment, and makes no tokens and no people", async () => {
  const owner = await join(privity, admin, { email: "program@example.org", name: "Program Example", role_ids: [await roleId("Administrator")] });
  const token = await privity.withToken(owner, ["users.read", "users.write", "tokens.read", "tokens.write"]);
  assert.equal((await token.get("/v1/users")).status, 200);
  assert.equal((await token.get("/v1/ledger/entries")).status, 403, "not named by the token");
  assert.equal((await token.post("/v1/tokens", { name: "child", permissions: ["users.read"], expires_in_days: 1 })).status, 403);
  const invited = await token.post("/v1/invitations", { email: "eve@example.org", name: "Eve", role_ids: [await roleId("Administrator")] });
  assert.deepEqual([invited.status, invited.body.code], [403, "identity.grant_exceeds_own"]);
});
