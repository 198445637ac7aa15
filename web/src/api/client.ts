// The one way to the API: paths and bodies typed from the server's OpenAPI document (schema.d.ts, generated), answers either a
// value or a thrown ProblemError. Same origin only; the session rides in a cookie that scripts cannot read.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";
import { problemFrom, ProblemError } from "./problem";
import { fetchWithProof } from "./proof";

export type Schemas = components["schemas"];

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: (request) => fetchWithProof(request, addCsrfToken),
});

let csrfToken: string | null = null;

// The server names the token in every answer about the session; a change is refused without it.
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

function addCsrfToken(request: Request): void {
  if (csrfToken !== null) request.headers.set("X-Privity-CSRF", csrfToken);
}

const safeMethods = new Set(["GET", "HEAD"]);

api.use({
  onRequest({ request }) {
    if (safeMethods.has(request.method)) return;
    addCsrfToken(request);
    if (request.method === "POST") request.headers.set("Idempotency-Key", randomKey());
  },
});

interface Exchange<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

// The body of a good answer; anything else is thrown as a ProblemError.
export async function answer<Data>(exchange: Promise<Exchange<Data>>): Promise<Data> {
  return (await answerWithTag(exchange)).value;
}

export interface Tagged<Data> {
  readonly value: Data;
  // The version that was read, for If-Match; null where the resource has none.
  readonly etag: string | null;
}

export async function answerWithTag<Data>(exchange: Promise<Exchange<Data>>): Promise<Tagged<Data>> {
  const { data, error, response } = await exchange;
  if (!response.ok) throw new ProblemError(problemFrom(error, response));
  return { value: data as Data, etag: response.headers.get("ETag") };
}

export interface Page<Item> {
  readonly items: readonly Item[];
  // The opaque cursor of the next page, or null on the last one.
  readonly next: string | null;
}

export async function page<Item>(exchange: Promise<Exchange<{ items: Item[] }>>): Promise<Page<Item>> {
  const { data, error, response } = await exchange;
  if (!response.ok || data === undefined) throw new ProblemError(problemFrom(error, response));
  return { items: data.items, next: nextCursor(response.headers.get("Link")) };
}

// RFC 8288: Link: </v1/users?cursor=abc>; rel="next"
export function nextCursor(link: string | null): string | null {
  for (const part of link?.split(",") ?? []) {
    const match = /<([^>]*)>\s*;(?:.*;)?\s*rel="?next"?/.exec(part);
    if (match?.[1] !== undefined) return new URL(match[1], "http://localhost").searchParams.get("cursor");
  }
  return null;
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
