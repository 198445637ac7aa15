// A stranger's reader of sealed records, streams and files: written from docs/formats alone, over OpenSSL's ChaCha20-Poly1305 and an
// HChaCha20 of its own. It opens the vectors that stand in the documents.
import assert from "node:assert/strict";
import { createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const formats = new URL("../../../docs/formats/", import.meta.url);

function vectorOf(document: string) {
  const block = /```json vector\n([\s\S]*?)```/.exec(readFileSync(new URL(document, formats), "utf8"));
  assert.ok(block?.[1], `${document} holds a vector`);
  return JSON.parse(block[1]);
}

const hex = (text: string) => Buffer.from(text, "hex");
const rotate = (x: number, n: number) => ((x << n) | (x >>> (32 - n))) >>> 0;

// draft-irtf-cfrg-xchacha-03, section 2.2.
function hchacha20(key: Buffer, nonce: Buffer): Buffer {
  const words = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
  for (let i = 0; i < 8; i++) words.push(key.readUInt32LE(4 * i));
  for (let i = 0; i < 4; i++) words.push(nonce.readUInt32LE(4 * i));
  const state = Uint32Array.from(words);
  const at = (i: number) => state[i] as number;
  const quarter = (a: number, b: number, c: number, d: number) => {
    for (const [x, y, z, turn] of [[a, b, d, 16], [c, d, b, 12], [a, b, d, 8], [c, d, b, 7]] as const) {
      state[x] = at(x) + at(y);
      state[z] = rotate(at(z) ^ at(x), turn);
    }
  };
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarter(i, 4 + i, 8 + i, 12 + i);
    for (let i = 0; i < 4; i++) quarter(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4));
  }
  const out = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((from, to) => out.writeUInt32LE(at(from), 4 * to));
  return out;
}

function open(key: Buffer, nonce: Buffer, sealed: Buffer, associated: Buffer): Buffer {
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)]);
  const cipher = createDecipheriv("chacha20-poly1305", hchacha20(key, nonce.subarray(0, 16)), inner, { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: sealed.length - 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

function fields(...list: (string | Buffer)[]): Buffer {
  return Buffer.concat(list.flatMap((field) => {
    const bytes = Buffer.from(field as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  }));
}

function openRecord(key: Buffer, sealed: Buffer, associated: Buffer): Buffer {
  assert.equal(sealed[0], 1);
  return open(key, sealed.subarray(5, 29), sealed.subarray(29), Buffer.concat([sealed.subarray(0, 5), associated]));
}

function openChunk(key: Buffer, prefix: Buffer, number: number, last: boolean, chunk: Buffer, associated: Buffer): Buffer {
  const place = Buffer.alloc(5);
  place.writeUInt32BE(number);
  place[4] = last ? 1 : 0;
  return open(key, Buffer.concat([prefix, place]), chunk, associated);
}

test("a sealed record opens at its place and nowhere else", () => {
  const v = vectorOf("sealed-record.md");
  const place = (field: string) =>
    fields("privity.record.v1", hex(v.installation), hex(v.subject), v.collection, v.record, field);
  assert.equal(openRecord(hex(v.key), hex(v.sealed), place(v.field)).toString(), v.plaintext);
  assert.throws(() => openRecord(hex(v.key), hex(v.sealed), place("phone")));
});

test("the chunks of a sealed stream open at their places", () => {
  const v = vectorOf("sealed-stream.md");
  const last = v.chunks.length - 1;
  const chunk = (at: number, from: number) =>
    openChunk(hex(v.key), hex(v.prefix), at, at === last, hex(v.chunks[from]), fields(v.domain)).toString();
  assert.deepEqual([chunk(0, 0), chunk(1, 1)], v.plaintexts);
  assert.throws(() => chunk(0, 1));
});

test("a sealed file opens with its key", () => {
  const v = vectorOf("sealed-file.md");
  const content = hex(v.content);
  assert.equal(content.subarray(0, 8).toString(), "PVTYFILE");
  const associated = fields("privity.file.v1", hex(v.installation), hex(v.file));
  const opened = openChunk(hex(v.key), content.subarray(16, 35), 0, true, content.subarray(35), associated);
  assert.equal(opened.toString(), v.plaintext);
});
