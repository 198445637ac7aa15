// The copy of an identity document in the portal, by keyboard: offered where a code is not enough, with what to cover and what becomes
// of it; taken back; decided about by staff in the console, who look at it first; and then it is said to be destroyed.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Portal } from "../support/portal.ts";

// One dot.
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

let portal: Portal;
let page: ConsolePage;
let console: ConsolePage;
let copy: string;
let request: string;

before(async () => {
  portal = await Portal.start();
  await portal.put("/v1/rights/settings", { place: "DE", second_person: false, keep_days: 90, documents: true }, "v1");
  copy = join(portal.privity.folder, "card.png");
  writeFileSync(copy, Buffer.from(png, "base64"));
  const asked = { law: "eu-gdpr", right: "access", content: { email: "grace@example.org", identifiers: [{ kind: "customer_number", value: "C-7" }] } };
  request = String((await portal.post("/v1/rights/requests", asked))["id"]);
  page = await portal.open("/prove", { width: 320 });
  console = await portal.openConsole();
});
after(async () => {
  await portal.stop();
});

test("where a code is not enough, a copy can be given; the page says what to cover and what becomes of it", async () => {
  await page.fill("Your e-mail address", "grace@example.org");
  await page.activate("button", "Send me a code");
  await page.fill("Code from the e-mail", await portal.code("grace@example.org"));
  await page.activate("button", "Confirm");
  await page.activate("link", /^Open: See my data/);
  await page.sees("heading", "Prove it with a document");
  await page.reads("Before you send it, cover what we do not need");
  await page.reads(/Then the copy is destroyed at once, and in any case after 14 days/);
  await page.isAccessible();
});

test("nothing is sent without a file, and one that is no document is refused", async () => {
  await page.activate("button", "Send the copy");
  await page.reads("Please choose the copy first.");
  const page_with_script = join(portal.privity.folder, "page.png");
  writeFileSync(page_with_script, "<html><script>alert(1)</script></html>");
  await page.page.getByLabel("Copy of the document").setInputFiles(page_with_script);
  await page.activate("button", "Send the copy");
  await page.reads("This file is neither a PDF nor a JPEG, PNG or WebP picture.");
  await page.isAccessible();
});

test("a copy is given, and taken back", async () => {
  await give();
  await page.reads("Nobody has looked at it yet");
  await page.isAccessible();
  await page.activate("button", "Take the copy back");
  await page.reads("Taken back");
});

test("whoever may look at it is told that a copy waits, and finds the request by it", async () => {
  await give();
  await page.reads("Nobody has looked at it yet");
  await console.goto("/notifications");
  await console.reads(`A copy of an identity document waits in the rights request ${request.slice(0, 8)}`);
  await console.isAccessible();
  await console.goto("/requests");
  const narrowed = console.page.waitForResponse(/document_waits=true/);
  await console.choose("Identity document", "Only with a copy that waits");
  await narrowed;
  await console.page.waitForURL(/document_waits=true/);
  await console.sees("link", request.slice(0, 8));
  await console.isAccessible();
});

test("somebody of the company looks at it, then accepts it", async () => {
  await console.goto(`/requests/${request}`);
  await console.reads("Waits for somebody to look at it");
  assert.equal(await console.at("button", "Accept").count(), 0, "who has not looked cannot decide");
  await console.activate("button", "Look at it");
  const seen = console.page.getByRole("img", { name: "The copy that the person gave" });
  await seen.waitFor();
  assert.equal(await seen.evaluate(async (image: HTMLImageElement) => { await image.decode(); return image.naturalWidth; }), 1);
  await console.sees("button", "Accept");
  await console.isAccessible();
  await console.activate("button", "Accept");
  await console.fill("What you compared (not what it says)", "Name and birthday fit.");
  await console.activate("button", "Save");
  await console.reads("Accepted");
  await console.reads(/^Destroyed/);
  await console.isAccessible();
});

test("the person sees that it was accepted and destroyed", async () => {
  await page.page.reload();
  await page.reads("Accepted");
  await page.reads(/^Destroyed: /);
  assert.equal(await page.at("button", "Send the copy").count(), 0);
  await page.isAccessible();
});

test("neither page reported anything", async () => {
  await page.close();
  await console.close();
});

async function give(): Promise<void> {
  await page.page.getByLabel("Copy of the document").setInputFiles(copy);
  await page.activate("button", "Send the copy");
}
