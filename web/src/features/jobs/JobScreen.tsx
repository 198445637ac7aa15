import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { ExactInstant, Instant } from "../../ui/bits";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { refuse } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { isMoving, JobProgress, JobStateBadge, stepsFrom, type Job, type JobStep } from "./job";
import styles from "./jobs.module.css";

const refreshMilliseconds = 1_500;

export default function JobScreen() {
  const { id = "" } = useParams();
  const job = useQuery({
    queryKey: ["jobs", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/jobs/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isMoving(state.data.state) ? refreshMilliseconds : false,
  });
  return (
    <Page
      title={job.data === undefined ? t("jobs.one") : nameOf("job_kind", job.data.kind)}
      back={{ to: "/jobs", label: t("jobs.title") }}
      actions={job.data !== undefined && <Steps job={job.data} />}
    >
      <Loaded from={job}>
        {(loaded) => (
          <>
            <JobFacts job={loaded} />
            <Attempts id={id} count={loaded.attempts} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Steps({ job }: { job: Job }) {
  const may = useMay();
  const queries = useQueryClient();
  const params = { path: { id: job.id } };
  const calls: Record<JobStep, () => Promise<Job>> = {
    cancel: () => answer(api.POST("/v1/jobs/{id}/cancel", { params })),
    pause: () => answer(api.POST("/v1/jobs/{id}/pause", { params })),
    resume: () => answer(api.POST("/v1/jobs/{id}/resume", { params })),
    retry: () => answer(api.POST("/v1/jobs/{id}/retry", { params })),
  };
  const take = useMutation({
    mutationFn: (step: JobStep) => calls[step](),
    onError: refuse,
    onSettled: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  if (!may("jobs.write")) return null;
  return (
    <div className={styles.steps}>
      {stepsFrom[job.state].map((step) => (
        <Button key={step} variant="default" loading={take.isPending} onClick={() => take.mutate(step)}>
          {t(`jobs.step.${step}`)}
        </Button>
      ))}
    </div>
  );
}

function JobFacts({ job }: { job: Job }) {
  return (
    <Panel title={t("jobs.one")}>
      <Facts
        facts={[
          [t("jobs.state"), <JobStateBadge key="state" state={job.state} />],
          [t("jobs.progress_title"), <JobProgress key="progress" job={job} />],
          [t("jobs.created"), <ExactInstant key="created" at={job.created_at} />],
          [t("jobs.due"), <Instant key="due" at={job.due_at} />],
          [t("jobs.finished"), <Instant key="finished" at={job.finished_at} />],
          [t("jobs.worker"), job.worker ?? "–"],
        ]}
      />
    </Panel>
  );
}

function Attempts({ id, count }: { id: string; count: number }) {
  const attempts = useQuery({
    queryKey: ["jobs", id, "attempts", count],
    queryFn: ({ signal }) => page(api.GET("/v1/jobs/{id}/attempts", { params: { path: { id } }, signal })),
  });
  return (
    <Panel title={t("jobs.attempts")}>
      <Loaded from={attempts}>
        {({ items }) => (
          <ol className={styles.attempts}>
            {items.length === 0 && <li>{t("jobs.no_attempt")}</li>}
            {items.map((attempt) => (
              <AttemptRow key={attempt.number} attempt={attempt} />
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}

function AttemptRow({ attempt }: { attempt: Schemas["JobAttempt"] }) {
  return (
    <li>
      <strong>{t("jobs.attempt", { number: attempt.number })}</strong>
      <span>{attempt.outcome == null ? t("job_state.running") : nameOf("attempt_outcome", attempt.outcome)}</span>
      {attempt.error != null && <code>{attempt.error.code}</code>}
      <small>
        <Instant at={attempt.started_at} /> · {attempt.worker}
      </small>
    </li>
  );
}
