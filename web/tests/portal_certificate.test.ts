// @vitest-environment node
// The check of a certificate in the browser, against the one that the server's own tests judge, and one fault at a time.
import { readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { canonical, verify, type Verdict } from "../portal/certificate";

const corpus = "../tests/corpora/certificates";
const text = readFileSync(`${corpus}/v1.json`, "utf8");
const key = readFileSync(`${corpus}/v1.vkey`, "utf8");
const outcome = (verdict: Verdict) => (verdict.state === "holds" ? "holds" : verdict.fault);

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
  expect(outcome(await verify(read("v1-orders.json"), read("v1-orders.vkey")))).toBe("holds");
  expect(outcome(await verify(read("v1-orders-untrue.json"), read("v1-orders.vkey")))).toBe("numbers_wrong");
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
  expect(outcome(await verify(changed, key))).toBe(fault);
});

it("does not hold under another key, or what is no key", async () => {
  expect(outcome(await verify(text, "example.org"))).toBe("key_malformed");
  const other = key.replace("example.org/privity", "example.net/privity");
  expect(outcome(await verify(text, other))).toBe("key_malformed"); // the key id belongs to the name
});

it("is checked the same in a browser whose WebCrypto does not know Ed25519", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("Unrecognized name.", "NotSupportedError"));
  expect(await verify(text, key)).toMatchObject({ state: "holds" });
  expect(outcome(await verify(text.replace('"deleted":2', '"deleted":3'), key))).toBe("wrong_signature");
});

it("writes the canonical form of RFC 8785", () => {
  expect(canonical({ b: [1, "€", null], a: { "\u0080": true, z: 1e21 } })).toBe(
    '{"a":{"z":1e+21,"\u0080":true},"b":[1,"€",null]}',
  );
});
