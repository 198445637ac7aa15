// What is planned in the stores, by keyboard: looked at with masked samples, decided otherwise with a ground and a reason, and taken back.
// Then decided once for all plans to come.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ConsolePage } from "../support/browser.ts";
import { Console } from "../support/console.ts";
import { eventually } from "../support/eventually.ts";
import { makeStores, scanned } from "../support/stores.ts";

type Plan = { digest: string; parts: { collection: { name: string }; deleted: number; keep_ground: string }[]; edits: { edit: object }[] };

const stores = makeStores();
let console: Console;
let page: ConsolePage;

before(async () => {
  console = await Console.start({ environment: stores.environment });
  await scanned(console.administrator, "Web shop", `sqlite://${stores.shop}`, { writing_granted: true });
  page = await console.open();
});
after(async () => {
  await console.stop();
  stores.remove();
});

async function planned(): Promise<string> {
  const made = await console.create("/v1/rights/requests", { law: "eu-gdpr", right: "erasure", content: { email: "ada@example.org" } });
  const id = String(made["id"]);
  await console.create(`/v1/rights/requests/${id}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  await console.create(`/v1/rights/requests/${id}/plan`);
  const read = async () => (await console.administrator.get<{ state: string }>(`/v1/rights/requests/${id}`)).body;
  await eventually(read, ({ state }) => state === "planned");
  return id;
}

const planOf = async (id: string) => (await console.administrator.get<Plan>(`/v1/rights/requests/${id}/plan`)).body;
const partOf = async (id: string, name: string) => (await planOf(id)).parts.find(({ collection }) => collection.name === name);

let id: string;
let first: string;

test("the plan shows of each table what becomes of its records and fields, and masks what is personal", async () => {
  id = await planned();
  first = (await planOf(id)).digest;
  await page.goto(`/requests/${id}`);
  await page.sees("heading", "What is planned in the stores");
  await page.reads("1 record is deleted");
  await open("Web shop › customer");
  const table = page.at("table", /^Fields of .*customer$/);
  await table.getByRole("row", { name: /^email Deleted with the record / }).waitFor();
  assert.doesNotMatch(await table.innerText(), /ada@example\.org|Migraine/);
  await page.isAccessible();
});

test("a table is kept only on a ground, and the plan says who decided it", async () => {
  await page.activate("button", /^Change .*purchase$/);
  await page.sees("dialog", /^Change .*purchase$/);
  await page.activate("button", "Change the plan");
  await page.reads("A ground is missing.");
  await page.isAccessible();
  await page.fill("Ground", "Tax records, ten years (AO § 147)");
  await page.fill("Why", "Asked by legal");
  await page.activate("button", "Change the plan");
  await page.reads("Kept: Tax records, ten years (AO § 147)");
  const decided = page.at("region", "What is planned in the stores");
  await decided.getByText("Asked by legal").waitFor();
  await decided.getByText(/Ada Example/).waitFor();
  assert.equal((await partOf(id, "purchase"))?.keep_ground, "Tax records, ten years (AO § 147)");
  await page.isAccessible();
});

test("a field that stays is treated otherwise", async () => {
  await page.activate("button", "Change phone");
  await page.sees("dialog", /^Change .*customer › phone$/);
  await page.choose("What happens", "Put a fixed text in its place");
  await page.activate("button", "Change the plan");
  await page.at("table", /^Fields of .*customer$/).getByRole("row", { name: /^phone Put a fixed text in its place/ }).waitFor();
  await page.isAccessible();
});

test("what was decided is taken back, and the plan is the one that was made", async () => {
  await page.activate("button", /^Undo: .*phone$/);
  await page.at("button", /^Undo: .*phone$/).waitFor({ state: "detached" });
  await page.activate("button", /^Undo: .*purchase$/);
  await page.at("heading", "Changed by people").waitFor({ state: "detached" });
  await page.reads("1 record is deleted");
  assert.equal((await planOf(id)).digest, first);
});

test("whoever may only read is offered no change", async () => {
  const reader = await console.person("Grace Example", ["rights.read"]);
  const hers = await console.open(reader);
  await hers.goto(`/requests/${id}`);
  await hers.sees("heading", "What is planned in the stores");
  assert.equal(await hers.page.getByRole("button", { name: /^Change/ }).count(), 0);
  await hers.close();
});

test("what the stores answer arrives on the page, and what is sent begins with a draft", async () => {
  const made = await console.create("/v1/rights/requests", { law: "eu-gdpr", right: "access", language: "de", content: { email: "ada@example.org" } });
  await console.create(`/v1/rights/requests/${String(made["id"])}/proofs`, { method: "document", note: "Passport seen; copy destroyed." });
  await page.goto(`/requests/${String(made["id"])}`);
  for (const step of ["Make the plan", "Approve this plan", "Carry out the plan", "Answer"]) {
    await page.sees("button", step);
    await page.activate("button", step);
  }
  const draft = page.page.getByRole("dialog").getByRole("textbox");
  await eventually(() => draft.inputValue(), (text) => /^Guten Tag,[^]*liegt bereit/.test(text));
  await page.isAccessible();
  await page.activate("button", "Send to the person");
  await page.page.getByRole("region", { name: "Rights request", exact: true }).getByText("Answered").waitFor();
});

test("it is decided once for all plans to come, with ground and reason", async () => {
  await page.goto("/handling");
  await page.sees("heading", "Nothing is decided yet");
  await page.isAccessible();
  await page.activate("button", "Decide how to treat data");
  await page.sees("dialog", "Decide how to treat data");
  await page.activate("button", "Decide");
  await page.sees("alert", "");
  await page.choose("System", "Web shop");
  await page.choose("Table or file", "purchase");
  await page.choose("Kind of decision", "Has to be kept");
  await page.fill("Ground", "Tax records, ten years (AO § 147)");
  await page.fill("Why it is decided", "Accounting asked for it");
  await page.isAccessible();
  await page.activate("button", "Decide");
  await page.sees("row", /purchase.*Has to be kept Tax records, ten years \(AO § 147\) Accounting asked for it/);
  await page.isAccessible();
  assert.equal((await partOf(await planned(), "purchase"))?.keep_ground, "Tax records, ten years (AO § 147)");
});

test("what is decided of one field offers what fits a field, and is decided otherwise", async () => {
  await page.activate("button", "Decide how to treat data");
  await page.sees("dialog", "Decide how to treat data");
  await page.choose("System", "Web shop");
  await page.choose("Table or file", "customer");
  await page.choose("Field", "medical_condition");
  await page.choose("Kind of decision", "What becomes of the value");
  await page.choose("What becomes of the value", "Put a hash in its place");
  await page.fill("Why it is decided", "Counted by the insurer");
  await page.activate("button", "Decide");
  await page.sees("row", /customer\.medical_condition.*Put a hash in its place/);
  await page.goto("/handling?kind=strategy");
  await page.activate("button", "Change");
  await page.sees("dialog", "Decide otherwise");
  await page.choose("What becomes of the value", "Remove the value");
  await page.isAccessible();
  await page.activate("button", "Save");
  await page.sees("row", /customer\.medical_condition.*Remove the value/);
});

test("a decision ends, and comes back by undo; what ended stays in the history", async () => {
  await page.activate("button", "End it");
  await page.sees("heading", "Nothing matches these filters");
  await page.activate("button", /^Undo/);
  await page.sees("row", /customer\.medical_condition.*Remove the value/);
  await page.goto("/handling?kind=strategy&ended=true");
  await page.sees("row", /Put a hash in its place/);
});

test("a table of requests is looked at before any is made, and what is wrong is named by line and column", async () => {
  const file = (lines: string[]) => ({ name: "requests.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n") + "\n") });
  const requests = async () => (await console.administrator.get<{ items: object[] }>("/v1/rights/requests?limit=100")).body.items.length;
  const before = await requests();
  await page.goto("/requests");
  await page.activate("link", "Import requests");
  await page.sees("heading", "Import requests");
  await page.isAccessible();
  const choose = page.page.locator("input[type=file]");
  await choose.setInputFiles(file(["law,right,email", "eu-gdpr,access,grace@example.org", "eu-gdpr,access,nobody", "xx-law,access,lin@example.org"]));
  await page.sees("row", /^3 email /);
  await page.sees("row", /^4 law /);
  await page.isAccessible();
  await choose.setInputFiles(file(["law,right,email", "eu-gdpr,access,grace@example.org", "eu-gdpr,erasure,lin@example.org"]));
  await page.sees("heading", "Every line is right");
  assert.equal(await requests(), before, "nothing is made before somebody says so");
  await page.activate("button", "Make 2 requests");
  await page.sees("heading", "2 requests were made");
  assert.equal(await requests(), before + 2);
  await choose.setInputFiles(file(["surname,mail", "Example,grace@example.org"]));
  await page.sees("alert", "");
  await page.isAccessible();
});

test("whose holidays count and who approves is set, and what a login must not leave open is refused", async () => {
  await page.goto("/requests");
  await page.activate("link", "How requests are worked on");
  await page.fill("Where the company is", "DE-BY");
  await page.tick("Whoever had the plan made may not approve it");
  await page.activate("button", "Save");
  await page.reads("Settings saved");
  const kept = (await console.administrator.get<{ place: string; second_person: boolean }>("/v1/rights/settings")).body;
  assert.deepEqual([kept.place, kept.second_person], ["DE-BY", true]);
  await page.tick("Its tokens are taken");
  await page.fill("Issuer", "https://login.example.org");
  await page.activate("button", "Save the login");
  await page.sees("alert", "");
  await page.isAccessible();
});

test("whoever had the plan made reads why they cannot approve it, and somebody else can", async () => {
  const waiting = await planned();
  await page.goto(`/requests/${waiting}`);
  await page.reads("You had this plan made: another person has to approve it.");
  assert.equal(await page.at("button", "Approve this plan").count(), 0);
  await page.isAccessible();
  const other = await console.open(await console.person("Mary Example", ["rights.read", "rights.write", "rights.approve"]));
  await other.goto(`/requests/${waiting}`);
  await other.activate("button", "Approve this plan");
  await other.sees("button", "Carry out the plan");
  await other.close();
});

test("the page reported nothing", async () => {
  await page.close();
});

// The browser's own disclosure, which has no role that is asked for.
async function open(table: string): Promise<void> {
  const summary = page.page.getByRole("listitem").filter({ hasText: table }).getByText("Fields, and a few records masked").first();
  await summary.focus();
  await page.press("Enter");
}
