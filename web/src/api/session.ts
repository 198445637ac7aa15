// Who is signed in, and what that person may do. The server decides each request by itself; the console asks only to leave out
// what would be refused anyway.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, answer, rememberCsrfToken, type Schemas } from "./client";
import { showIn } from "../words/dates";

export type Session = Schemas["Session"];

export const sessionKey = ["session"] as const;

export function adopt(session: Session): Session {
  rememberCsrfToken(session.csrf_token ?? null);
  if (session.time_zone != null) showIn(session.time_zone);
  return session;
}

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => adopt(await answer(api.GET("/v1/session", { signal }))),
    staleTime: Infinity,
  });
}

export function useMay(): (permission: string | undefined) => boolean {
  const session = useSession();
  const held = session.data?.permissions ?? [];
  return (permission) => permission === undefined || held.includes(permission);
}

// After each step of signing in or out: the new session replaces the old, and nothing read before stays in memory.
export function useAdoptSession(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    queries.setQueryData(sessionKey, adopt(session));
  };
}
