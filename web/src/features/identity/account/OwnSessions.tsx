import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Loaded } from "../../../ui/Loaded";
import { Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
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
    onError: (thrown) => say(problemOf(thrown).what),
  });
  return (
    <Panel title={t("sessions.title")} lead={t("sessions.own.lead")}>
      <Loaded from={sessions}>{(items) => <SessionList sessions={items} onEnd={(id) => end.mutate(id)} />}</Loaded>
    </Panel>
  );
}
