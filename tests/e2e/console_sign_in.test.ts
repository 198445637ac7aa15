// Signing in, with the keyboard alone: password, authenticator app, recovery code, passkey; and what a wrong one says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, type ConsolePage } from "../support/browser.ts";
import { type Client, firstAdministrator, Privity } from "../support/privity.ts";
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

async function isIn(page: ConsolePage): Promise<void> {
  // Whichever screen one came for.
  await page.sees("button", /your account and settings/);
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
  await page.sees("alert", "");
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
  await isIn(page);
  await page.close();
});

test("a recovery code opens the account once", async () => {
  const [code = ""] = recoveryCodes;
  for (const [attempt, opens] of [["first", true], ["second", false]] as const) {
    const page = await browser.open(privity.consoleUrl);
    await enterPassword(page);
    await page.activate("button", "Use a recovery code instead");
    await page.fill("Recovery code", code);
    await page.press("Enter");
    if (opens) await isIn(page);
    else await page.sees("alert", "");
    assert.ok(true, attempt);
    await page.close();
  }
});

test("a passkey is added", async () => {
  const page = await browser.open(privity.consoleUrl);
  await page.plugInSecurityKey();
  await enterPassword(page);
  await page.activate("button", "Use a recovery code instead");
  await page.fill("Recovery code", recoveryCodes[1] ?? "");
  await page.press("Enter");
  await isIn(page);

  await page.goto("/account");
  await page.fill("Name of the new passkey", "Work laptop");
  await page.press("Enter");
  await page.reads("Passkey Work laptop added");
  await page.isAccessible();
  await page.close();
});
