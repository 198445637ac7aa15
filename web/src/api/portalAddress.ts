import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

// Where people reach the public portal; an empty text where there is none.
export const portalAddressQuery = queryOptions({
  queryKey: ["settings", "portal-address"],
  queryFn: async ({ signal }) => (await answer(api.GET("/v1/settings/portal/address", { signal }))).url,
});
