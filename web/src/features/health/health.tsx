import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { StateBadge, type Tone } from "../../ui/bits";

export type Health = Schemas["Health"];

const refreshMilliseconds = 10_000;

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => answer(api.GET("/v1/health", { signal })),
  refetchInterval: refreshMilliseconds,
});

const tones: Record<Health["state"], Tone> = { ok: "good", degraded: "warn", failed: "bad" };

export function HealthBadge({ state }: { state: Health["state"] }) {
  return <StateBadge family="health_state" value={state} tone={tones[state]} />;
}
