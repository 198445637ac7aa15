// A refusal that a person can act on: RFC 9457 as the server sends it, or one of the few that arise in the page.
import { errorWords } from "../words/words";

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly requestId: string | null;
  // Where in the request body it went wrong, as a JSON Pointer ("/email"), with the words for that place.
  readonly places: readonly { path: string; text: string }[];
}

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

interface ProblemBody {
  status?: number;
  detail?: string;
  instance?: string;
  code?: string;
  why?: string;
  mend?: string;
  parameters?: Record<string, unknown>;
  errors?: readonly { path?: string; what?: string; why?: string; mend?: string }[];
}

export function problemFrom(body: unknown, response: Response): Problem {
  const sent: ProblemBody = isObject(body) ? body : {};
  if (sent.code === undefined) return unexpected(response);
  const what = sent.detail ?? sent.code;
  return {
    code: sent.code,
    status: response.status,
    what,
    why: sent.why ?? "",
    mend: sent.mend ?? "",
    requestId: sent.instance ?? response.headers.get("X-Request-Id"),
    places: placesIn(sent, what),
  };
}

// Whatever was thrown while fetching or computing, as a Problem: nothing fails silently and nothing shows a stack trace.
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const name = thrown instanceof TypeError ? "offline" : "unexpected";
  return { code: `console.${name}`, status: 0, ...errorWords(name), requestId: null, places: [] };
}

function unexpected(response: Response): Problem {
  return {
    code: "console.unexpected",
    status: response.status,
    ...errorWords("unexpected"),
    requestId: response.headers.get("X-Request-Id"),
    places: [],
  };
}

function placesIn(sent: ProblemBody, what: string): Problem["places"] {
  const listed = (sent.errors ?? []).flatMap((error) =>
    error.path === undefined ? [] : [{ path: error.path, text: atField(error.why ?? error.what ?? what) }],
  );
  if (listed.length > 0) return listed;
  const path = sent.parameters?.["path"] ?? sent.parameters?.["field"];
  if (typeof path !== "string" || path === "") return [];
  return [{ path: path.startsWith("/") ? path : `/${path}`, text: atField(sent.why ?? what) }];
}

// "1:41: an address is expected there" → "An address is expected there": beside a field nobody counts the lines of what was sent.
function atField(words: string): string {
  const text = words.replace(/^\d+:\d+: /, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
