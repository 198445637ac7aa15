// Tasks, by keyboard alone: made, given to somebody, walked through their steps with evidence, and their history.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import type { Client } from "../support/privity.ts";

let console: Console;
let page: ConsolePage;
let grace: Client;

before(async () => {
  console = await Console.start();
  grace = await console.person("Grace Example", ["tasks.use"]);
  page = await console.open();
});
after(async () => {
  await console.stop();
});

test("an empty list says what tasks are for, and a task is made from it", async () => {
  await page.goto("/tasks");
  await page.sees("heading", "No tasks");
  await page.isAccessible();
  await page.activate("button", "New task");
  await page.hasFocus("textbox", "Title");
  await page.activate("button", "Create the task");
  await page.describes("Title", /^This is needed\.$/);
  await page.fill("Title", "Name a data protection officer");
  await page.fill("Description", "Article 37 asks for one.");
  await page.choose("Assigned to", "Grace Example");
  await page.tabTo("textbox", "Due");
  await page.type("12012026");
  await page.press("Tab");
  await page.type("0930AM");
  await page.tick("Evidence is needed before it can be done");
  await page.isAccessible();
  await page.activate("button", "Create the task");
  await page.sees("heading", "Name a data protection officer");
  await page.reads("Grace Example");
  // In the time zone of the organization, whatever the browser's.
  await page.reads("Dec 1, 2026, 09:30");
  const [task] = (await console.administrator.get("/v1/tasks")).body.items;
  assert.equal(task.content.due, "2026-12-01T08:30:00Z");
});

test("whom it is given finds it on the start page and walks it to its end", async () => {
  const hers = await console.open(grace);
  await hers.goto("/");
  await hers.activate("link", "Name a data protection officer");
  await hers.sees("heading", "Name a data protection officer");
  await hers.activate("button", "Begin");
  await hers.reads("State: In progress");
  await hers.activate("button", "Mark as done");
  await hers.sees("alert", "");
  await hers.isAccessible();
  await hers.fill("What was done, and where it can be seen", "The board named Jonas Sample on 20 November.");
  await hers.activate("button", "Add evidence");
  await hers.reads(/The board named/);
  await hers.activate("button", "Mark as done");
  await hers.reads("State: Done");
  await hers.isAccessible();
  // Opening it again, or calling it off, is for whoever asked for it.
  assert.equal(await hers.page.getByRole("button", { name: /Open again|Cancel the task|Change/ }).count(), 0);
  await hers.close();
});

test("the history tells who did what, and takes comments", async () => {
  await page.goto("/tasks");
  await page.activate("link", "Name a data protection officer");
  await page.sees("heading", "History");
  await page.activate("button", "Open again");
  await page.sees("button", "Begin");
  await page.undo();
  await page.sees("button", "Open again");
  await page.fill("Your comment", "Thank you.");
  await page.activate("button", "Add the comment");
  await page.reads(/Thank you/);
  const events = await page.page.getByRole("region", { name: "History" }).getByRole("listitem").allInnerTexts();
  assert.ok(events.length >= 6, events.join("\n"));
  assert.match(events.join("\n"), /Grace Example/);
  assert.match(events.join("\n"), /Ada Example/);
  await page.isAccessible();
});

test("a task is changed, and cancelled with a way back", async () => {
  await console.create("/v1/tasks", { kind: "task", content: { title: "Look at the cookies" } });
  await page.goto("/tasks");
  await page.activate("link", "Look at the cookies");
  await page.activate("button", "Change");
  await page.hasFocus("textbox", "Title");
  await page.fill("Title", "Look at all cookies");
  await page.press("Enter");
  await page.sees("heading", "Look at all cookies");
  await page.hasFocus("button", "Change");
  await page.activate("button", "Cancel the task");
  await page.reads("State: Cancelled");
  await page.undo();
  await page.sees("button", "Begin");
});

test("a playbook is started, and a step says what it waits for until that is finished", async () => {
  await page.goto("/tasks");
  await page.activate("button", "Start a playbook");
  await page.hasFocus("combobox", "Playbook");
  await page.choose("Playbook", "An employee leaves");
  await page.sees("list", "Its steps");
  await page.reads(/After: Settle the last day, and whether access must end earlier; List accounts/);
  await page.isAccessible();
  await page.fill("For what", "P-1042");
  await page.choose("Assigned to", "Grace Example");
  await page.activate("button", "Start it");
  await page.sees("link", "P-1042: End access on the last day, and say when it was done");
  await page.page.getByRole("link", { name: "Look at all cookies" }).waitFor({ state: "detached" });
  await page.isAccessible();

  const hers = await console.open(grace);
  await hers.goto("/tasks");
  await hers.activate("link", "P-1042: Hand over work, files and the cases in progress");
  await hers.reads("This task can begin when one more is finished.");
  assert.equal(await hers.page.getByRole("button", { name: "Begin" }).count(), 0);
  await hers.isAccessible();
  await hers.activate("link", "P-1042: Settle the last day, and whether access must end earlier");
  await hers.sees("heading", "P-1042: Settle the last day, and whether access must end earlier");
  await hers.activate("button", "Mark as done");
  await hers.reads("State: Done");
  await hers.goto("/tasks");
  await hers.activate("link", "P-1042: Hand over work, files and the cases in progress");
  await hers.reads("All of it is finished: this task can go on.");
  await hers.activate("button", "Begin");
  await hers.reads("State: In progress");
  await hers.close();
});

test("the list is filtered by state and person", async () => {
  await page.goto("/tasks");
  await page.choose("State", "Done");
  await page.page.getByRole("link", { name: "Look at all cookies" }).waitFor({ state: "detached" });
  await page.sees("link", "Name a data protection officer");
  await page.activate("button", "Clear filters");
  await page.choose("Assigned to", "Me");
  await page.sees("heading", "Nothing matches these filters");
  await page.close();
});
