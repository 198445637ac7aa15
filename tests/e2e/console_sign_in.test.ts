// Signing in, with the keyboard alone: password, authenticator app, recovery code, passkey; and what a wrong one says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, type ConsolePage, type SecurityKey } from "../support/browser.ts";
import { refusals } from "../support/identity.ts";
import { Client, firstAdministrator, Privity } from "../support/privity.ts";
import { totpCode } from "../support/totp.ts";

let privity: Privity;
let browser: Browser;
let administrator: Client;
let secret: string;
let recoveryCodes: string[];

before(async () => {
  [privity, browser] = await Promise.all([Privity.start(), Browser.launch()]);
  administrator = await privity.setUp();
});
after(async () => {
  await browser.close();
  await privity.stop();
});

async function enterPassword(page: ConsolePage, password = firstAdministrator.password): Promise<void> {
  await page.goto("/sign-in");
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", password);
  await page.press("Enter");
}

// Whoever came for no screen in particular lands on the first.
async function isHome(page: ConsolePage): Promise<void> {
  await page.sees("heading", `Welcome, ${firstAdministrator.name}`);
  assert.equal(new URL(page.page.url()).pathname, "/");
}

async function signOut(page: ConsolePage): Promise<void> {
  await page.activate("button", /your account and settings/);
  await page.sees("menuitem", "Sign out");
  await page.press("ArrowUp", "Enter");
  await page.sees("heading", "Sign in");
}

test("a password opens the page that one came for", async () => {
  const page = await browser.open(privity.consoleUrl);
  await page.goto("/users");
  await page.sees("heading", "Sign in");
  await page.isAccessible();
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.press("Enter");
  await page.sees("heading", "Users");
  const session = (await page.cookies()).find((cookie) => cookie.name.includes("privity"));
  assert.ok(session?.httpOnly === true && session.sameSite !== "None", "scripts cannot read the session's cookie");
  await page.close();
});

test("a wrong password is refused in words, and keeps the address typed", async () => {
  const page = await browser.open(privity.consoleUrl);
  await enterPassword(page, "not the password at all");
  await page.reads("Signing in did not work.");
  await page.isAccessible();
  assert.equal(await page.at("textbox", "E-mail address").inputValue(), firstAdministrator.email);
  assert.equal(await page.at("textbox", "Password").inputValue(), "");
  await page.close();
});

test("with an authenticator app, the password alone opens nothing", async () => {
  const enrolment = await administrator.post("/v1/me/totp");
  secret = enrolment.body.secret;
  const confirmed = await administrator.post("/v1/me/totp/confirm", { code: totpCode(secret) });
  recoveryCodes = confirmed.body.codes;

  const page = await browser.open(privity.consoleUrl);
  await enterPassword(page);
  await page.sees("heading", "One more step");
  await page.isAccessible();
  await page.goto("/users");
  await page.sees("heading", "One more step");
  // The code that set the app up has been used; the next one is good within the allowed drift.
  await page.fill("Six-digit code", totpCode(secret, 1));
  await page.press("Enter");
  await page.sees("heading", "Users");
  await page.close();
});

test("a recovery code opens the account once", async () => {
  const [code = ""] = recoveryCodes;
  for (const opens of [true, false]) {
    const page = await browser.open(privity.consoleUrl);
    await enterPassword(page);
    await page.activate("button", "Use a recovery code instead");
    await page.fill("Recovery code", code);
    await page.press("Enter");
    if (opens) await isHome(page);
    else await page.reads("Signing in did not work.");
    await page.close();
  }
});

// --- Passkeys: one browser with one key, from adding it to removing it ---

let page: ConsolePage;
let key: SecurityKey;

test("a passkey is added", async () => {
  page = await browser.open(privity.consoleUrl);
  key = await page.plugInSecurityKey();
  await enterPassword(page);
  await page.activate("button", "Use a recovery code instead");
  await page.fill("Recovery code", recoveryCodes[1] ?? "");
  await page.press("Enter");
  await isHome(page);

  await page.goto("/account");
  await page.fill("Name of the new passkey", "Work laptop");
  await page.press("Enter");
  await page.reads("Passkey Work laptop added");
  await page.isAccessible();
});

test("the passkey alone opens the account, and its answer works once", async () => {
  await signOut(page);
  await page.isAccessible();
  await page.page.evaluate(() => {
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      if (input instanceof Request && input.url.endsWith("/v1/session/passkey")) Object.assign(globalThis, { sent: await input.clone().text() });
      return fetch(input, init);
    };
  });
  await page.activate("button", "Use a passkey");
  await isHome(page);

  const sent = await page.page.evaluate(() => (globalThis as unknown as { sent: string }).sent);
  const replayed = await new Client(privity.consoleUrl).post("/v1/session/passkey", JSON.parse(sent));
  assert.deepEqual([replayed.status, replayed.body.code], [400, "identity.ticket_invalid"], replayed.text);
});

test("the passkey opens the page that one came for", async () => {
  await signOut(page);
  await page.goto("/roles");
  await page.sees("heading", "Sign in");
  await page.activate("button", "Use a passkey");
  await page.sees("heading", "Roles");
});

test("after the password the passkey is the second step", async () => {
  await signOut(page);
  await enterPassword(page);
  await page.sees("heading", "One more step");
  await page.activate("button", "Use a passkey");
  await isHome(page);
});

test("a person whom the authenticator does not verify stays outside", async () => {
  await signOut(page);
  await key.verifies(false);
  await page.activate("button", "Use a passkey");
  await page.reads("The passkey was not used.");
  await page.isAccessible();
  await key.verifies(true);
});

test("a challenge that is not the server's opens nothing", async () => {
  const forged = Buffer.alloc(96, 7).toString("base64url");
  await page.page.route("**/v1/session/passkey/options", async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { public_key: { ...answer.public_key, challenge: forged } } });
  });
  await page.goto("/sign-in");
  await page.activate("button", "Use a passkey");
  await page.reads("This step of signing in has expired.");
  await page.page.unroute("**/v1/session/passkey/options");
});

test("at another address of the same server the passkey does not answer", async () => {
  const elsewhere = new URL(privity.consoleUrl);
  elsewhere.hostname = "127.0.0.1";
  await page.goto(new URL("/sign-in", elsewhere).href);
  await page.activate("button", "Use a passkey");
  await page.reads("The passkey was not used.");
});

test("a passkey that was copied is refused and written down", async () => {
  await page.goto("/sign-in");
  await key.countsFrom(0);
  await page.activate("button", "Use a passkey");
  await page.reads("The passkey was refused, because it may have been copied.");
  const [entry] = await refusals(administrator, 1, ({ details }) => details["method"] === "passkey");
  assert.equal(entry?.details["reason"], "identity.passkey_cloned");
  await key.countsFrom(100);
});

test("a removed passkey opens nothing any more", async () => {
  await page.goto("/sign-in");
  await page.activate("button", "Use a passkey");
  await isHome(page);
  await page.goto("/account");
  await page.activate("button", "Remove the passkey Work laptop");
  await page.sees("heading", "Remove the passkey Work laptop?");
  await page.isAccessible();
  await page.press("Tab", "Enter");
  await page.reads("Passkey Work laptop removed");
  await signOut(page);
  await page.activate("button", "Use a passkey");
  await page.reads("Signing in did not work.");
  await page.close();
});
