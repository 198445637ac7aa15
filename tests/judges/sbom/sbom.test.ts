// The bill of materials that the build wrote, judged by CycloneDX's own library and compared with what the binary loads.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const build = process.env["PRIVITY_BUILD"] ?? join(import.meta.dirname, "../../../build");
const text = readFileSync(join(build, "sbom.cdx.json"), "utf8");

type Component = { "bom-ref": string; name: string; version: string; licenses: unknown[]; properties: { value: string }[] };
const bill = JSON.parse(text) as { components: Component[]; dependencies: { dependsOn: string[] }[] };

test("CycloneDX's strict schema accepts it", async () => {
  assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text), null);
});

test("every library that the loader brings in stands in it, with version and licence", () => {
  const known = new Set(bill.components.map((part) => part.name));
  const loaded = [...execFileSync("ldd", [join(build, "privity")], { encoding: "utf8" }).matchAll(/=> (\/\S+)/g)].map((match) => match[1]!);
  assert.ok(loaded.length > 10);
  for (const path of loaded) {
    const file = path.split("/").at(-1)!;
    const owners = execFileSync("dpkg-query", ["-S", `*/${file}`], { encoding: "utf8" });
    assert.ok(owners.split("\n").some((line) => known.has(line.split(":")[0]!)), `${file} is in none of the listed packages`);
  }
  for (const part of bill.components) assert.ok(part.version && part.licenses.length > 0, part["bom-ref"]);
});

test("every shipped npm package stands in it and in NOTICE, and no build tool", () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, "../../../web/package-lock.json"), "utf8")) as { packages: Record<string, { dev?: boolean; optional?: boolean }> };
  const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== "" && !entry.dev && !entry.optional);
  const refs = bill.components.map((part) => part["bom-ref"]).filter((ref) => ref.startsWith("npm:"));
  assert.deepEqual(refs.toSorted(), shipped.map(([path]) => path.replace(/^node_modules\//, "npm:")).toSorted());
  const notice = readFileSync(join(build, "NOTICE"), "utf8");
  for (const ref of refs) assert.ok(notice.includes(ref.slice(4)), ref);
  assert.ok(!refs.includes("npm:vite") && refs.includes("npm:react"));
});
