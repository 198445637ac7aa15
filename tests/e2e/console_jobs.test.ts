// Background work, by keyboard alone: schedules run now, paused and changed; jobs looked at.

import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";

let console: Console;
let page: ConsolePage;

before(async () => {
  console = await Console.start();
  page = await console.open();
});
after(async () => {
  await console.stop();
});

const sweep = "Clear old notifications";

function row() {
  return page.page.getByRole("row").filter({ hasText: sweep });
}

async function inRow(button: string): Promise<void> {
  const target = row().getByRole("button", { name: button });
  await target.waitFor();
  while (!(await target.evaluate((element) => element === document.activeElement))) await page.press("Tab");
  await page.press("Enter");
}

test("a schedule runs now, and its job is one key away", async () => {
  await page.goto("/schedules");
  await page.sees("table", "Schedules");
  await page.isAccessible();
  await inRow("Run now");
  await page.reads("A run has been queued");
  await page.press("z");
  await page.sees("heading", sweep);
  await page.sees("heading", "Attempts");
  await page.reads("Attempt 1");
  await page.sees("link", "Jobs");
  await page.isAccessible();
});

test("a schedule is paused, and goes on by one key", async () => {
  await page.goto("/schedules");
  await inRow("Pause");
  await page.reads("Schedule paused");
  await row().getByText("Paused", { exact: true }).waitFor();
  await page.undo();
  await page.reads("Schedule resumed");
  await row().getByText("On", { exact: true }).waitFor();
});

test("when it runs is changed, checked at the field, and taken back", async () => {
  const before = await row().getByRole("cell").nth(1).innerText();
  await inRow("Change when");
  await page.sees("dialog", `When: ${sweep}`);
  await page.choose("How often", "Every month");
  await page.fill("Day of the month", "32");
  await page.activate("button", "Save");
  await page.reads("Not more than 31.");
  await page.isAccessible();
  await page.fill("Day of the month", "15");
  await page.activate("button", "Save");
  await page.reads("The schedule has been changed");
  await row().getByText(/On day 15 of every month/).waitFor();
  await page.undo();
  await row().getByText(before).first().waitFor();
});

test("the list of jobs is filtered, and a finished job offers no step", async () => {
  await page.press("g", "j");
  await page.sees("table", "Jobs");
  await page.isAccessible();
  await page.choose("State", "Succeeded");
  await page.activate("link", sweep);
  await page.reads("Succeeded");
  await page.page.getByRole("button", { name: "Cancel the job" }).waitFor({ state: "detached" });
  await page.close();
});
