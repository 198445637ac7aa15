// What the identity screens read, by one name each, so that a change refreshes every screen that shows it.
import { queryOptions } from "@tanstack/react-query";
import { answer, answerWithTag, api, page, type Schemas } from "../../api/client";

export type User = Schemas["User"];
export type Role = Schemas["Role"];
export type Token = Schemas["Token"];

export const rolesQuery = queryOptions({
  queryKey: ["roles", "all"],
  queryFn: async ({ signal }) =>
    (await page(api.GET("/v1/roles", { params: { query: { limit: 100 } }, signal }))).items,
});

export const permissionsQuery = queryOptions({
  queryKey: ["permissions"],
  queryFn: async ({ signal }) => (await page(api.GET("/v1/permissions", { signal }))).items,
  staleTime: Infinity,
});

export type Provider = Schemas["Provider"];

// All of them, and the address that each must know to send browsers back to.
export const providersQuery = queryOptions({
  queryKey: ["providers", "all"],
  queryFn: ({ signal }) => answer(api.GET("/v1/identity-providers", { signal })),
});

export function providerQuery(id: string) {
  return queryOptions({
    queryKey: ["providers", id],
    queryFn: ({ signal }) =>
      answerWithTag(api.GET("/v1/identity-providers/{id}", { params: { path: { id } }, signal })),
  });
}

export function roleQuery(id: string) {
  return queryOptions({
    queryKey: ["roles", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/roles/{id}", { params: { path: { id } }, signal })),
  });
}

export function userQuery(id: string) {
  return queryOptions({
    queryKey: ["users", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/users/{id}", { params: { path: { id } }, signal })),
  });
}

export function setUserState(id: string, state: "active" | "disabled"): Promise<User> {
  // Whatever the version: the state is set, not computed from what was read.
  return answer(
    api.PATCH("/v1/users/{id}", { params: { path: { id } }, body: { state }, headers: { "If-Match": "*" } }),
  );
}
