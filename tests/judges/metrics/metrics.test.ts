// The metrics as Prometheus' own `promtool` reads them (Debian: prometheus), with every kind of number in them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { Privity } from "../../support/privity.ts";

test("promtool has nothing to say against them", async () => {
  const privity = await Privity.start();
  try {
    const admin = await privity.setUp();
    for (const path of ["/v1/tasks", "/v1/tasks/nothing", "/nowhere", "/v1/jobs"]) await admin.get(path);
    const metrics = await admin.get<string>("/metrics", { accept: "text/plain" });
    assert.equal(metrics.status, 200, metrics.text);
    for (const name of ["privity_http_requests_total", "privity_http_request_duration_seconds_bucket", "privity_problems_total", "privity_jobs", "privity_build_info"]) {
      assert.match(metrics.text, new RegExp(`^${name}[{ ]`, "m"));
    }
    const judged = spawnSync("promtool", ["check", "metrics"], { input: metrics.text, encoding: "utf8" });
    assert.equal(judged.status, 0, judged.error?.message ?? judged.stdout + judged.stderr);
    assert.equal(judged.stdout + judged.stderr, "");
    const broken = spawnSync("promtool", ["check", "metrics"], { input: metrics.text.replaceAll("_total", ""), encoding: "utf8" });
    assert.notEqual(broken.status, 0, "a judge that finds nothing judges nothing");
  } finally {
    await privity.stop();
  }
});
