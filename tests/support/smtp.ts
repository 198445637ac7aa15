// tests/support/smtp_server.py as a test holds it: a real SMTP server on loopback and the letters it has taken.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";

export type Letter = { from: string; to: string[]; messageId: string; text: string };

/** The settings of a server that sends its mail to a port of this machine. */
export const mailTo = (port: number | string): Record<string, string> => ({
  PRIVITY_MAIL_HOST: "127.0.0.1",
  PRIVITY_MAIL_PORT: String(port),
  PRIVITY_MAIL_ENCRYPTION: "none",
  PRIVITY_MAIL_FROM: "privacy@example.org",
  PRIVITY_OUTBOUND_ALLOWED_PRIVATE_RANGES: "127.0.0.0/8",
});

/** The same, and it has a public portal. */
export const portalAndMailTo = (port: number): Record<string, string> => ({
  PRIVITY_PORTAL_LISTEN: "127.0.0.2:0",
  PRIVITY_PORTAL_URL: "https://privacy.example.org",
  ...mailTo(port),
});

const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

export class SmtpServer {
  readonly port: number;
  readonly letters: Letter[];
  readonly #child: ChildProcess;

  private constructor(port: number, letters: Letter[], child: ChildProcess) {
    this.port = port;
    this.letters = letters;
    this.#child = child;
  }

  static async start(...args: string[]): Promise<SmtpServer> {
    const child = spawn("/usr/bin/python3", [join(import.meta.dirname, "smtp_server.py"), ...args], { stdio: ["pipe", "pipe", "inherit"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    const letters: Letter[] = [];
    const lines = createInterface({ input: child.stdout! });
    const port = await new Promise<number>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the SMTP server ended with ${code}`)));
      lines.once("line", (first) => {
        resolve((JSON.parse(first) as { port: number }).port);
        lines.on("line", (line) => letters.push(letterOf(line)));
      });
    });
    return new SmtpServer(port, letters, child);
  }

  /** Every recipient has got the letter, and repetitions carry the same Message-ID. */
  assertDelivered(recipients: Iterable<string>): void {
    const ids = new Map<string, Set<string>>();
    for (const letter of this.letters) for (const to of letter.to) ids.set(to, (ids.get(to) ?? new Set()).add(letter.messageId));
    for (const to of recipients) assert.equal(ids.get(to)?.size, 1, `letters to ${to}: ${ids.get(to)?.size ?? "none"}`);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin!.end();
    await gone;
  }
}

function letterOf(line: string): Letter {
  const { from, to, data } = JSON.parse(line) as { from: string; to: string[]; data: string };
  const text = Buffer.from(data, "base64").toString();
  return { from, to, text, messageId: /^message-id:\s*(\S+)/im.exec(text)?.[1] ?? "" };
}
