// @vitest-environment node
import { describe, expect, it } from "vitest";
import { inclusionHolds, leafHash, type Hash } from "./merkle";
import { toHex } from "./note";

// The reference tree of Certificate Transparency (google/certificate-transparency, merkle_tree_test.cc): eight leaves and the
// audit paths that RFC 6962 section 2.1.1 gives for them.
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const rootOf8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
const pathOf1In8 = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
];
const pathOf5In8 = [
  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
];

function bytes(hex: string): Hash {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

describe("leaf hash", () => {
  it("puts a zero byte in front (RFC 6962 section 2.1)", async () => {
    expect(toHex(await leafHash(bytes("")))).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    expect(toHex(await leafHash(bytes("00")))).toBe("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
  });
});

describe("inclusion", () => {
  it.each([
    { index: 1, path: pathOf1In8 },
    { index: 5, path: pathOf5In8 },
  ])("holds for leaf $index of the reference tree", async ({ index, path }) => {
    const leaf = await leafHash(bytes(leaves[index] ?? ""));
    expect(await inclusionHolds(index, 8, leaf, path.map(bytes), bytes(rootOf8))).toBe(true);
  });

  it("holds for the only leaf of a tree of one", async () => {
    const leaf = await leafHash(bytes(""));
    expect(await inclusionHolds(0, 1, leaf, [], leaf)).toBe(true);
  });

  it.each([
    { name: "another index", index: 2, size: 8, leaf: 1, path: pathOf1In8 },
    { name: "another entry", index: 1, size: 8, leaf: 2, path: pathOf1In8 },
    { name: "another size", index: 1, size: 16, leaf: 1, path: pathOf1In8 },
    { name: "an index beyond the tree", index: 8, size: 8, leaf: 1, path: pathOf1In8 },
    { name: "a negative index", index: -1, size: 8, leaf: 1, path: pathOf1In8 },
    { name: "a path that is too short", index: 1, size: 8, leaf: 1, path: pathOf1In8.slice(0, 2) },
    { name: "a path that is too long", index: 1, size: 8, leaf: 1, path: [...pathOf1In8, rootOf8] },
    { name: "a path in another order", index: 1, size: 8, leaf: 1, path: [...pathOf1In8].reverse() },
  ])("is refused for $name", async ({ index, size, leaf, path }) => {
    const hash = await leafHash(bytes(leaves[leaf] ?? ""));
    expect(await inclusionHolds(index, size, hash, path.map(bytes), bytes(rootOf8))).toBe(false);
  });
});
