import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { StateBadge } from "../../ui/bits";

const refreshMilliseconds = 10_000;

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => answer(api.GET("/v1/health", { signal })),
  refetchInterval: refreshMilliseconds,
});

export function HealthBadge({ ok }: { ok: boolean }) {
  return <StateBadge family="health_state" value={ok ? "ok" : "failed"} tone={ok ? "good" : "bad"} />;
}
