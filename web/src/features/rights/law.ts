// What the law of a request says about its right, and what to begin with when the person is written to.
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import type { Request } from "./request";

export function useLaw(id: string, enabled = true) {
  return useQuery({
    queryKey: ["law", id],
    enabled,
    queryFn: ({ signal }) => answer(api.GET("/v1/law/{id}", { params: { path: { id } }, signal })),
  });
}

// Whether the law knows this for the right that is claimed, while its period runs: a longer one, a clock that stands still.
export function useAllows(request: Request): (part: "extension" | "pause") => boolean {
  const law = useLaw(request.law).data;
  // An answer that is not accepted was given in time, or was not: no longer period changes that.
  const runs = request.finished_at == null && request.state !== "appealed";
  return (part) => runs && law !== undefined && factsOn(law, `requests.${part}`, request.right).length > 0;
}

// In the language of the request.
export function useDrafts(id: string) {
  return useQuery({
    queryKey: ["drafts", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/rights/requests/{id}/drafts", { params: { path: { id } }, signal })),
  }).data;
}

export function factsOn(law: Schemas["LawView"], part: string, right: Request["right"]) {
  return law.facts.filter((fact) => fact.part === part && (fact.rights.length === 0 || fact.rights.includes(right)));
}
