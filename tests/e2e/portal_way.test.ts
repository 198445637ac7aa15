// The way of a person through the public portal, by keyboard alone: ask, prove the mailbox, follow, write, take back, appeal, leave;
// nothing typed is lost on an error, and nobody learns there who is known.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Portal } from "../support/portal.ts";

type Request = { id: string; state: string; right: string };

let portal: Portal;
let page: ConsolePage;

before(async () => {
  portal = await Portal.start();
  page = await portal.open("/");
});
after(async () => {
  await portal.stop();
});

async function requests(): Promise<Request[]> {
  return (await portal.administrator.get<{ items: Request[] }>("/v1/rights/requests")).body.items;
}

test("the start says what one may do and how it goes", async () => {
  await page.sees("heading", "Your data at Example Trading");
  await page.isAccessible();
  await page.activate("link", "Make a request");
  await page.sees("heading", "Make a request");
  await page.hasFocus("heading", "Make a request");
});

test("a request is sent only with what it needs, and what is missing is said at its field", async () => {
  await page.activate("button", "Send the request");
  await page.reads("Please choose where you live.");
  await page.hasFocus("combobox", "Where do you live?");
  await page.describes("Your e-mail address", /Please give your e-mail address/);
  await page.isAccessible();
});

test("an error loses nothing of what was typed", async () => {
  await page.pick("Where do you live?", "Germany");
  await page.reads("EU GDPR applies.");
  await page.select("Erase my data");
  await page.fill(/What should we know\?/, "All orders before 2020.");
  await page.fill("Your e-mail address", "ada@example.org");
  await page.isAccessible();
  const answer = await page.holds("/v1/portal/requests");
  await page.activate("button", "Send the request");
  await answer.with(503, { code: "store.full" });
  await page.reads("The server has a problem.");
  assert.equal(await page.at("textbox", /What should we know\?/).inputValue(), "All orders before 2020.");
  await page.tabTo("combobox", "Language");
  await page.press("ArrowDown");
  await page.sees("heading", "Antrag stellen");
  assert.equal(await page.at("textbox", /Was sollten wir wissen\?/).inputValue(), "All orders before 2020.");
  assert.ok(await page.at("radio", "Meine Daten löschen").isChecked());
  await page.tabTo("combobox", "Sprache");
  await page.press("ArrowUp");
  await page.sees("heading", "Make a request");
  assert.doesNotMatch(await page.stored(), /orders|ada@/, "the browser keeps the language and nothing personal");
});

test("the mailbox is proven with the code that came by mail", async () => {
  await page.activate("button", "Send the request");
  await page.sees("heading", "Prove that it is you");
  await page.reads(/on its way to ada@example\.org/);
  await page.fill("Code from the e-mail", "12345678");
  await page.activate("button", "Confirm");
  await page.reads(/The code is not right/);
  await page.isAccessible();
  await page.fill("Code from the e-mail", await portal.code("ada@example.org"));
  await page.activate("button", "Confirm");
  await page.sees("heading", "My requests");
});

test("the request is followed with its date, rule and article", async () => {
  await page.activate("link", /^Open: Erase my data/);
  await page.sees("heading", "We know that it is you");
  await page.reads(/1 month under Art\. 12\(3\)/);
  await page.reads("Public holidays of Germany are taken into account.");
  await page.isAccessible();
});

test("both sides write", async () => {
  const [request] = await requests();
  await portal.post(`/v1/rights/requests/${request!.id}/messages`, { text: "Which shop do you mean?\n<b>Ulm</b>?" });
  await page.page.reload();
  await page.reads("<b>Ulm</b>?");
  await page.fill("Write to us", "The one in Ulm.");
  const answer = await page.holds(`/v1/portal/requests/${request!.id}/messages`);
  await page.activate("button", "Send the message");
  await answer.with(500, { code: "store.failed" });
  assert.equal(await page.at("textbox", "Write to us").inputValue(), "The one in Ulm.");
  await page.activate("button", "Send the message");
  await page.reads("Your message is here.");
  await page.reads("The one in Ulm.");
  assert.equal(await page.at("textbox", "Write to us").inputValue(), "");
  await page.isAccessible();
});

