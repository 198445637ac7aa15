// Runs build/judge_samples, which makes real output of the rooms for the judges, and returns the line it prints.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const program = join(process.env["PRIVITY_BUILD"] ?? join(import.meta.dirname, "../../build"), "judge_samples");

export async function sample(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, words).catch((failed: { stdout?: string; stderr?: string; message: string }) => {
    if (failed.stdout) return { stdout: failed.stdout };
    throw new Error(`${program}: ${failed.message} ${failed.stderr ?? ""}`);
  });
  return stdout.trim();
}
