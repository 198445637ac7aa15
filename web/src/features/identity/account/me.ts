import { queryOptions } from "@tanstack/react-query";
import { answer, api, page, type Schemas } from "../../../api/client";

export type Me = Schemas["AccountView"];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/v1/me", { signal })),
});

export const sessionsQuery = queryOptions({
  queryKey: ["me", "sessions"],
  queryFn: async ({ signal }) => (await page(api.GET("/v1/me/sessions", { signal }))).items,
});
