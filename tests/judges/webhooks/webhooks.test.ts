// Webhooks as the reference library `standardwebhooks` sees them, in both directions.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { Webhook } from "standardwebhooks";

import { sample } from "../samples.ts";

const first = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const second = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

type Received = { headers: Record<string, string>; body: string };

async function receive(secrets: string[], status = 204): Promise<{ outcome: string; received: Received }> {
  let received: Received | undefined;
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    received = { headers: request.headers as Record<string, string>, body };
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const outcome = await sample("webhook", `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, ...secrets);
    assert.ok(received, `nothing arrived: ${outcome}`);
    return { outcome, received };
  } finally {
    server.close();
  }
}

test("the reference library accepts what we send", async () => {
  const { outcome, received } = await receive([first]);
  assert.equal(outcome, "delivered");
  assert.deepEqual(new Webhook(first).verify(received.body, received.headers), { type: "case.closed", data: { name: "Zoë" } });
});

test("while a secret is rotated, a receiver with either one accepts", async () => {
  const { received } = await receive([first, second]);
  for (const secret of [first, second]) new Webhook(secret).verify(received.body, received.headers);
  assert.throws(() => new Webhook("whsec_" + Buffer.alloc(32, 7).toString("base64")).verify(received.body, received.headers));
});

test("the reference library refuses a body that was changed on its way", async () => {
  const { received } = await receive([first]);
  assert.throws(() => new Webhook(first).verify(received.body.replace("closed", "opened"), received.headers));
});

test("410 disables the endpoint, other failures are tried again", async () => {
  assert.equal((await receive([first], 410)).outcome, "disabled");
  assert.equal((await receive([first], 500)).outcome, "retry");
  assert.equal((await receive([first], 302)).outcome, "retry");
});

test("we accept what the reference library signs, and nothing else", async () => {
  const now = new Date();
  const body = '{"type":"case.closed"}';
  const signature = new Webhook(first).sign("msg_1", now, body);
  const seconds = String(Math.floor(now.getTime() / 1000));
  assert.equal(await sample("verify", first, "msg_1", seconds, signature, body), "ok");
  assert.equal(await sample("verify", second, "msg_1", seconds, signature, body), "net.webhook_signature");
  assert.equal(await sample("verify", first, "msg_1", "1614265330", signature, body), "net.webhook_time");
});
