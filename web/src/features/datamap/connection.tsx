// What the screens of connections share.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { StateBadge } from "../../ui/bits";
import { refuse } from "../../ui/toasts";

export type Connection = Schemas["Connection"];
export type ConnectionRequest = Schemas["ConnectionRequest"];

// As the last test or scan found it; nobody asked yet is a state of its own.
export function ReachBadge({ connection }: { connection: Connection }) {
  const { test } = connection;
  if (test == null) return <StateBadge family="reach" value="untested" tone="quiet" />;
  return <StateBadge family="reach" value={test.ok ? "reached" : "failed"} tone={test.ok ? "good" : "bad"} />;
}

export function writingState({ writing_granted: granted }: Connection): "on" | "off" {
  return granted ? "on" : "off";
}

export function WritingBadge({ connection }: { connection: Connection }) {
  const tone = connection.writing_granted ? "warn" : "quiet";
  return <StateBadge family="connections.writing" value={writingState(connection)} tone={tone} />;
}

// What is sent to change one part and leave the rest, the stored password too, as it is.
export function requestOf(connection: Connection): ConnectionRequest {
  const { name, address, writing_granted, networks, sample_records, schedule } = connection;
  return { name, address, writing_granted, networks, sample_records, schedule: schedule ?? null };
}

export function useTest(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/v1/connections/{id}/test", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["connections"] }),
    onError: refuse,
  });
}
