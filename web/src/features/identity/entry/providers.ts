// Signing in with the organization's identity providers (OpenID Connect): which are offered, how the browser leaves for one, and
// what it says when it comes back refused.
import { queryOptions } from "@tanstack/react-query";
import identity from "@words/en/identity.json";
import { answer, api } from "../../../api/client";
import type { Problem } from "../../../api/problem";
import { formatted } from "../../../words/words";

export const offeredProvidersQuery = queryOptions({
  queryKey: ["session", "providers"],
  queryFn: async ({ signal }) => (await answer(api.GET("/v1/session/providers", { signal }))).items,
});

// The address is the server's word; it has checked that it is one of the provider's own.
function leaveFor({ location }: { location: string }): void {
  window.location.assign(location);
}

// `to`: the page that one came for, to land on when all went well.
export async function signInWith(provider: string, to: string): Promise<void> {
  leaveFor(
    await answer(api.POST("/v1/session/oidc/{provider}/start", { params: { path: { provider } }, body: { to } })),
  );
}

export async function joinWith(provider: string, token: string): Promise<void> {
  leaveFor(
    await answer(
      api.POST("/v1/session/oidc/{provider}/invitation", { params: { path: { provider } }, body: { token } }),
    ),
  );
}

export async function linkWith(provider: string): Promise<void> {
  leaveFor(await answer(api.POST("/v1/me/providers/{provider}/link", { params: { path: { provider } } })));
}

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
