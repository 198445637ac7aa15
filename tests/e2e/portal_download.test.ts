// What a person asked for is fetched in the portal: the package of their data, once the company answered, and not before.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { Portal } from "../support/portal.ts";
import { makeStores } from "../support/stores.ts";

type Request = { id: string; state: string; plan?: { digest: string } };

const stores = makeStores();
let portal: Portal;

before(async () => {
  portal = await Portal.start();
  const operator = async (...args: string[]) => {
    const done = await portal.privity.cli(...args, "--json");
    assert.equal(done.code, 0, done.stderr);
    return JSON.parse(done.stdout) as { id: string; system: string };
  };
  const { system } = await operator("connections", "create", "--name", "Shop", "--address", `sqlite://${stores.shop}`);
  const scan = await operator("scans", "start", "--system", system);
  assert.equal((await portal.privity.cli("jobs", "watch", scan.id, "--quiet")).code, 0);
});
after(async () => {
  await portal?.stop();
  stores.remove();
});

const newest = async () => (await portal.administrator.get<{ items: Request[] }>("/v1/rights/requests")).body.items[0]!;
const reaches = (state: string) => eventually(newest, (request) => request.state === state);

test("the data is there to be downloaded once the company answered", async () => {
  const page = await portal.open("/ask");
  await page.pick("Where do you live?", "Germany");
  await page.select("See my data");
  await page.fill("Your e-mail address", "ada@example.org");
  await page.activate("button", "Send the request");
  await page.sees("heading", "Prove that it is you");
  await page.fill("Code from the e-mail", await portal.code("ada@example.org"));
  await page.activate("button", "Confirm");
  await page.activate("link", /^Open: See my data/);
  await page.sees("heading", "We know that it is you");

  const { id } = await newest();
  await portal.post(`/v1/rights/requests/${id}/plan`);
  const planned = await reaches("planned");
  await portal.post(`/v1/rights/requests/${id}/approval`, { plan: planned.plan!.digest });
  await portal.post(`/v1/rights/requests/${id}/execution`);
  await reaches("checked");
  await page.page.reload();
  await page.sees("heading", "Messages");
  assert.equal(await page.at("link", "Download my data").count(), 0, "not before the answer");

  await portal.post(`/v1/rights/requests/${id}/answer`, { text: "Here it is." });
  await page.page.reload();
  await page.sees("link", "Download my data");
  await page.isAccessible();
  const [download] = await Promise.all([page.page.waitForEvent("download"), page.activate("link", "Download my data")]);
  assert.equal(download.suggestedFilename(), `data-${id}.zip`);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
});
