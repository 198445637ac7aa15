// Signing in with the organization's identity providers (OpenID Connect): which are offered, and how the browser leaves for one.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../api/client";

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
