// What a first visit downloads, compressed, and what each screen adds: `npm run weight` after a build. Exits 1 above the limit, so
// that a heavy dependency is noticed by whoever adds it.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const firstVisitBytesMax = 240 * 1024;

const dist = new URL("../dist/", import.meta.url);
const page = readFileSync(new URL("index.html", dist), "utf8");
const sizes = readdirSync(new URL("assets/", dist)).map((name) => ({
  name,
  bytes: gzipSync(readFileSync(new URL(`assets/${name}`, dist)), { level: 9 }).length,
  first: page.includes(`/assets/${name}`),
}));

const firstVisit = sizes.filter((file) => file.first);
const total = sum(firstVisit);
report("First visit", firstVisit);
report(
  "Loaded with a screen",
  sizes.filter((file) => !file.first),
);
if (total > firstVisitBytesMax) {
  console.error(`The first visit weighs ${kib(total)}; the limit is ${kib(firstVisitBytesMax)}.`);
  process.exit(1);
}

function report(title: string, files: readonly { name: string; bytes: number }[]): void {
  console.log(`${title}: ${kib(sum(files))} gzip`);
  for (const file of [...files].sort((one, other) => other.bytes - one.bytes)) {
    console.log(`  ${kib(file.bytes).padStart(10)}  ${file.name.replace(/-[\w-]{8}\./, ".")}`);
  }
}

function sum(files: readonly { bytes: number }[]): number {
  return files.reduce((bytes, file) => bytes + file.bytes, 0);
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
