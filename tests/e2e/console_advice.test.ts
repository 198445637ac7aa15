// What should not be so in the data map, by keyboard: it says what to do, becomes a task, or stays for a reason; who can reach which data;
// and references that equal values suggest.

import { test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import type { Console } from "../support/console.ts";
import { useMappedConsole } from "../support/mapped_console.ts";

let console: Console;
let page: ConsolePage;

useMappedConsole(async (started) => {
  console = started;
  page = await console.open();
});

const withoutPurpose = /^What is the personal data in Newsletter/;

test("each piece of advice says what to do, and with which article", async () => {
  await page.goto("/advice");
  await page.activate("button", "Look again");
  await page.reads("The data map was looked at anew");
  await page.sees("row", withoutPurpose);
  await page.reads(/GDPR Art\. 5\(1\)\(b\), Art\. 30/);
  await page.isAccessible();
});

test("it may stay for a reason, and one key opens it again", async () => {
  await page.at("row", withoutPurpose).getByRole("button", { name: "It may stay" }).focus();
  await page.press("Enter");
  await page.sees("dialog", "Why may it stay as it is?");
  await page.isAccessible();
  await page.fill("Why", "The record is being written");
  await page.activate("button", "It may stay");
  await page.page.getByRole("row", { name: withoutPurpose }).waitFor({ state: "detached" });
  await page.undo();
  await page.sees("row", withoutPurpose);
});

test("it becomes a task that says what to do", async () => {
  await page.at("row", withoutPurpose).getByRole("button", { name: "Make a task of it" }).focus();
  await page.press("Enter");
  await page.reads("A task says what to do");
  await page.goto("/advice?state=task");
  await page.sees("row", withoutPurpose);
  await page.activate("link", "Task");
  await page.sees("heading", withoutPurpose);
});

test("who reaches what is listed once a system, and every access point with its place", async () => {
  await page.goto("/access");
  await page.sees("row", /Newsletter .*Read/);
  await page.isAccessible();
  await page.tabTo("radio", "By account");
  await page.press("ArrowRight");
  await page.sees("row", /Newsletter .*newsletter\.csv/);
  await page.isAccessible();
});

test("a flow that no store shows is stated, removed, and brought back by one key", async () => {
  await page.goto("/flows");
  await page.sees("heading", "No flow is stated");
  await page.activate("button", "State a flow");
  await page.sees("dialog", "State a flow");
  await page.choose("From", "Newsletter");
  await page.choose("To", "Web shop");
  await page.choose("Categories", "Contact Data › User Contact Email");
  await page.press("Tab");
  await page.fill("How it goes there", "Each night, by file");
  await page.activate("button", "State it");
  await page.sees("row", /^Newsletter Web shop Contact Data › User Contact Email Each night, by file/);
  await page.isAccessible();
  await page.activate("button", "Remove");
  await page.sees("heading", "No flow is stated");
  await page.undo();
  await page.sees("row", /^Newsletter Web shop/);
});

test("a system is compared with the others, as a job that one may watch", async () => {
  await page.goto("/references");
  await page.activate("link", "Suggested references");
  await page.sees("heading", "No reference is suggested");
  await page.isAccessible();
  await page.activate("button", "Compare a system");
  await page.sees("dialog", "Compare a system");
  await page.choose("System", "Newsletter");
  await page.activate("button", "Compare a system");
  await page.sees("heading", "Attempts");
});

test("the page reported nothing", async () => {
  await page.close();
});
