// Every page of the portal, judged by axe in both themes, wide and on 320 pixels, in four languages and written from the right; a
// certificate checked in the browser; the pages without a server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Portal } from "../support/portal.ts";
import { signedCertificate, verifierKey } from "../support/sign_certificate.ts";

const corpus = join(import.meta.dirname, "../corpora/certificates");
const titles = {
  en: ["Your data at Example Trading", "Make a request", "Prove that it is you", "Check a certificate"],
  de: ["Ihre Daten bei Example Trading", "Antrag stellen", "Weisen Sie nach, dass Sie es sind", "Bescheinigung prüfen"],
  fr: ["Vos données chez Example Trading", "Faire une demande", "Prouvez que c’est vous", "Vérifier une attestation"],
  es: ["Sus datos en Example Trading", "Hacer una solicitud", "Demuestre que es usted", "Comprobar un certificado"],
} as const;
const paths = ["/", "/ask?place=DE&right=erasure", "/prove", "/verify"] as const;

let portal: Portal;
let request: string;
let signedIn: ConsolePage;

before(async () => {
  portal = await Portal.start();
  const content = { email: "ben@example.org", name: "Ben Example", details: "What do you hold on me?" };
  request = String((await portal.post("/v1/rights/requests", { law: "eu-gdpr", right: "access", language: "de", content }))["id"]);
  signedIn = await portal.open("/prove");
  await signedIn.fill("Your e-mail address", "ben@example.org");
  await signedIn.activate("button", "Send me a code");
  await signedIn.fill("Code from the e-mail", await portal.code("ben@example.org"));
  await signedIn.activate("button", "Confirm");
  await signedIn.sees("link", /^Open: See my data/);
});
after(async () => {
  await portal.stop();
});

async function inEveryFace(page: ConsolePage): Promise<void> {
  for (const scheme of ["dark", "light"] as const) {
    await page.page.emulateMedia({ colorScheme: scheme });
    for (const viewport of [{ width: 1280, height: 900 }, { width: 320, height: 256 }]) {
      await page.page.setViewportSize(viewport);
      await page.isAccessible();
    }
  }
}

for (const [language, pages] of Object.entries(titles)) {
  test(`${language}: every page speaks it, as the browser wants, and is accessible`, async () => {
    const page = await portal.open("/", { language });
    for (const [at, path] of paths.entries()) {
      await page.goto(path);
      await page.sees("heading", pages[at]!);
      assert.equal(await page.page.locator("html").getAttribute("lang"), language);
      await inEveryFace(page);
    }
    await page.close();
  });
}

test("two rights of a law that are one kind of request are told apart, and say what they are against", async () => {
  const page = await portal.open("/ask?place=US-CA");
  await page.sees("radio", "Do not share my data for advertising");
  await inEveryFace(page);
  await page.at("radio", "Do not sell my data").focus();
  await page.press("Space");
  assert.equal(await page.page.getByLabel("What should we stop?").isVisible(), false, "the law's own right says it");
  await page.fill("Your e-mail address", "cleo@example.org");
  await page.activate("button", "Send the request");
  await page.reads("it is carried out without the code");
  await portal.code("cleo@example.org");
  const found = await portal.administrator.get<{ items: { id: string }[] }>("/v1/rights/requests?law=us-ca-ccpa");
  const content = await portal.administrator.get<{ purpose: string }>(`/v1/rights/requests/${found.body.items[0]!.id}/content`);
  assert.equal(content.body.purpose, "sale");
  await page.close();
});

test("the pages of somebody who is proven", async () => {
  await inEveryFace(signedIn);
  await signedIn.goto(`/requests/${request}`);
  await signedIn.sees("heading", "We know that it is you");
  await signedIn.sees("textbox", "Write to us");
  await signedIn.reads("Nothing was written yet.");
  await inEveryFace(signedIn);
});

test("written from the right, nothing falls off the page", async () => {
  await signedIn.page.evaluate(() => (document.documentElement.dir = "rtl"));
  await inEveryFace(signedIn);
  const [brand, language] = await Promise.all([signedIn.at("link", "Example Trading").boundingBox(), signedIn.at("combobox", "Language").boundingBox()]);
  await signedIn.page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(brand !== null && language !== null);
  const wide = await Promise.all([signedIn.at("link", "Example Trading").boundingBox(), signedIn.at("combobox", "Language").boundingBox()]);
  assert.ok(wide[0]!.x > wide[1]!.x, "the name stands at the right, where reading begins");
  await signedIn.close();
});

