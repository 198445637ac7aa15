import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../api/client";
import { Loaded } from "../../../ui/Loaded";
import { Panel } from "../../../ui/Page";
import { refuse, say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { sessionsQuery } from "./me";
import { SessionList } from "./SessionList";

export function OwnSessions() {
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/v1/me/sessions/{id}", { params: { path: { id } } })),
    onSuccess: async () => {
      say(t("sessions.ended"));
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: refuse,
  });
  const endOthers = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/me/sessions")),
    onSuccess: async () => {
      say(t("sessions.others_ended"));
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: refuse,
  });
  const others = (sessions.data ?? []).some((session) => !session.current);
  return (
    <Panel
      title={t("sessions.title")}
      lead={t("sessions.own.lead")}
      actions={
        others && (
          <Button size="xs" variant="default" onClick={() => endOthers.mutate()}>
            {t("sessions.end_others")}
          </Button>
        )
      }
    >
      <Loaded from={sessions}>{(items) => <SessionList sessions={items} onEnd={(id) => end.mutate(id)} />}</Loaded>
    </Panel>
  );
}
