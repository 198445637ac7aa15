import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { Instant, StateBadge } from "../../ui/bits";
import { IconCalendar } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { refuse, say, undoBy } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { ruleText } from "./rule";
import { RuleDialog } from "./RuleDialog";
import styles from "./jobs.module.css";

type Schedule = Schemas["ScheduleInfo"];
type Step = "enable" | "disable" | "run";

export default function SchedulesScreen() {
  const may = useMay();
  const mayWrite = may("jobs.write");
  const [changing, setChanging] = useState<Schedule | null>(null);
  const spec = useMemo(() => schedulesTable(mayWrite ? setChanging : undefined), [mayWrite]);
  return (
    <Page title={t("schedules.title")} lead={t("schedules.lead")}>
      <DataTable spec={spec} />
      <RuleDialog schedule={changing} onClose={() => setChanging(null)} />
    </Page>
  );
}

function schedulesTable(onChange: ((schedule: Schedule) => void) | undefined): TableSpec<Schedule> {
  return {
    id: "schedules",
    title: "schedules.title",
    columns: [
      { id: "name", title: "field.name", value: (schedule) => nameOf("job_kind", schedule.name) },
      { id: "rule", title: "schedules.rule", value: (schedule) => ruleText(schedule.rule) },
      {
        id: "state",
        title: "schedules.state",
        value: (schedule) => nameOf("schedule_state", stateOf(schedule)),
        cell: (schedule) => (
          <StateBadge family="schedule_state" value={stateOf(schedule)} tone={schedule.is_enabled ? "good" : "quiet"} />
        ),
      },
      {
        id: "next",
        title: "schedules.next",
        value: (schedule) => (schedule.is_enabled ? schedule.next_at : null),
        cell: (schedule) => <Instant at={schedule.is_enabled ? schedule.next_at : null} />,
      },
      {
        id: "last",
        title: "schedules.last",
        value: (schedule) => schedule.last_at ?? null,
        cell: (schedule) => <Instant at={schedule.last_at} absent={t("schedules.never")} />,
      },
    ],
    load: ({ signal }) => page(api.GET("/v1/schedules", { signal })),
    rowKey: (schedule) => schedule.name,
    rowName: (schedule) => nameOf("job_kind", schedule.name),
    rowActions: onChange === undefined ? undefined : (schedule) => <Steps schedule={schedule} onChange={onChange} />,
    empty: (
      <EmptyState icon={<IconCalendar size={28} />} title={t("schedules.none")}>
        {t("schedules.none.lead")}
      </EmptyState>
    ),
  };
}

function stateOf(schedule: Schedule): string {
  return schedule.is_enabled ? "on" : "paused";
}

function Steps({ schedule, onChange }: { schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  const queries = useQueryClient();
  const params = { path: { name: schedule.name } };
  const navigate = useNavigate();
  const setEnabled = (on: boolean) =>
    answer(api.PATCH("/v1/schedules/{name}", { params, body: { is_enabled: on } })).then(() => {
      const undo = undoBy(() => take.mutate(on ? "disable" : "enable"));
      say(t(on ? "schedules.done.enable" : "schedules.done.disable"), undo);
    });
  const calls: Record<Step, () => Promise<unknown>> = {
    enable: () => setEnabled(true),
    disable: () => setEnabled(false),
    run: async () => {
      const { id } = await answer(api.POST("/v1/schedules/{name}/run", { params }));
      say(t("schedules.done.run"), { label: t("schedules.show_job"), take: () => navigate(`/jobs/${id}`) });
    },
  };
  const take = useMutation({
    mutationFn: (step: Step) => calls[step](),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["schedules"] }),
    onError: refuse,
  });
  const toggle: Step = schedule.is_enabled ? "disable" : "enable";
  return (
    <div className={styles.steps}>
      <Button size="xs" variant="default" onClick={() => take.mutate(toggle)}>
        {t(`schedules.step.${toggle}`)}
      </Button>
      <Button size="xs" variant="default" onClick={() => take.mutate("run")}>
        {t("schedules.step.run")}
      </Button>
      <Button size="xs" variant="default" onClick={() => onChange(schedule)}>
        {t("schedules.step.rule")}
      </Button>
    </div>
  );
}
