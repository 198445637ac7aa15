// Sign-in providers in the console, with the keyboard alone: configured, tested, bound, used, refused, switched off and removed; with
// npm's oidc-provider on another site than the console.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, type ConsolePage } from "../support/browser.ts";
import { join } from "../support/identity.ts";
import { OidcProvider } from "../support/oidc_provider.ts";
import { type Client, firstAdministrator, Privity } from "../support/privity.ts";

let privity: Privity;
let browser: Browser;
let provider: OidcProvider;
let administrator: Client;
let page: ConsolePage; // the administrator's browser

before(async () => {
  [privity, browser] = await Promise.all([Privity.start(), Browser.launch()]);
  provider = await OidcProvider.start(`${privity.consoleUrl}/v1/session/oidc/callback`);
  administrator = await privity.setUp();
});
after(async () => {
  await browser.close();
  await provider.stop();
  await privity.stop();
});

async function signInByPassword(at: ConsolePage, path: string, email = firstAdministrator.email): Promise<void> {
  await at.goto(path);
  await at.fill("E-mail address", email);
  await at.fill("Password", firstAdministrator.password);
  await at.press("Enter");
}

async function signOut(at: ConsolePage): Promise<void> {
  await at.activate("button", /your account and settings/);
  await at.sees("menuitem", "Sign out");
  await at.press("ArrowUp", "Enter");
  await at.sees("heading", "Sign in");
}

async function signInAtProvider(at: ConsolePage, account: string): Promise<void> {
  await at.sees("heading", "Example Login");
  await at.fill("Account", account);
  await at.press("Enter");
}

test("without one the list says what a provider is for", async () => {
  page = await browser.open(privity.consoleUrl);
  await signInByPassword(page, "/identity-providers");
  await page.sees("heading", "Sign-in providers");
  await page.sees("heading", "No provider yet");
  await page.isAccessible();
});

test("a provider is added and its connection tested; the secret is never shown again", async () => {
  await page.activate("link", "Add a provider");
  await page.sees("heading", "Add a provider");
  await page.reads(`${privity.consoleUrl}/v1/session/oidc/callback`);
  await page.isAccessible();
  await page.fill("Name", "Example Login");
  await page.fill("Issuer", provider.issuer);
  await page.fill("Client id", "privity");
  await page.fill("Client secret", provider.clientSecret);
  await page.fill("Private networks", "127.0.0.0/8", "combobox");
  await page.press("Enter");
  await page.activate("button", "Save");
  await page.sees("heading", "Example Login");
  await page.reads("A secret is kept.");
  assert.equal(await page.at("textbox", "Client secret").inputValue(), "");
  assert.ok(!(await page.page.content()).includes(provider.clientSecret));

  await page.activate("button", "Test the connection");
  await page.reads("The provider answers as it should.");
  await page.reads(`${provider.issuer}/token`);
  await page.isAccessible();
});

test("a test that fails says why", async () => {
  const made = await administrator.post("/v1/identity-providers", { name: "Nowhere", issuer: "https://127.0.0.1:9", client_id: "privity", enabled: false });
  await page.goto(`/identity-providers/${made.body.id}`);
  await page.activate("button", "Test the connection");
  await page.reads("The sign-in provider cannot be used.");
  await page.isAccessible();
  await page.activate("button", "Remove");
  await page.sees("heading", "Remove Nowhere?");
  await page.press("Tab", "Enter");
  await page.reads("Provider Nowhere removed");
  await page.sees("heading", "Sign-in providers");
});

test("list and provider are readable in the dark, in the light and on a small screen", async () => {
  const { id } = (await administrator.get("/v1/identity-providers")).body.items[0];
  for (const options of [{ scheme: "dark" }, { scheme: "light" }, { width: 320 }] as const) {
    const other = await browser.open(privity.consoleUrl, options);
    await signInByPassword(other, "/identity-providers");
    await other.sees("link", "Example Login");
    await other.isAccessible();
    await other.goto(`/identity-providers/${id}`);
    await other.sees("heading", "Example Login");
    await other.sees("textbox", "Issuer");
    await other.isAccessible();
    await other.goto("/account");
    await other.sees("button", "Link an account at Example Login");
    await other.isAccessible();
    await other.close();
  }
});

test("a person binds the own account there, and then it opens the page that one came for", async () => {
  await page.goto("/account");
  await page.activate("button", "Link an account at Example Login");
  await signInAtProvider(page, "account-of-ada");
  await page.sees("heading", "My account");
  await page.sees("button", "Unlink Example Login");
  await signOut(page);
  await page.goto("/users");
  await page.activate("button", "Continue with Example Login");
  await page.sees("heading", "Users");
  await signOut(page);
  await page.goto("/sign-in");
  await page.activate("button", "Continue with Example Login");
  await page.sees("heading", `Welcome, ${firstAdministrator.name}`);
});

