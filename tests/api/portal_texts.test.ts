// What the portal says in the company's own words: written by command or API, read by everybody on the public listener, on the record, and
// taken back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { Client, Privity } from "../support/privity.ts";

type Text = { place: string; language: string; is_own: boolean; text: string; built_in: string; version: number };
type About = { own_texts: Record<string, Record<string, string>> };

const path = "/v1/settings/portal/texts/contact/de";
const words = "Fragen? Lesen Sie unsere [Hinweise](https://www.example.org/datenschutz) oder schreiben Sie uns.";
let privity: Privity;
let administrator: Client;

before(async () => {
  privity = await Privity.start({ environment: { PRIVITY_PORTAL_LISTEN: "127.0.0.2:0" } });
  administrator = await privity.setUp();
});
after(async () => {
  await privity.stop();
});

const onPortal = async () => (await new Client(privity.publicUrl).get<About>("/v1/portal")).body.own_texts;

test("a text that is set by command is what everybody reads, in that language alone", async () => {
  assert.deepEqual(await onPortal(), {});
  const set = await privity.cli("portal-texts", "set", "contact", "de", "--text", words);
  assert.equal(set.code, 0, set.stderr);
  assert.deepEqual(await onPortal(), { de: { contact: words } });
  const shown = await administrator.get<Text>(path);
  assert.equal(shown.body.is_own, true);
  assert.equal(shown.body.built_in, "", "there is no address to write to yet");
  const named = await privity.cli("organization", "replace", "--name", "Example Trading", "--time-zone", "Europe/Berlin", "--language", "en", "--privacy-contact", "privacy@example.org");
  assert.equal(named.code, 0, named.stderr);
  assert.match((await administrator.get<Text>(path)).body.built_in, /^Fragen zum Datenschutz\? .*\[privacy@example\.org\]\(mailto:/);
  const english = await administrator.get<Text>(path.replace(/de$/, "en"));
  assert.equal(english.body.text, english.body.built_in);
});

test("all of them are listed, each place in four languages", async () => {
  const { items } = (await administrator.get<{ items: Text[] }>("/v1/settings/portal/texts")).body;
  const places = new Set(items.map(({ place }) => place));
  assert.equal(items.length, places.size * 4);
  assert.deepEqual(items.filter(({ is_own }) => is_own).map(({ place, language }) => [place, language]), [["contact", "de"]]);
});

test("what could act, what is too long, no place, no language, and an older version are refused", async () => {
  const put = async (at: string, text: string, tag = "*") => (await administrator.put(at, { text }, { "if-match": tag })).body as { code: string };
  assert.equal((await put(path, "[x](javascript:alert(1))")).code, "settings.portal_text_link");
  assert.equal((await put(path, "  ")).code, "settings.portal_text_empty");
  assert.equal((await put("/v1/settings/portal/texts/title/de", "Hallo")).code, "settings.portal_place_unknown");
  assert.equal((await put("/v1/settings/portal/texts/contact/tlh", "nuqneH")).code, "settings.portal_language");
  assert.equal((await put(path, "Anders.", '"v0"')).code, "settings.changed_meanwhile");
  assert.equal((await put(path, "x".repeat(2001))).code, "base.value_too_long");
  assert.deepEqual(await onPortal(), { de: { contact: words } });
});

test("whoever may only read the settings changes no text", async () => {
  const reader = await administrator.post<{ secret: string }>("/v1/tokens", { name: "looks", permissions: ["settings.read"], expires_in_days: 1 });
  const client = new Client(privity.consoleUrl, reader.body.secret);
  assert.equal((await client.get(path)).status, 200);
  assert.equal((await client.put(path, { text: "Anders." }, { "if-match": "*" })).status, 403);
  assert.equal((await client.delete(path)).status, 403);
});

test("the built-in words count again, and both changes are on the record without the words", async () => {
  const reset = await privity.cli("portal-texts", "reset", "contact", "de");
  assert.equal(reset.code, 0, reset.stderr);
  assert.deepEqual(await onPortal(), {});
  const entries = async () => (await administrator.get<{ items: { entry: { action: string } }[] }>("/v1/ledger/entries?limit=200")).body.items;
  const about = (items: Awaited<ReturnType<typeof entries>>) => items.map(({ entry }) => entry.action).filter((action) => action.startsWith("settings.portal_text."));
  const items = await eventually(entries, (found) => about(found).length === 2);
  assert.deepEqual(about(items).sort(), ["settings.portal_text.reset", "settings.portal_text.set"]);
  assert.ok(!JSON.stringify(items).includes("Hinweise"));
});
