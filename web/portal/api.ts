// The public listener's API, typed by its own document (schema.d.ts is generated, see scripts/api.ts).
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type About = Schemas["PortalAbout"];
export type PortalRequest = Schemas["PortalRequest"];
export type Message = Schemas["RequestMessage"];
export type PortalDocument = Schemas["PortalDocument"];

export interface Problem {
  readonly code: string;
  readonly retryAfterSeconds?: number;
}
export type Answer<T> = { state: "done"; value: T } | { state: "failed"; problem: Problem };

// A slow line is given time; one that is dead is called so.
const waitMilliseconds = 45_000;
const sendFileMilliseconds = 600_000;

export function call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const sent = body === undefined ? {} : { type: "application/json", body: JSON.stringify(body) };
  return ask(method, path, sent, waitMilliseconds);
}

// The bytes alone: neither the file's name nor its type leaves the browser.
export function sendFile<T>(path: string, file: Blob): Promise<Answer<T>> {
  return ask("POST", path, { type: "application/octet-stream", body: file }, sendFileMilliseconds);
}

interface Sent {
  readonly type?: string;
  readonly body?: BodyInit;
}

async function ask<T>(method: string, path: string, { type, body }: Sent, patience: number): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/v1/portal${path}`, {
      method,
      signal: AbortSignal.timeout(patience),
      headers: { Accept: "application/json", ...(type === undefined ? {} : { "Content-Type": type }) },
      body: body ?? null,
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
