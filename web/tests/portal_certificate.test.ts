// @vitest-environment node
// The check of a certificate in the browser, against the one that the server's own tests judge, and one fault at a time.
import { readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { canonical, verify, type Verdict } from "../portal/certificate";
import { signedCertificate, verifierKey, type Look, type Outcome } from "../../tests/support/sign_certificate";

const corpus = "../tests/corpora/certificates";
const text = readFileSync(`${corpus}/v1.json`, "utf8");
const key = readFileSync(`${corpus}/v1.vkey`, "utf8");
const outcomeOf = (verdict: Verdict) => (verdict.state === "holds" ? "holds" : verdict.fault);

afterEach(() => vi.restoreAllMocks());

it("holds for a genuine certificate, and says that it is complete", async () => {
  expect(await verify(text, key)).toMatchObject({ state: "holds", complete: true });
});

it("holds for a genuine certificate of a change, as for one of an erasure", async () => {
  const change = readFileSync(`${corpus}/v1-change.json`, "utf8");
  const itsKey = readFileSync(`${corpus}/v1-change.vkey`, "utf8");
  expect(await verify(change, itsKey)).toMatchObject({
    state: "holds",
    complete: true,
    certificate: { act: "change" },
  });
});

it("holds when it repeats what those who were asked answered, and not when it says something else than the ledger", async () => {
  const read = (name: string) => readFileSync(`${corpus}/${name}`, "utf8");
  expect(outcomeOf(await verify(read("v1-orders.json"), read("v1-orders.vkey")))).toBe("holds");
  expect(outcomeOf(await verify(read("v1-orders-untrue.json"), read("v1-orders.vkey")))).toBe("numbers_wrong");
});

const clean: readonly Look[] = [{ stage: "planned" }, { stage: "sweep" }];

// Every outcome of a collection that docs/formats/certificate.md knows.
it.each([
  ["deleted", { found: 2, deleted: 2 }, true],
  ["emptied", { found: 2, changed: 2 }, true],
  ["kept under a duty", { found: 2, kept: 2 }, true],
  ["made unreadable", { found: 3, deleted: 1, shredded: 2 }, true],
  ["no longer theirs", { found: 2, deleted: 1, not_theirs: 1 }, false],
  ["failed, by two errors", { found: 4, deleted: 1, failed: { "connect.refused": 2, "connect.locked": 1 } }, false],
  ["not covered", { found: 1, kept: 1, not_covered: "cannot_write" }, false],
] as const)("holds when records were %s, and says whether that is all", async (_, outcome, complete) => {
  const certificate = signedCertificate([outcome, { found: 1, deleted: 1 }], clean);
  expect(await verify(certificate, verifierKey)).toMatchObject({ state: "holds", complete });
});

it.each([
  ["more was shredded than the ledger recorded", { found: 2, shredded: 2 }, { shredded: 1 }],
  ["it was deleted, not shredded", { found: 2, shredded: 2 }, { deleted: 2, shredded: 0 }],
  ["the ledger recorded a shred", { found: 2, deleted: 2 }, { shredded: 2 }],
  ["a failure is hidden", { found: 2, deleted: 2 }, { deleted: 1, failed: 1 }],
  ["more was kept", { found: 2, deleted: 2 }, { deleted: 1, kept: 1 }],
  ["it is the record of another collection", { found: 2, deleted: 2 }, { task: 1 }],
  ["its numbers do not add up", { found: 3, shredded: 2 }, {}],
] as const)("does not hold, though it is signed, when %s", async (_, outcome, recorded) => {
  expect(outcomeOf(await verify(signedCertificate([outcome], clean, { recorded }), verifierKey))).toBe("numbers_wrong");
});

it("says nothing of a file with a member that this check does not know, though it is signed", async () => {
  const outcome = { found: 1, deleted: 1 };
  const known = signedCertificate([outcome], clean);
  expect(outcomeOf(await verify(known, verifierKey))).toBe("holds");
  const inTheWhole = signedCertificate([outcome], clean, { unknown: { waived: true } });
  expect(outcomeOf(await verify(inTheWhole, verifierKey))).toBe("malformed");
  const ofACollection = signedCertificate([{ ...outcome, waived: 1 } as Outcome], clean);
  expect(outcomeOf(await verify(ofACollection, verifierKey))).toBe("malformed");
  const badlyTyped = signedCertificate([{ ...outcome, not_covered: null } as unknown as Outcome], clean);
  expect(outcomeOf(await verify(badlyTyped, verifierKey))).toBe("malformed");
});

it("does not hold when the number of shredded records is changed afterwards", async () => {
  const certificate = signedCertificate([{ found: 3, deleted: 1, shredded: 2 }], clean);
  const forged = certificate.replace('"deleted":1,', '"deleted":0,').replace('"shredded":2', '"shredded":3');
  expect(forged).not.toBe(certificate);
  expect(outcomeOf(await verify(forged, verifierKey))).toBe("wrong_signature");
});

it.each([
  ["nobody looked again", [], 0],
  ["something was left", [{ stage: "planned", leftovers: 1 }, { stage: "sweep" }], 0],
  ["a look could not read everything", [{ stage: "sweep", notRead: 1 }], 0],
  ["something was not read for the plan", clean, 1],
] as const)("holds, and says that it is not complete, when %s", async (_, looks, notRead) => {
  const certificate = signedCertificate([{ found: 1, deleted: 1 }], looks, { notRead });
  expect(await verify(certificate, verifierKey)).toMatchObject({ state: "holds", complete: false });
});

it("counts the latest look of each stage, and knows that of a change", async () => {
  const looks: Look[] = [{ stage: "walk", leftovers: 2 }, { stage: "planned" }, { stage: "walk" }];
  const certificate = signedCertificate([{ found: 1, changed: 1 }], looks, { act: "change" });
  expect(await verify(certificate, verifierKey)).toMatchObject({ state: "holds", complete: true });
});

it.each([
  ["a number is changed", text.replace('"deleted":2', '"deleted":3'), "wrong_signature"],
  ["a member is there twice", text.replace('{"boundaries"', '{"boundaries":[],"boundaries"'), "malformed"],
  ["it was written anew", JSON.stringify(JSON.parse(text), null, 1), "malformed"],
  ["it is something else", "{}", "malformed"],
  ["it is no JSON", "certificate", "malformed"],
  ["a path is changed", text.replace('"path":["', '"path":["AAAA'), "wrong_signature"],
])("does not hold when %s", async (_, changed, fault) => {
  expect(changed).not.toBe(text);
  expect(outcomeOf(await verify(changed, key))).toBe(fault);
});

it("does not hold under another key, or what is no key", async () => {
  expect(outcomeOf(await verify(text, "example.org"))).toBe("key_malformed");
  const other = key.replace("example.org/privity", "example.net/privity");
  expect(outcomeOf(await verify(text, other))).toBe("key_malformed"); // the key id belongs to the name
});

it("is checked the same in a browser whose WebCrypto does not know Ed25519", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("Unrecognized name.", "NotSupportedError"));
  expect(await verify(text, key)).toMatchObject({ state: "holds" });
  expect(outcomeOf(await verify(text.replace('"deleted":2', '"deleted":3'), key))).toBe("wrong_signature");
});

it("writes the canonical form of RFC 8785", () => {
  expect(canonical({ b: [1, "€", null], a: { "\u0080": true, z: 1e21 } })).toBe(
    '{"a":{"z":1e+21,"\u0080":true},"b":[1,"€",null]}',
  );
});
