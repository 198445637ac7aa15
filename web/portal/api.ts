// The public listener's API, typed by its own document (schema.d.ts is generated, see scripts/api.ts).
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type About = Schemas["PortalAbout"];
export type PortalRequest = Schemas["PortalRequest"];
export type Message = Schemas["RequestMessage"];

export interface Problem {
  readonly code: string;
  readonly retryAfterSeconds?: number;
}
export type Answer<T> = { state: "done"; value: T } | { state: "failed"; problem: Problem };

// A slow line is given time; one that is dead is called so.
const waitMilliseconds = 45_000;

export async function call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/v1/portal${path}`, {
      method,
      signal: AbortSignal.timeout(waitMilliseconds),
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.ok) return { state: "done", value: (text === "" ? undefined : JSON.parse(text)) as T };
    return { state: "failed", problem: problemOf(answer.status, text) };
  } catch {
    return { state: "failed", problem: { code: "network" } };
  }
}

function problemOf(status: number, text: string): Problem {
  const said = parsed(text);
  if (typeof said["code"] !== "string") return { code: status >= 500 ? "server" : "refused" };
  const seconds = Number((said["parameters"] as Record<string, unknown> | undefined)?.["retry_after_seconds"]);
  return {
    code: status >= 500 ? "server" : said["code"],
    ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
