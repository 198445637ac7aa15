// Every screen and dialog, judged by axe in both themes, and again on 320 by 256 pixels: what a window of 1280 by 1024 has left at
// 400 % zoom (WCAG 1.4.10). Nothing may scroll sideways there but a table.

import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { makeStores, scanned } from "../support/stores.ts";

let console: Console;
let page: ConsolePage;
const ids: Record<string, string> = {};
const stores = makeStores();

before(async () => {
  console = await Console.start({ environment: stores.environment });
  await console.person("Grace Example", ["tasks.use"]);
  await console.create("/v1/invitations", { name: "Maria Sample", email: "maria@example.org", role_ids: [] });
  const content = { title: "Ask every mail provider for the list of its subprocessors", description: "By mail.", due: "2026-01-05T09:00:00Z" };
  ids["task"] = String((await console.create("/v1/tasks", { kind: "task", content }))["id"]);
  await console.create(`/v1/tasks/${ids["task"]}/evidence`, { text: "A letter of 3 January." });
  ids["role"] = String((await console.create("/v1/roles", { name: "Case handler", description: "Answers.", permissions: ["tasks.use"] }))["id"]);
  const asks = { email: "ada@example.org", name: "Ada Example", details: "What do you hold on me?" };
  ids["request"] = String((await console.create("/v1/rights/requests", { law: "eu-gdpr", right: "access", content: asks }))["id"]);
  await console.create(`/v1/rights/requests/${ids["request"]}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  ids["job"] = String((await console.create("/v1/schedules/workspace.sweep/run"))["id"]);
  await console.create("/v1/tokens", { name: "nightly export", permissions: ["tasks.use"], expires_in_days: 30 });
  const people = (await console.administrator.get("/v1/users")).body.items as { id: string; name: string }[];
  ids["user"] = people.find(({ name }) => name === "Grace Example")?.id ?? "";
  const transfer = { destination: "Norway", safeguards: "Member of the EEA" };
  const activity = { role: "controller", name: "Delivering orders", purposes: [{ purpose: "Sending what was ordered" }], transfers: [transfer] };
  ids["activity"] = String((await console.create("/v1/activities", activity))["id"]);
  const { connection, system, scan } = await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`);
  const health = (await console.administrator.get("/v1/fields?special=true")).body.items as { id: string; collection: string }[];
  Object.assign(ids, { connection, system, scan, field: health[0]?.id, collection: health[0]?.collection });
  page = await console.open(console.administrator, { width: 1280, height: 1024 });
});
after(async () => {
  await console.stop();
  stores.remove();
});

const screens = [
  "/",
  "/users",
  "/users/:user",
  "/users?invite=1",
  "/roles",
  "/roles/:role",
  "/roles/new",
  "/tokens",
  "/tokens?create=1",
  "/account",
  "/settings",
  "/tasks",
  "/tasks?create=1",
  "/tasks?start=1",
  "/tasks/:task",
  "/requests",
  "/requests?create=1",
  "/requests/figures",
  "/requests/import",
  "/requests/settings",
  "/agents",
  "/agents?create=1",
  "/requests/:request",
  "/handling",
  "/handling?create=1",
  "/redact",
  "/map",
  "/map?view=table",
  "/access",
  "/access?view=points",
  "/retention",
  "/flows",
  "/flows?create=1",
  "/advice",
  "/references/suggested",
  "/references/suggested?read=1",
  "/restrictions",
  "/erasures",
  "/erasures?replay=1",
  "/systems",
  "/systems?create=1",
  "/systems/:system",
  "/collections/:collection",
  "/fields",
  "/fields/:field",
  "/changes",
  "/changes?state=noted",
  "/references",
  "/references?create=1",
  "/activities",
  "/activities/new",
  "/activities/:activity",
  "/activities/:activity?edit=1",
  "/connections",
  "/connections?create=1",
  "/connections/:connection",
  "/scans",
  "/scans/:scan",
  "/jobs",
  "/jobs/:job",
  "/schedules",
  "/ledger",
  "/ledger/0",
  "/health",
  "/help",
] as const;

for (const path of screens) {
  test(path, async () => {
    await page.page.setViewportSize({ width: 1280, height: 1024 });
    await page.goto(path.replace(/:(\w+)/, (_, name: string) => ids[name] ?? ""));
    await page.isAccessible();
    await page.follows("dark");
    await page.isAccessible();
    await page.page.setViewportSize({ width: 320, height: 256 });
    await page.isAccessible();
    await page.follows("light");
    await page.isAccessible();
  });
}

test("on a narrow screen the navigation is a drawer that does the same", async () => {
  await page.goto("/");
  await page.activate("button", "Open the navigation");
  await page.sees("dialog", /Privity/);
  await page.isAccessible();
  await page.activate("link", "Tasks");
  await page.sees("heading", "Tasks");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });
});

test("on a narrow screen search, shortcuts and questions fit", async () => {
  await page.press("Control+k");
  await page.isAccessible();
  await page.press("Escape", "?");
  await page.sees("dialog", "Keyboard shortcuts");
  await page.isAccessible();
  await page.press("Escape");
  await page.goto("/tokens");
  await page.activate("button", "Revoke");
  await page.isAccessible();
  await page.close();
});
