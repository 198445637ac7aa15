// Every screen has an answer when it may not be seen, when the server is slow, and when the server cannot answer; and it goes on from
// there by keyboard.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Console } from "../support/console.ts";
import type { ConsolePage } from "../support/browser.ts";
import type { Client } from "../support/privity.ts";
import { makeStores, scanned } from "../support/stores.ts";

let console: Console;
let grace: Client;
let page: ConsolePage;
let hers: ConsolePage;
const ids: Record<string, string> = {};
const stores = makeStores();

before(async () => {
  console = await Console.start({ environment: stores.environment });
  grace = await console.person("Grace Example", []);
  ids["task"] = String((await console.create("/v1/tasks", { kind: "task", content: { title: "Look at the cookies" } }))["id"]);
  ids["job"] = String((await console.create("/v1/schedules/workspace.sweep/run"))["id"]);
  ids["request"] = String((await console.create("/v1/rights/requests", { law: "eu-gdpr", right: "access", content: { email: "ada@example.org" } }))["id"]);
  ids["activity"] = String((await console.create("/v1/activities", { role: "controller", name: "Delivering orders" }))["id"]);
  Object.assign(ids, await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`));
  const [field] = (await console.administrator.get("/v1/fields?personal=true")).body.items as { id: string; collection: string }[];
  Object.assign(ids, { field: field?.id, collection: field?.collection });
  [page, hers] = await Promise.all([console.open(), console.open(grace)]);
});
after(async () => {
  await console.stop();
  stores.remove();
});

const auditor = "00000000-0000-8000-8000-000000000005";

// Each screen, the one request that it stands or falls with, and something that is there when all is well.
const screens = [
  { path: "/users", api: "/v1/users", ready: ["table", "Users"] },
  { path: `/roles/${auditor}`, api: `/v1/roles/${auditor}`, ready: ["heading", "Permissions"] },
  { path: "/roles", api: "/v1/roles", ready: ["region", "Roles"] },
  { path: "/tokens", api: "/v1/tokens", ready: ["heading", "No tokens yet"] },
  { path: "/settings", api: "/v1/settings/organization", ready: ["textbox", "Name"] },
  { path: "/tasks", api: "/v1/tasks", ready: ["table", "Tasks"] },
  { path: "/tasks/:task", api: "/v1/tasks/:task", ready: ["heading", "History"] },
  { path: "/requests", api: "/v1/rights/requests", ready: ["table", "Rights requests"] },
  { path: "/requests/figures", api: "/v1/rights/figures", ready: ["table", "Requests under EU GDPR"] },
  { path: "/requests/:request", api: "/v1/rights/requests/:request", ready: ["heading", "Due dates"] },
  { path: "/map", api: "/v1/map/graph", ready: ["heading", "Systems and categories"] },
  { path: "/access", api: "/v1/access/reach", ready: ["table", "Access points"] },
  { path: "/retention", api: "/v1/stewardship", ready: ["heading", "Nothing is limited yet"] },
  { path: "/flows", api: "/v1/flows", ready: ["heading", "No flow is stated"] },
  { path: "/advice", api: "/v1/advice", ready: ["table", "Advice"] },
  { path: "/references/suggested", api: "/v1/flows/suggestions", ready: ["heading", "No reference is suggested"] },
  { path: "/agents", api: "/v1/rights/agents", ready: ["heading", "No agent is listed"] },
  { path: "/requests/settings", api: "/v1/rights/settings", ready: ["textbox", "Where the company is"] },
  { path: "/handling", api: "/v1/rights/rules", ready: ["heading", "Nothing is decided yet"] },
  { path: "/restrictions", api: "/v1/restrictions", ready: ["heading", "Nobody forbade anything"] },
  { path: "/erasures", api: "/v1/erasures/replays", ready: ["heading", "The journal was not replayed yet"] },
  { path: "/systems", api: "/v1/systems", ready: ["table", "Systems"] },
  { path: "/systems/:system", api: "/v1/systems/:system", ready: ["table", "Tables and files"] },
  { path: "/collections/:collection", api: "/v1/collections/:collection", ready: ["table", "Fields"] },
  { path: "/fields", api: "/v1/fields", ready: ["table", "Personal data"] },
  { path: "/fields/:field", api: "/v1/fields/:field", ready: ["heading", "Personal data in it"] },
  { path: "/changes", api: "/v1/changes", ready: ["table", "Changes"] },
  { path: "/references", api: "/v1/references", ready: ["table", "References"] },
  { path: "/activities", api: "/v1/activities", ready: ["table", "Processing activities"] },
  { path: "/activities/:activity", api: "/v1/activities/:activity", ready: ["heading", "What the record says"] },
  { path: "/connections", api: "/v1/connections", ready: ["table", "Connections"] },
  { path: "/connections/:connection", api: "/v1/connections/:connection", ready: ["heading", "How it is reached"] },
  { path: "/scans", api: "/v1/scans", ready: ["table", "Scans"] },
  { path: "/scans/:scan", api: "/v1/scans/:scan", ready: ["heading", "What could not be read"] },
  { path: "/jobs", api: "/v1/jobs", ready: ["table", "Jobs"] },
  { path: "/jobs/:job", api: "/v1/jobs/:job", ready: ["heading", "Attempts"] },
  { path: "/schedules", api: "/v1/schedules", ready: ["table", "Schedules"] },
  { path: "/ledger", api: "/v1/ledger/entries", ready: ["table", "Ledger"] },
  { path: "/ledger/0", api: "/v1/ledger/entries/0", ready: ["heading", "Proof"] },
  { path: "/health", api: "/v1/health", ready: ["heading", /^Privity/] },
  { path: "/account", api: "/v1/me", ready: ["heading", "Profile"], everybodys: true },
] as const;

const real = (address: string) => address.replace(/:([a-z]+)/, (_, name: string) => ids[name] ?? "");

for (const { path, api, ready } of screens) {
  test(`${path} says that it is loading, then why it cannot, and goes on when the server does`, async () => {
    const answer = await page.holds(real(api));
    await page.goto(real(path));
    await page.sees("status", "Loading");
    await answer.with(503, {
      code: "store.full",
      title: "Service Unavailable",
      detail: "The disk is full.",
      why: "The database could not grow.",
      mend: "Make room, then try again.",
    });
    await page.sees("heading", "The disk is full.");
    await page.reads("Make room, then try again.");
    await page.activate("button", "Try again");
    await page.sees(ready[0], ready[1]);
  });
}

// The import asks the server nothing before a file is chosen.
for (const { path } of [...screens.filter((screen) => !("everybodys" in screen)), { path: "/requests/import" }]) {
  test(`${path} says to whom it is closed`, async () => {
    await hers.goto(real(path));
    await hers.sees("heading", "Your role does not include this");
    await hers.reads("Ask an administrator");
  });
}

test("what is closed is not offered either", async () => {
  await hers.goto("/");
  await hers.sees("heading", "Welcome, Grace Example");
  const links = await hers.page.getByRole("navigation").getByRole("link").allInnerTexts();
  assert.deepEqual(links, ["Home"]);
  await hers.press("Control+k");
  await hers.sees("option", "Home");
  await hers.sees("option", "Help");
  assert.equal(await hers.page.getByRole("option").count(), 2);
  await hers.press("Escape");
  await hers.isAccessible();
});

test("an address that leads nowhere leads home", async () => {
  await page.goto("/nowhere/at/all");
  await page.sees("heading", "There is nothing at this address");
  await page.isAccessible();
  await page.activate("link", "Go to the start page");
  await page.sees("heading", /^Welcome/);
});

test("something that does not exist is said in the server's words", async () => {
  await page.goto("/tasks/0190163d-8694-739b-aea5-966c26f8ad91");
  await page.sees("alert", "");
  await page.isAccessible();
});

test("without a connection nothing waits unseen, and nothing is lost when it returns", async () => {
  await page.goto("/tasks");
  await page.sees("table", "Tasks");
  await page.page.context().setOffline(true);
  await page.press("g", "j");
  await page.sees("heading", /could not be/);
  await page.page.context().setOffline(false);
  await page.activate("button", "Try again");
  await page.sees("table", "Jobs");
});

test("a session that ended elsewhere asks for a new sign-in and comes back", async () => {
  const ended = await console.person("Ended Example", ["tasks.use"]);
  const theirs = await console.open(ended);
  await theirs.goto("/tasks");
  await theirs.sees("heading", "Tasks");
  await ended.delete("/v1/session");
  await theirs.press("g", "h");
  await theirs.sees("heading", "Sign in");
  await theirs.close();
});

test("the pages reported nothing", async () => {
  await page.close();
  await hers.close();
});
