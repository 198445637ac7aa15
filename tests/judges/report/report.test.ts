// Reports as programs see them that we did not write: exceljs, Python's csv and zipfile, unzip, and the hash of the HTML's own policy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import ExcelJS from "exceljs";

import { sample } from "../samples.ts";

const names = ['=HYPERLINK("https://evil.example")', 'Zoë, "Quote"\nand line', "日本語", "+49 30 1234", "plain"];
let folder = "";

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "privity-report-"));
  assert.equal(await sample("report", folder), "written");
});
after(() => rmSync(folder, { recursive: true }));

test("exceljs reads every cell with its kind, and finds no formula", async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(folder, "people.xlsx"));
  const sheet = book.getWorksheet("People");
  assert.ok(sheet);
  assert.equal(sheet.rowCount, names.length + 1);
  assert.deepEqual((sheet.getRow(1).values as string[]).slice(1), ["name", "count", "share", "active", "day", "seen", "empty"]);
  names.forEach((name, index) => {
    const cell = (column: number) => sheet.getRow(index + 2).getCell(column);
    assert.equal(cell(1).text, name);
    assert.notEqual(cell(1).type, ExcelJS.ValueType.Formula);
    assert.equal(cell(2).value, -42);
    assert.equal(cell(3).value, 0.25);
    assert.equal(cell(4).value, true);
    assert.deepEqual(cell(5).value, new Date("2026-03-10T00:00:00Z"));
    assert.deepEqual(cell(6).value, new Date("2026-03-10T09:30:00Z"));
    assert.equal(cell(7).value, null);
  });
});

test("Python's csv module reads the rows back, formulas disarmed", () => {
  const program = "import csv,json,sys; print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))))";
  const rows = JSON.parse(execFileSync("python3", ["-c", program, join(folder, "people.csv")], { encoding: "utf8" })) as string[][];
  assert.deepEqual(
    rows.slice(1).map((row) => row[0]),
    names.map((name) => (/^[=+]/.test(name) ? `'${name}` : name)),
  );
  assert.deepEqual(rows[1]!.slice(1), ["-42", "0.25", "true", "2026-03-10", "2026-03-10T09:30:00Z", ""]);
});

test("unzip and Python's zipfile find the archive sound, names and times included", () => {
  const archive = join(folder, "package.zip");
  execFileSync("unzip", ["-tq", archive]);
  const program = `import json,sys,zipfile
archive = zipfile.ZipFile(sys.argv[1]); assert archive.testzip() is None
print(json.dumps([[i.filename, i.file_size, list(i.date_time), i.external_attr >> 16] for i in archive.infolist()]))`;
  const time = [2026, 3, 10, 9, 30, 0];
  assert.deepEqual(JSON.parse(execFileSync("python3", ["-c", program, archive], { encoding: "utf8" })), [
    ["data.json", 7, time, 0o100644],
    ["Übersicht/日本.txt", 200000, time, 0o100644],
    ["empty", 0, time, 0o100644],
  ]);
});

test("the HTML's policy allows exactly its own style and no script", () => {
  const html = readFileSync(join(folder, "report.html"), "utf8");
  const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  assert.ok(style.length > 0 && html.includes(`default-src 'none'; style-src 'sha256-${hash}'`));
  assert.ok(!/<script|<img/i.test(html));
});
