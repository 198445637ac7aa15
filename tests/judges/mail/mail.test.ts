// A message as Python's email package reads it, strictly: every defect that it finds is an error.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { sample } from "../samples.ts";

const program = `import email, email.policy, hashlib, json, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.SMTP.clone(raise_on_defect=True))
parts = [p for p in message.walk() if not p.is_multipart()]
print(json.dumps({
  "from": [[a.display_name, a.addr_spec] for a in message["from"].addresses],
  "to": [[a.display_name, a.addr_spec] for a in message["to"].addresses],
  "subject": str(message["subject"]),
  "date": message["date"].datetime.isoformat(),
  "headers": sorted(k.lower() for k in message.keys()),
  "types": [p.get_content_type() for p in message.walk()],
  "text": parts[0].get_content(), "html": parts[1].get_content(),
  "file": parts[2].get_filename(), "bytes": len(parts[2].get_content()),
}))`;

test("Python's email package reads back what was put in, and finds no defect", async () => {
  const folder = mkdtempSync(join(tmpdir(), "privity-mail-"));
  try {
    const file = join(folder, "message.eml");
    assert.equal(await sample("mail", file), "written");
    assert.deepEqual(JSON.parse(execFileSync("python3", ["-c", program, file], { encoding: "utf8" })), {
      from: [['Datenschutz, "Example" GmbH & Söhne', "privity@example.org"]],
      to: [["Anna O'Žan", "anna@example.org"]],
      subject: "Ihre Anfrage über „alles“ – 日本語の件名です、とても長いので折り返されます",
      date: "2026-03-10T09:30:00+00:00",
      headers: ["auto-submitted", "content-language", "content-type", "date", "from", "list-unsubscribe", "list-unsubscribe-post", "message-id", "mime-version", "subject", "to"],
      types: ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"],
      text: "Grüße\n.\nFrom here\n  two spaces \n" + "=".repeat(200) + "\n",
      html: "<p>日本語</p>",
      file: "Übersicht – 日本.pdf",
      bytes: 3000,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
