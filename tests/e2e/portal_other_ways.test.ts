// Codes by text message and links that fill in the form, by keyboard alone on a narrow screen: the code comes to the company's gateway,
// the other way is one button away, and a link fills in what the company sealed in it and leaves nothing in the address.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { Portal } from "../support/portal.ts";

type Request = { right: string; proofs: { method: string }[] };

const texts: string[] = [];
let gateway: Server;
let portal: Portal;
let page: ConsolePage;

before(async () => {
  gateway = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    texts.push((JSON.parse(body) as { data: { text: string } }).data.text);
    response.writeHead(204).end();
  }).unref(); // keeps no test alive
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  portal = await Portal.start();
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
  await portal.put("/v1/rights/text-gateway", { enabled: true, url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", prefixes: ["+49"] }, "v0");
  page = await portal.open("/ask", { width: 320 });
});
after(async () => {
  await portal?.stop();
  gateway?.close();
});

async function textedCode(nth: number): Promise<string> {
  const codes = () => Promise.resolve(texts.flatMap((text) => /\b(\d{8})\b/.exec(text)?.[1] ?? []));
  return (await eventually(codes, (found) => found.length >= nth))[nth - 1]!;
}

test("a code by text message wants a number with its country", async () => {
  await page.pick("Where do you live?", "Germany");
  await page.select("Erase my data");
  await page.fill("Your e-mail address", "ada@example.org");
  await page.fill(/Mobile number/, "0151 2345678");
  await page.pick("How should the code come?", "As a text message");
  await page.activate("button", "Send the request");
  await page.describes(/Mobile number/, /with its country/);
  await page.isAccessible();
});

test("the code that was texted opens the request", async () => {
  await page.fill(/Mobile number/, "+49 151 2345678");
  await page.activate("button", "Send the request");
  await page.reads(/A text message with a code of 8 digits is on its way to your number/);
  await page.isAccessible();
  await page.fill("Code from the text message", await textedCode(1));
  await page.activate("button", "Confirm");
  await page.sees("heading", "My requests");
  await page.sees("link", /^Open: Erase my data/);
  const { body } = await portal.administrator.get<{ items: Request[] }>("/v1/rights/requests");
  assert.deepEqual(body.items[0]!.proofs.map(({ method }) => method), ["text_code"]);
});

test("who waits in vain has the code sent the other way", async () => {
  await page.goto("/prove");
  await page.fill("Your e-mail address", "ada@example.org");
  await page.activate("button", "Send me a code");
  await page.reads(/If there is a request from this address/);
  await portal.code("ada@example.org"); // the letter is written: what follows is the one code by text
  await page.activate("button", "Send the code as a text message instead");
  await page.reads(/names a mobile number, a text message/);
  await page.isAccessible();
  await page.fill("Code from the text message", await textedCode(2));
  await page.activate("button", "Confirm");
  await page.sees("heading", "My requests");
});

test("a link of the company fills in the form and is gone from the address", async () => {
  const made = await portal.post("/v1/rights/portal-links", { law: "eu-gdpr", right: "access", email: "cleo@example.org", valid_hours: 1 });
  const token = new URL(String(made["url"])).hash;
  const visitor = await portal.open(`/ask${token}`, { width: 320 });
  await visitor.reads(/A link has filled in some fields for you/);
  assert.equal(await visitor.at("textbox", "Your e-mail address").inputValue(), "cleo@example.org");
  assert.equal(new URL(visitor.page.url()).hash, "");
  assert.doesNotMatch(await visitor.stored(), /cleo/);
  await visitor.isAccessible();
  await visitor.activate("button", "Send the request");
  await visitor.sees("heading", "Prove that it is you");
  const { body } = await portal.administrator.get<{ items: Request[] }>("/v1/rights/requests");
  assert.deepEqual(body.items.map(({ right }) => right).sort(), ["access", "erasure"]);
});

test("a link that has expired or was changed says so and takes nothing away", async () => {
  const visitor = await portal.open("/ask#link=AAAA");
  await visitor.reads(/The link that brought you here has expired/);
  await visitor.sees("combobox", "Where do you live?");
  await visitor.isAccessible();
  await visitor.close();
});

test("the pages reported nothing", async () => {
  await page.close();
});
