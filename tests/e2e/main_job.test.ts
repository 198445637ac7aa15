// The main job from both ends, by keyboard: somebody asks in the portal for the erasure of their data and proves who they are; the
// company plans, approves and carries it out in its console and answers; the certificate that each of them downloads is checked in the
// portal and on the command line, without anything but the file and the company's key.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Portal } from "../support/portal.ts";
import { makeStores, scanned } from "../support/stores.ts";

const stores = makeStores();
let portal: Portal;
let hers: ConsolePage;
let staffs: ConsolePage;

before(async () => {
  portal = await Portal.start(stores.environment);
  await scanned(portal.administrator, "Web shop", `sqlite://${stores.shop}`, { writing_granted: true });
  staffs = await portal.openConsole();
});
after(async () => {
  await portal?.stop();
  stores.remove();
});

const customers = () => execFileSync("sqlite3", [stores.shop, "SELECT * FROM customer ORDER BY id"], { encoding: "utf8" });
const ben = "2|Ben Sample|ben@example.org|+49 30 901821|Asthma\n";
const cara = "3|Cara Muster|cara@example.org|+49 30 901822|Diabetes\n";

test("somebody asks for the erasure of their data and proves who they are", async () => {
  hers = await portal.open("/ask");
  await hers.pick("Where do you live?", "Germany");
  await hers.select("Erase my data");
  await hers.fill("Your e-mail address", "ada@example.org");
  await hers.activate("button", "Send the request");
  await hers.sees("heading", "Prove that it is you");
  await hers.fill("Code from the e-mail", await portal.code("ada@example.org"));
  await hers.activate("button", "Confirm");
  await hers.activate("link", /^Open: Erase my data/);
  await hers.sees("heading", "We know that it is you");
  assert.equal(await hers.at("link", "Download the signed certificate").count(), 0);
});

test("the company finds them, approves what becomes of their data, and has it done", async () => {
  await staffs.goto("/requests");
  await staffs.activate("link", /^[0-9a-f]{8}$/);
  for (const step of ["Make the plan", "Approve this plan", "Carry out the plan"]) await staffs.activate("button", step);
  await staffs.reads("Nothing is left");
  assert.equal(customers(), ben + cara);
  await staffs.activate("button", "Answer");
  await staffs.fill("What the person reads", "Your data is deleted.");
  await staffs.activate("button", "Send to the person");
  await staffs.sees("link", "Certificate of what was done");
  await staffs.isAccessible();
});

async function downloaded(page: ConsolePage, link: string): Promise<{ path: string; text: string }> {
  const [download] = await Promise.all([page.page.waitForEvent("download"), page.activate("link", link)]);
  const path = await download.path();
  return { path, text: readFileSync(path, "utf8") };
}

test("both download the same certificate, and anybody can check it where the company says", async () => {
  const staffsFile = await downloaded(staffs, "Certificate of what was done");
  await hers.page.reload();
  const hersFile = await downloaded(hers, "Download the signed certificate");
  assert.equal(hersFile.text, staffsFile.text);

  const address = new URL(await staffs.at("region", "Rights request").getByText(/\/verify$/).innerText());
  assert.equal(address.pathname, "/verify");
  const anybody = await portal.open(address.pathname);
  await anybody.page.getByLabel(/^Certificate/).setInputFiles({ name: "certificate.json", mimeType: "application/json", buffer: Buffer.from(hersFile.text) });
  await anybody.activate("button", "Check");
  await anybody.reads("The certificate is genuine");
  await anybody.isAccessible();
  const key = await anybody.at("textbox", "Key of the company").inputValue();
  const checked = await portal.privity.cli("certificate", "verify", hersFile.path, "--key", key);
  assert.equal(checked.code, 0, checked.stderr);
  await anybody.close();
});

test("neither page reported anything", async () => {
  await hers.close();
  await staffs.close();
});
