// What comes by itself, with the keyboard alone: a notification in the bell, a job that moves on before one's eyes, and the palette that
// finds things. In both themes, on a wide screen and a narrow one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, type ConsolePage, type OpenOptions } from "../support/browser.ts";
import { type Client, firstAdministrator, Privity } from "../support/privity.ts";
import { mailTo } from "../support/smtp.ts";
import { StallingSmtp } from "../support/stalling_smtp.ts";

let privity: Privity;
let browser: Browser;
let smtp: StallingSmtp;
let admin: Client;

before(async () => {
  smtp = await StallingSmtp.start();
  const environment = mailTo(smtp.port);
  [privity, browser] = await Promise.all([Privity.start({ environment }), Browser.launch()]);
  admin = await privity.setUp();
});
after(async () => {
  await browser.close();
  await smtp.stop();
  await privity.stop();
});

async function signedIn(options: OpenOptions = {}): Promise<ConsolePage> {
  const page = await browser.open(privity.consoleUrl, options);
  await page.goto("/sign-in");
  await page.fill("E-mail address", firstAdministrator.email);
  await page.fill("Password", firstAdministrator.password);
  await page.press("Enter");
  await page.sees("heading", `Welcome, ${firstAdministrator.name}`);
  return page;
}

test("a job moves on before one's eyes", async () => {
  const invited = await admin.post("/v1/invitations", { email: "grace@example.org", name: "Grace Example", role_ids: [] });
  assert.equal(invited.status, 201, invited.text);
  const page = await signedIn({ scheme: "dark" });
  await page.goto("/jobs?kind=mail.send");
  await page.sees("cell", "Running");
  await page.isAccessible();
  smtp.answer();
  await page.sees("cell", "Succeeded");
  await page.close();
});

const themes: OpenOptions[] = [{ scheme: "light" }, { scheme: "dark", width: 320 }];

for (const options of themes) {
  test(`a notification arrives by itself and is read by keyboard (${options.scheme})`, async () => {
    await admin.post("/v1/notifications/read");
    const page = await signedIn(options);
    await page.goto("/tasks");
    await page.sees("button", /^Notifications: 1 unread$/); // of this sign-in from a new device
    const started = await admin.post<{ id: string }>("/v1/schedules/workspace.sweep/run");
    assert.equal(started.status, 202, started.text);
    await page.sees("button", /^Notifications: 2 unread$/);
    await page.activate("button", /^Notifications: 2 unread$/);
    await page.reads("Done: Clear old notifications");
    await page.reads(/Your account was used to sign in from a new device/);
    await page.isAccessible();
    await page.activate("link", "All notifications");
    await page.sees("heading", "Notifications");
    await page.sees("heading", "How to tell me");
    await page.isAccessible();
    await page.tabTo("combobox", "Jobs that I started");
    await page.press("ArrowDown");
    await page.reads("Saved");
    const choices = await admin.get<{ items: { kind: string; delivery: string }[] }>("/v1/notifications/choices");
    assert.equal(choices.body.items.find(({ kind }) => kind === "jobs")?.delivery, "mail");
    await page.activate("button", "Mark all as read");
    await page.sees("button", "Notifications");
    await admin.patch("/v1/notifications/choices", { items: [{ kind: "jobs", delivery: "console" }] });
    await page.close();
  });
}

for (const options of themes) {
  test(`the palette finds a task, groups what it finds and leads there (${options.scheme})`, async () => {
    const title = `Renew the ${options.scheme} certificate`;
    const made = await admin.post<{ id: string }>("/v1/tasks", { content: { title, description: "", evidence_needed: false } });
    assert.equal(made.status, 201, made.text);
    const page = await signedIn(options);
    await page.press("ControlOrMeta+k");
    await page.fill("Search and commands", `${options.scheme} certif`, "combobox");
    await page.sees("group", "Tasks");
    await page.sees("option", new RegExp(title));
    await page.isAccessible();
    await page.press("Enter");
    await page.sees("heading", title);
    assert.equal(new URL(page.page.url()).pathname, `/tasks/${made.body.id}`);
    assert.ok(!(await page.stored()).includes("certif"), "what was typed stays nowhere");
    await page.close();
  });
}

test("every screen of the navigation is found by its title, over the API too", async () => {
  const page = await signedIn();
  const links = await page.page.locator("nav a").evaluateAll((all) => all.map((one) => [one.textContent ?? "", new URL((one as HTMLAnchorElement).href).pathname] as const));
  assert.ok(links.length > 8);
  await page.close();
  for (const [title, path] of links) {
    const found = await admin.get<{ items: { kind: string; link: string }[] }>(`/v1/search?limit=20&q=${encodeURIComponent(title.trim())}`);
    assert.ok(found.body.items.some(({ kind, link }) => kind === "screen" && link === path), `${title} leads to ${path}: ${found.text}`);
  }
});
