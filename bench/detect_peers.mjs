// Two libraries from npm over texts that detect_bench gives: node detect_peers.mjs FILE, a NUL after each text. Prints
// megabytes a second of processor time, which is what detect_bench prints of itself, and how much was found.

import { readFileSync } from "node:fs";
import { OpenRedaction } from "@openredaction/core";
import { SyncRedactor } from "redact-pii";

const rounds = 3;
const texts = readFileSync(process.argv[2], "utf8").split("\0").filter(Boolean);
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

const openRedaction = new OpenRedaction();
const redactor = new SyncRedactor();
const peers = [
  // It says only what the text is without them, so what was found is counted by its placeholders.
  { name: "redact-pii (npm)", look: async (text) => redactor.redact(text).match(/\b[A-Z]+(_[A-Z]+)+\b/g)?.length ?? 0, rates: [], found: 0 },
  { name: "openredaction (npm)", look: async (text) => (await openRedaction.detect(text)).detections.length, rates: [], found: 0 },
];

for (let round = 0; round < rounds; round++) {
  for (const peer of peers) {
    peer.found = 0;
    const before = process.cpuUsage();
    for (const text of texts) peer.found += await peer.look(text);
    const { user, system } = process.cpuUsage(before);
    peer.rates.push(megabytes / ((user + system) / 1e6));
  }
}

console.log(`libraries from npm, ${megabytes.toFixed(1)} MB of the same texts`);
for (const peer of peers) {
  const median = peer.rates.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
  console.log(`  ${peer.name.padEnd(34)} ${median.toFixed(2).padStart(9)} MB/s  ${peer.found} found`);
}
