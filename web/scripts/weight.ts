// What a first visit to each page downloads, compressed, and what comes later: `npm run weight` after a build. Exits 1 above a limit,
// so that a heavy dependency is noticed by whoever adds it.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

interface Page {
  readonly name: string;
  readonly folder: string;
  // The console comes once a morning over an office line; the portal is opened once in a life, over a telephone's.
  readonly firstVisitBytesMax: number;
}
const pages: readonly Page[] = [
  { name: "Console", folder: "../dist/", firstVisitBytesMax: 240 * 1024 },
  { name: "Portal", folder: "../dist-portal/", firstVisitBytesMax: 32 * 1024 },
];
for (const page of pages) weigh(page);

function weigh({ name, folder, firstVisitBytesMax }: Page): void {
  const dist = new URL(folder, import.meta.url);
  const html = readFileSync(new URL("index.html", dist), "utf8");
  const sizes = readdirSync(new URL("assets/", dist)).map((file) => ({
    name: file,
    bytes: gzipSync(readFileSync(new URL(`assets/${file}`, dist)), { level: 9 }).length,
    first: html.includes(`/assets/${file}`),
  }));
  // One language comes with the first visit, too: counted as the heaviest.
  const languages = sizes.filter((file) => /^portal-/.test(file.name)).sort((one, other) => other.bytes - one.bytes);
  const firstVisit = [...sizes.filter((file) => file.first), ...languages.slice(0, 1)];
  const total = sum(firstVisit);
  report(`${name}, first visit`, firstVisit);
  report(
    `${name}, loaded when needed`,
    sizes.filter((file) => !firstVisit.includes(file)),
  );
  if (total > firstVisitBytesMax) {
    console.error(`${name}: the first visit weighs ${kib(total)}; the limit is ${kib(firstVisitBytesMax)}.`);
    process.exitCode = 1;
  }
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
