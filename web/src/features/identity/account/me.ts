import { queryOptions } from "@tanstack/react-query";
import { answer, api, page, type Schemas } from "../../../api/client";

export type Me = Schemas["Me"];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/v1/me", { signal })),
});

export const passkeysQuery = queryOptions({
  queryKey: ["me", "passkeys"],
  queryFn: async ({ signal }) => (await page(api.GET("/v1/me/passkeys", { signal }))).items,
});

export const sessionsQuery = queryOptions({
  queryKey: ["me", "sessions"],
  queryFn: async ({ signal }) => (await page(api.GET("/v1/me/sessions", { signal }))).items,
});
