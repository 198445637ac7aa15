// What the screens of connections share.
import { Badge } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { StateBadge } from "../../ui/bits";
import { IconLock } from "../../ui/icons";
import { refuse } from "../../ui/toasts";
import { t } from "../../words/words";

export type Connection = Schemas["Connection"];
export type ConnectionRequest = Schemas["ConnectionRequest"];

// As the last test or scan found it; nobody asked yet is a state of its own.
export function ReachBadge({ connection }: { connection: Connection }) {
  const { test } = connection;
  if (test == null) return <StateBadge family="reach" value="untested" tone="quiet" />;
  return <StateBadge family="reach" value={test.ok ? "reached" : "failed"} tone={test.ok ? "good" : "bad"} />;
}

export function WritingBadge({ connection }: { connection: Connection }) {
  return connection.writing_granted ? (
    <Badge variant="default" radius="sm">
      {t("connections.writing.on")}
    </Badge>
  ) : (
    <Badge variant="default" radius="sm" leftSection={<IconLock size={12} />}>
      {t("connections.writing.off")}
    </Badge>
  );
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
