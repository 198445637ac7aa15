// The first visit, with the keyboard alone: the one-time link, the organization and its administrator, an authenticator app, and in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "../support/browser.ts";
import { firstAdministrator, Privity } from "../support/privity.ts";
import { totpCode } from "../support/totp.ts";

let privity: Privity;
let browser: Browser;

before(async () => {
  [privity, browser] = await Promise.all([Privity.start(), Browser.launch()]);
});
after(async () => {
  await browser.close();
  await privity.stop();
});

test("without the link nobody can set Privity up", async () => {
  const page = await browser.open(privity.consoleUrl);
  await page.goto("/setup");
  await page.reads("It ends with a secret that this address lacks");
  await page.isAccessible();
  await page.close();
});

test("what is missing or wrong is said at its field, and what was typed stays", async () => {
  const page = await browser.open(privity.consoleUrl, { scheme: "dark", width: 320 });
  await page.goto(`/setup#token=${privity.setupToken}`);
  await page.sees("heading", "Set up Privity");
  await page.reads("Step 1 of 2");
  await page.isAccessible();
  await page.activate("button", "Create the account");
  await page.hasFocus("textbox", "Name of your organization");
  await page.describes("Name of your organization", /^This is needed\./);
  await page.fill("Name of your organization", firstAdministrator.organization);
  await page.fill("Your name", firstAdministrator.name);
  await page.fill("E-mail address", "no address");
  await page.fill("Password", firstAdministrator.password);
  await page.activate("button", "Create the account");
  await page.hasFocus("textbox", "E-mail address");
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", "password1");
  await page.activate("button", "Create the account");
  await page.sees("alert", "");
  await page.isAccessible();
  assert.equal(await page.at("textbox", "Your name").inputValue(), firstAdministrator.name);
  await page.close();
});

test("a link that is not the server's own is refused in words", async () => {
  const page = await browser.open(privity.consoleUrl);
  await page.goto("/setup#token=made-up-by-somebody");
  await page.fill("Name of your organization", firstAdministrator.organization);
  await page.fill("Your name", firstAdministrator.name);
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.activate("button", "Create the account");
  await page.sees("alert", "");
  await page.isAccessible();
  await page.close();
});

test("the link leads to an account with a second factor, and works once", async () => {
  const page = await browser.open(privity.consoleUrl);
  await page.goto(`/setup#token=${privity.setupToken}`);
  await page.sees("heading", "Set up Privity");
  assert.equal(new URL(page.page.url()).hash, "", "the secret leaves the address at once");

  await page.fill("Name of your organization", firstAdministrator.organization);
  await page.fill("Your name", firstAdministrator.name);
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.activate("button", "Create the account");

  await page.sees("heading", "Protect your account");
  await page.activate("button", "Set up an authenticator app");
  await page.sees("img", "QR code for the authenticator app");
  const secret = await page.page.locator("code").first().innerText();
  await page.fill("Six-digit code", totpCode(secret));
  await page.press("Enter");
  await page.sees("list", "Recovery codes");
  await page.isAccessible();
  await page.activate("button", "I have kept them");
  await page.sees("heading", `Welcome, ${firstAdministrator.name}`);
  const stored = await page.stored();
  assert.ok(!stored.includes(firstAdministrator.email) && !stored.includes(secret), "nothing personal stays in the browser");
  await page.close();

  const second = await browser.open(privity.consoleUrl);
  await second.goto(`/setup#token=${privity.setupToken}`);
  await second.sees("heading", "Privity is set up already");
  await second.close();
});

test("whoever leaves the second factor for later is in, and signs in again with the password", async () => {
  const other = await Privity.start();
  const page = await browser.open(other.consoleUrl);
  await page.goto(`/setup#token=${other.setupToken}`);
  await page.fill("Name of your organization", "Sample Works");
  await page.choose("Time zone", "Europe/Berlin");
  await page.fill("Your name", firstAdministrator.name);
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.activate("button", "Create the account");
  await page.sees("heading", "Protect your account");
  await page.reads("Step 2 of 2");
  await page.isAccessible();
  await page.activate("button", "Not now");
  await page.sees("heading", `Welcome, ${firstAdministrator.name}`);
  const told = await other.cli("organization", "show", "--json");
  const organization = JSON.parse(told.stdout) as { name: string; time_zone: string };
  assert.deepEqual([organization.name, organization.time_zone], ["Sample Works", "Europe/Berlin"]);
  await page.close();

  const again = await browser.open(other.consoleUrl);
  await again.goto("/");
  await again.fill("E-mail address", firstAdministrator.email);
  await again.fill("Password", firstAdministrator.password);
  await again.press("Enter");
  await again.sees("heading", `Welcome, ${firstAdministrator.name}`);
  await again.close();
  await other.stop();
});