test("an invited person joins with the provider instead of a password", async () => {
  const invited = await administrator.post("/v1/invitations", { email: "grace@example.org", name: "Grace Example", role_ids: [] });
  const grace = await browser.open(privity.consoleUrl);
  await grace.goto(invited.body.link);
  await grace.reads("Grace Example");
  await grace.isAccessible();
  await grace.activate("button", "Continue with Example Login");
  await signInAtProvider(grace, "account-of-grace");
  await grace.sees("heading", "Welcome, Grace Example");
  await grace.close();
});

test("who has only a provider proves it there anew when a step wants a fresh proof", async () => {
  const grace = await browser.open(privity.consoleUrl);
  await grace.goto("/sign-in");
  await grace.activate("button", "Continue with Example Login");
  await signInAtProvider(grace, "account-of-grace");
  await grace.sees("heading", "Welcome, Grace Example");
  await grace.goto("/account");
  // A quarter of an hour later.
  await grace.page.route("**/v1/me/providers/*", (route) => route.fulfill({ status: 403, json: { code: "identity.proof_needed", status: 403 } }));
  await grace.activate("button", "Unlink Example Login");
  await grace.sees("heading", "Unlink Example Login?");
  await grace.press("Tab", "Enter");
  await grace.sees("heading", "Is it still you?");
  await grace.isAccessible();
  await grace.activate("button", "Continue with Example Login");
  await grace.sees("heading", "My account");
  await grace.close();
});

test("an account that nobody has bound is told what to do", async () => {
  const stranger = await browser.open(privity.consoleUrl);
  await stranger.goto("/users");
  await stranger.activate("button", "Continue with Example Login");
  await signInAtProvider(stranger, "account-of-eve");
  await stranger.sees("heading", "Sign in");
  await stranger.reads("No account here is bound to that account.");
  assert.equal(new URL(stranger.page.url()).hash, "");
  await stranger.isAccessible();
  await stranger.close();
});

test("a disabled person is refused", async () => {
  const { id } = (await administrator.get("/v1/users?q=grace")).body.items[0];
  await administrator.patch(`/v1/users/${id}`, { state: "disabled" }, { "if-match": "*" });
  const grace = await browser.open(privity.consoleUrl);
  await grace.goto("/sign-in");
  await grace.activate("button", "Continue with Example Login");
  await signInAtProvider(grace, "account-of-grace");
  await grace.reads("Signing in did not work.");
  await grace.goto("/users");
  await grace.sees("heading", "Sign in");
  await grace.close();
});

test("a link made by somebody else shows nothing but our own words", async () => {
  const stranger = await browser.open(privity.consoleUrl);
  await stranger.goto("/sign-in#problem=identity.oidc_refused&check=" + encodeURIComponent("<b>call https://login.example.com</b>"));
  await stranger.reads("Signing in at the provider did not work.");
  assert.ok(!(await stranger.page.locator("main").innerText()).includes("login.example.com"));
  await stranger.close();
});

test("whoever may not see providers sees the forbidden face and no entry", async () => {
  await join(privity, administrator, { email: "eve@example.org", name: "Eve Example" });
  const eve = await browser.open(privity.consoleUrl);
  await signInByPassword(eve, "/identity-providers", "eve@example.org");
  await eve.sees("heading", "Your role does not include this");
  assert.equal(await eve.page.getByRole("link", { name: "Sign-in providers" }).count(), 0);
  await eve.isAccessible();
  await eve.close();
});

test("an account that belongs to somebody else is not bound, and one is told so", async () => {
  const eve = await browser.open(privity.consoleUrl);
  await signInByPassword(eve, "/account", "eve@example.org");
  await eve.activate("button", "Link an account at Example Login");
  await signInAtProvider(eve, "account-of-ada");
  await eve.sees("heading", "My account");
  await eve.reads("That account at the provider is bound to somebody else.");
  assert.equal(new URL(eve.page.url()).hash, "");
  await eve.isAccessible();
  await eve.close();
});

test("switched off it is not offered, and one step takes that back", async () => {
  const offered = async () => (await administrator.get("/v1/session/providers")).body.items.length;
  await page.goto("/identity-providers");
  await page.activate("link", "Example Login");
  await page.activate("button", "Switch off");
  await page.reads("Nobody signs in with Example Login any more");
  await page.sees("button", "Switch on");
  assert.equal(await offered(), 0);
  await page.activate("button", "Undo");
  await page.sees("button", "Switch off");
  assert.equal(await offered(), 1);
});

test("unlinked it opens nothing; removed it is gone", async () => {
  await page.goto("/account");
  await page.activate("button", "Unlink Example Login");
  await page.sees("heading", "Unlink Example Login?");
  await page.press("Tab", "Enter");
  await page.reads("Example Login unlinked");
  await page.goto("/identity-providers");
  await page.activate("link", "Example Login");
  await page.activate("button", "Remove");
  await page.reads("1 person signs in with it and loses that way in.");
  await page.press("Tab", "Enter");
  await page.reads("Provider Example Login removed");
  await page.sees("heading", "No provider yet");
  await page.close();
});
