// What the browser brings back from an identity provider that was refused, in words.
import identity from "@words/en/identity.json";
import type { Problem } from "../../../api/problem";
import { formatted } from "../../../words/words";

const errors: Readonly<Record<string, { what: string; why: string; mend: string }>> = identity.errors;

export function refused(): boolean {
  return window.location.hash.startsWith("#problem=");
}

// A refusal travels behind the "#": its code, and which check failed. Anybody can make such a link, so nothing of it is shown but
// our own words, and a short plain text in their place. Taken out of the address once read.
export function takeRefusal(): Problem | null {
  const sent = new URLSearchParams(window.location.hash.slice(1));
  const code = sent.get("problem");
  if (code === null) return null;
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return refusalOf(code, sent.get("check") ?? "", sent.get("seconds") ?? "");
}

export function refusalOf(code: string, check: string, seconds: string): Problem | null {
  const name = code.replace(/^identity\./, "");
  const words = Object.hasOwn(errors, name) ? errors[name] : undefined;
  if (words === undefined) return null;
  const parameters = {
    problem: /^[a-z0-9 ._-]{1,24}$/.test(check) ? check : "–",
    retry_after_seconds: /^\d{1,5}$/.test(seconds) ? seconds : "–",
  };
  return {
    code,
    status: 0,
    what: formatted(words.what, parameters),
    why: formatted(words.why, parameters),
    mend: formatted(words.mend, parameters),
    requestId: null,
    places: [],
  };
}
