// The ledger, by keyboard alone: an entry is found and proved in the browser; a proof that was tampered with is not believed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";

let console: Console;
let page: ConsolePage;
let verifier: string;

before(async () => {
  console = await Console.start();
  await console.create("/v1/roles", { name: "Case handler", description: "", permissions: ["tasks.use"] });
  // From the server's own terminal: not through the page that it is to judge.
  verifier = JSON.parse((await console.privity.cli("ledger", "checkpoint", "--json")).stdout).verifier;
  page = await console.open();
});
after(async () => {
  await console.stop();
});

test("entries are filtered, and tell who did what to what", async () => {
  await page.goto("/");
  await page.sees("heading", /^Welcome/);
  await page.press("g", "l");
  await page.sees("table", "Ledger");
  await page.isAccessible();
  await page.press("/");
  await page.type("identity.role");
  await page.sees("cell", /Role made.*identity\.role\.created/);
  await page.page.getByText("identity.setup.completed").waitFor({ state: "detached" });
  await page.sees("cell", "Ada Example");
  const newest = await page.page.getByRole("table").getByRole("link").first().innerText();
  await page.activate("link", newest);
  await page.sees("heading", /^Entry/);
  await page.sees("link", /^Role /);
  await page.isAccessible();
});

test("an entry is proved against the key that one brings", async () => {
  await page.fill("Verifier key", "not a key");
  await page.activate("button", "Check the proof");
  await page.describes("Verifier key", /This is not a verifier key/);
  await page.fill("Verifier key", verifier);
  await page.activate("button", "Check the proof");
  await page.reads("Proved");
  await page.isAccessible();
});

const lies: readonly (readonly [string, (proof: Proof) => Proof, RegExp])[] = [
  ["another entry's bytes", (proof) => ({ ...proof, leaf: proof.leaf.replace("created", "deleted") }), /was changed/],
  ["another path", (proof) => ({ ...proof, path: [...proof.path].reverse().map(flip) }), /was changed/],
  ["a checkpoint of its own", (proof) => ({ ...proof, checkpoint: proof.checkpoint.replace(/\n\d+\n/, "\n999\n") }), /Someone changed it|was changed/],
];

for (const [name, tamper, says] of lies) {
  test(`a server that lies is found out: ${name}`, async () => {
    const path = `/v1/ledger/entries/${page.page.url().split("/").at(-1)}/proof`;
    const here = (url: URL) => url.pathname === path;
    await page.page.route(here, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: tamper((await answer.json()) as Proof) });
    });
    await page.activate("button", "Check the proof");
    await page.reads("Not proved");
    await page.reads(says);
    await page.isAccessible();
    await page.page.unroute(here);
    await page.activate("button", "Check the proof");
    await page.reads("Proved");
  });
}

test("the key of another installation proves nothing here", async () => {
  const other = await Console.start();
  const foreign = JSON.parse((await other.privity.cli("ledger", "checkpoint", "--json")).stdout).verifier;
  await other.stop();
  await page.fill("Verifier key", foreign);
  await page.activate("button", "Check the proof");
  await page.reads("Not proved");
  await page.close();
});

type Proof = { leaf: string; path: string[]; checkpoint: string };

// The same hash with its first character changed: still base64, still 32 bytes.
function flip(hash: string): string {
  return (hash.startsWith("A") ? "B" : "A") + hash.slice(1);
}
