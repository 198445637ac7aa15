// @vitest-environment node
import { generateKeyPairSync, sign } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { check, type Evidence } from "./check";
import { join, leafHash, sha256, type Hash } from "./merkle";
import { openNote, parseCheckpoint, parseVerifier, toHex, type Verifier } from "./note";

// The example of Go's package golang.org/x/mod/sumdb/note.
const neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const neumannNote =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n" +
  "\n" +
  "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

async function verifier(written: string): Promise<Verifier> {
  const parsed = await parseVerifier(written);
  if (parsed === null) throw new Error(`not a verifier: ${written}`);
  return parsed;
}

describe("verifier", () => {
  it("is read as Go writes it", async () => {
    expect((await verifier(neumann)).name).toBe("PeterNeumann");
  });

  it.each([
    { name: "a key id of another key", text: neumann.replace("c74f20a3", "c74f20a4") },
    { name: "a changed name", text: neumann.replace("Peter", "Petra") },
    { name: "no key", text: "PeterNeumann+c74f20a3+" },
    { name: "words", text: "the ledger's key" },
  ])("is refused: $name", async ({ text }) => {
    expect(await parseVerifier(text)).toBeNull();
  });
});

describe("signed note", () => {
  it("of Go's example opens", async () => {
    expect((await openNote(neumannNote, await verifier(neumann))).state).toBe("signed");
  });

  it("with a changed word does not open", async () => {
    const changed = neumannNote.replace("answer", "Answer");
    expect(await openNote(changed, await verifier(neumann))).toEqual({ state: "wrong_signature" });
  });

  it("without a line of this key says so", async () => {
    const other = neumannNote.replace("\u2014 PeterNeumann", "\u2014 EnochRoot");
    expect(await openNote(other, await verifier(neumann))).toEqual({ state: "no_signature_of_this_key" });
  });

  it.each(["", "\n\n", "text only\n", neumannNote.slice(0, -1), neumannNote.replace("\u2014", "-")])(
    "that is none is malformed: %j",
    async (text) => {
      expect(await openNote(text, await verifier(neumann))).toEqual({ state: "malformed" });
    },
  );
});

describe("checkpoint", () => {
  const root = "qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=";
  it("is three lines, later ones are ignored", () => {
    expect(parseCheckpoint(`example.org/log\n20852163\n${root}\nextension\n`)?.size).toBe(20852163);
  });
  it.each([
    `\n7\n${root}\n`,
    `example.org/log\n07\n${root}\n`,
    `example.org/log\n-7\n${root}\n`,
    `example.org/log\n7\nAAAA\n`,
    `example.org/log\n7\n${root}`,
  ])("is refused: %j", (text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });
});

// A ledger of three entries, signed by a key made for this test.
describe("evidence of an entry", () => {
  const entries = ['{"action":"a"}', '{"action":"b"}', '{"action":"c"}'].map((text) => new TextEncoder().encode(text));
  const entry = entries[2] as Uint8Array;
  let key: Verifier;
  let evidence: Evidence;

  beforeAll(async () => {
    const made = await ledgerOf(entries, "example.org/privity");
    key = await verifier(made.verifier);
    evidence = { index: 2, path: [base64(made.left)], checkpoint: made.signedCheckpoint };
  });

  it("proves it", async () => {
    expect(await check(evidence, entry, 2, key)).toMatchObject({ state: "proved", index: 2, checkpoint: { size: 3 } });
  });

  it("does not prove a changed entry", async () => {
    const changed = new TextEncoder().encode('{"action":"C"}');
    expect(await check(evidence, changed, 2, key)).toEqual({ state: "refuted", reason: "not_in_tree" });
  });

  it("does not prove an entry that was not asked about", async () => {
    expect(await check(evidence, entry, 1, key)).toEqual({ state: "refuted", reason: "wrong_entry" });
  });

  it("does not hold under another key", async () => {
    const stranger = await verifier((await ledgerOf(entries, "example.org/privity")).verifier);
    expect(await check(evidence, entry, 2, stranger)).toMatchObject({ reason: "no_signature_of_this_key" });
  });

  it("is refused when the checkpoint's size was changed", async () => {
    const grown = { ...evidence, checkpoint: evidence.checkpoint.replace("\n3\n", "\n4\n") };
    expect(await check(grown, entry, 2, key)).toMatchObject({ reason: "wrong_signature" });
  });

  it("is refused for a checkpoint of another ledger that the same key signed", async () => {
    const other = {
      ...evidence,
      checkpoint: evidence.checkpoint.replace("example.org/privity\n3", "example.org/other\n3"),
    };
    expect(await check(other, entry, 2, key)).toMatchObject({ reason: "wrong_signature" });
  });

  it.each([["AAAA"], ["not base64"], [""]])("is refused with %j in the path", async (hash) => {
    expect(await check({ ...evidence, path: [hash] }, entry, 2, key)).toMatchObject({ reason: "path_malformed" });
  });

  it("is refused with an endless path", async () => {
    const endless = { ...evidence, path: Array<string>(64).fill(evidence.path[0] ?? "") };
    expect(await check(endless, entry, 2, key)).toMatchObject({ reason: "path_malformed" });
  });
});

async function ledgerOf(entries: readonly Uint8Array[], origin: string) {
  const [first, second, third] = (await Promise.all(entries.map(leafHash))) as [Hash, Hash, Hash];
  const node = (left: Hash, right: Hash) => sha256(join([Uint8Array.of(1), left, right]));
  const left = await node(first, second);
  const root = await node(left, third);

  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const typed = join([Uint8Array.of(1), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const keyId = (await sha256(join([new TextEncoder().encode(`${origin}\n`), typed]))).slice(0, 4);
  const body = `${origin}\n3\n${base64(root)}\n`;
  const signature = join([keyId, sign(null, Buffer.from(body), privateKey)]);
  return {
    left,
    verifier: `${origin}+${toHex(keyId)}+${base64(typed)}`,
    signedCheckpoint: `${body}\n\u2014 ${origin} ${base64(signature)}\n`,
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