test("a certificate is checked in the browser, and a changed one is not believed", async () => {
  const page = await portal.open("/verify");
  const key = readFileSync(join(corpus, "v1.vkey"), "utf8").trim();
  await page.sees("heading", "Check a certificate");
  assert.match(await page.at("textbox", "Key of the company").inputValue(), /^\S+\+[0-9a-f]{8}\+/, "the key of this installation is there");
  await page.activate("button", "Check");
  await page.reads("Choose a file first.");
  const certificate = join(corpus, "v1.json");
  await page.page.getByLabel(/^Certificate/).setInputFiles(certificate);
  await page.activate("button", "Check");
  await page.reads("It is signed with another key than this one.");
  await page.fill("Key of the company", "example.org");
  await page.activate("button", "Check");
  await page.reads("This is not a key");
  assert.equal(await page.page.getByText("The certificate does not hold").count(), 0, "nothing is said of what was not looked at");
  await page.fill("Key of the company", key);
  await page.activate("button", "Check");
  await page.reads("The certificate is genuine");
  await page.sees("table", "");
  await inEveryFace(page);
  const changed = Buffer.from(readFileSync(certificate, "utf8").replace('"deleted":2', '"deleted":3'));
  await page.page.getByLabel(/^Certificate/).setInputFiles({ name: "forged.json", mimeType: "application/json", buffer: changed });
  await page.activate("button", "Check");
  await page.reads("something in the file was changed");
  await page.isAccessible();
  await page.close();
});

test("what was made unreadable has a column of its own, and a forged number of it is not believed", async () => {
  const page = await portal.open("/verify");
  const text = signedCertificate([{ found: 3, deleted: 1, shredded: 2 }, { found: 1, deleted: 1 }], [{ stage: "planned" }, { stage: "sweep" }]);
  const check = async (name: string, certificate: string) => {
    await page.page.getByLabel(/^Certificate/).setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(certificate) });
    await page.activate("button", "Check");
  };
  await page.fill("Key of the company", verifierKey);
  await check("shredded.json", text);
  await page.reads("The certificate is genuine");
  await page.reads("everything found was dealt with");
  const table = page.at("table", "");
  assert.deepEqual(await table.locator("thead th").allTextContents(), ["Where", "Found", "Deleted", "Emptied", "Made unreadable", "Kept", "Not done"]);
  assert.deepEqual(await table.locator("tbody tr").first().locator("td").allTextContents(), ["3", "1", "0", "2", "0", "0"]);
  await inEveryFace(page);
  await check("forged.json", text.replace('"shredded":2', '"shredded":1'));
  await page.reads("something in the file was changed");
  const untrue = signedCertificate([{ found: 3, deleted: 1, shredded: 2 }], [{ stage: "planned" }], { recorded: { deleted: 3, shredded: 0 } });
  await check("untrue.json", untrue);
  await page.reads("Its numbers are not those of the ledger.");
  await page.close();
});

test("without an answer the page says so, and tries again", async () => {
  const page = await portal.open("about:blank");
  await page.page.route(/\/v1\/portal$/, (route) => route.abort());
  await page.goto(portal.privity.publicUrl);
  await page.reads("There was no answer.");
  await page.isAccessible();
  await page.page.unrouteAll();
  await page.activate("button", "Try again");
  await page.sees("heading", /^Your data at/);
  await page.goto("/no/such/page");
  await page.sees("heading", "There is no such page");
  await page.isAccessible();
  await page.close();
});

test("letters speak the language of the request", async () => {
  const letters = portal.lettersTo("ben@example.org").map((letter) => letter.text);
  assert.ok(letters.some((text) => /Your code: \d{8}/.test(text)), "the code, in the language of the visit");
  const page = await portal.open("/prove", { language: "de" });
  await page.fill("Ihre E-Mail-Adresse", "ben@example.org");
  await page.activate("button", "Code anfordern");
  await page.sees("textbox", "Code aus der E-Mail");
  await portal.code("ben@example.org", 2);
  assert.ok(portal.lettersTo("ben@example.org").some((letter) => /Ihr Code: \d{8}/.test(letter.text)));
  await page.close();
});