test("a refusal is read with its ground and remedies, and appealed", async () => {
  const [request] = await requests();
  await portal.post(`/v1/rights/requests/${request!.id}/refusal`, { ground: "legal_obligation", text: "Invoices are kept for ten years." });
  await page.page.reload();
  await page.sees("heading", "We did not do it");
  await page.reads("Invoices are kept for ten years.");
  await page.reads("Ground: Art. 17(3)(b)");
  await page.isAccessible();
  await page.tabTo("textbox", "Write to us");
  await page.press("Tab", "Tab", "Enter");
  await page.fill("Say what is wrong. We look at it again.", "I bought nothing.");
  await page.isAccessible();
  await page.activate("button", "Send");
  await page.sees("heading", "You do not accept our answer");
  assert.equal((await requests())[0]!.state, "appealed");
});

test("a proof that is over leads to a new code and back to what was written", async () => {
  await page.fill("Write to us", "One more thing.");
  await page.page.context().clearCookies();
  await page.activate("button", "Send the message");
  await page.reads(/Your proof is over/);
  await page.fill("Your e-mail address", "ada@example.org");
  await page.activate("button", "Send me a code");
  await page.reads(/If there is a request from this address/);
  await page.fill("Code from the e-mail", await portal.code("ada@example.org", 2));
  await page.activate("button", "Confirm");
  await page.activate("link", /^Open: Erase my data/);
  await page.sees("textbox", "Write to us");
  assert.equal(await page.at("textbox", "Write to us").inputValue(), "One more thing.");
});

test("another request needs no second proof in this browser and is taken back, and leaving forgets", async () => {
  await page.activate("link", "Make a request");
  await page.pick("Where do you live?", "Germany");
  await page.select("Object to its use");
  await page.fill(/What should we stop\?/, "advertising");
  await page.fill("Your e-mail address", "ada@example.org");
  await page.activate("button", "Send the request");
  await page.reads("Your request is here.");
  await page.activate("link", /^Open: Object to its use/);
  await page.sees("heading", "We know that it is you");
  await page.tabTo("button", "Send the message");
  await page.press("Tab", "Enter");
  await page.activate("button", "Take it back");
  await page.sees("heading", "Taken back");
  await page.activate("button", "Leave");
  await page.reads("You have left.");
  await page.goto("/requests");
  await page.sees("heading", "Prove that it is you");
  await page.close();
});

test("an address that nobody knows is answered with the same words, and gets no letter", async () => {
  const said: string[] = [];
  for (const address of ["ada@example.org", "nobody@example.org"]) {
    const visitor = await portal.open("/prove");
    await visitor.fill("Your e-mail address", address);
    await visitor.activate("button", "Send me a code");
    await visitor.sees("textbox", "Code from the e-mail");
    said.push((await visitor.page.locator("main").textContent()) ?? "");
    await visitor.close();
  }
  assert.equal(said[1], said[0]);
  await portal.code("ada@example.org", 3);
  assert.equal(portal.lettersTo("nobody@example.org").length, 0);
});

test("the page is the portal's own: a strict policy, no third party, nothing of the console", async () => {
  const { headers } = await portal.document("/");
  const policy = headers.get("content-security-policy") ?? "";
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) assert.ok(policy.includes(part), part);
  const visitor = await portal.open("about:blank");
  const asked = new Set<string>();
  visitor.page.on("request", (request) => asked.add(new URL(request.url()).origin));
  await visitor.goto(portal.privity.publicUrl);
  await visitor.sees("heading", /^Your data at/);
  assert.deepEqual([...asked], [new URL(portal.privity.publicUrl).origin]);
  await visitor.close();
});
