// What the law of a request says about its right.
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

export function factsOn(law: Schemas["LawView"], part: string, right: Request["right"]) {
  return law.facts.filter((fact) => fact.part === part && (fact.rights.length === 0 || fact.rights.includes(right)));
}
