import { api, page } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconCpu } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { nameOf, t } from "../../words/words";
import { JobProgress, JobStateBadge, jobStates, type Job } from "./job";

export default function JobsScreen() {
  return (
    <Page title={t("jobs.title")} lead={t("jobs.lead")}>
      <DataTable spec={jobsTable} />
    </Page>
  );
}

const jobsTable: TableSpec<Job> = {
  id: "jobs",
  title: "jobs.title",
  columns: [
    { id: "kind", title: "jobs.kind", value: (job) => nameOf("job_kind", job.kind) },
    {
      id: "state",
      title: "jobs.state",
      value: (job) => nameOf("job_state", job.state),
      cell: (job) => <JobStateBadge state={job.state} />,
    },
    {
      id: "progress",
      title: "jobs.progress_title",
      value: (job) => job.progress_done,
      cell: (job) => <JobProgress job={job} />,
    },
    {
      id: "attempts",
      title: "jobs.attempts",
      value: (job) => job.attempts,
      cell: (job) => t("jobs.attempts.of", { attempts: job.attempts, max: job.max_attempts }),
    },
    {
      id: "created",
      title: "jobs.created",
      value: (job) => job.created_at,
      cell: (job) => <Instant at={job.created_at} />,
    },
    {
      id: "finished",
      title: "jobs.finished",
      value: (job) => job.finished_at ?? null,
      cell: (job) => <Instant at={job.finished_at} />,
    },
    { id: "worker", title: "jobs.worker", value: (job) => job.worker ?? null, hiddenAtFirst: true },
  ],
  filters: [
    {
      id: "state",
      title: "jobs.state",
      choices: jobStates.map((state) => ({ value: state, label: nameOf("job_state", state) })),
    },
    { id: "kind", title: "jobs.kind" },
  ],
  load: ({ filters, limit, cursor, signal }) =>
    page(api.GET("/v1/jobs", { params: { query: { ...filters, limit, cursor } }, signal })),
  rowKey: (job) => job.id,
  rowName: (job) => nameOf("job_kind", job.kind),
  rowTo: (job) => `/jobs/${job.id}`,
  empty: (
    <EmptyState icon={<IconCpu size={28} />} title={t("jobs.none")}>
      {t("jobs.none.lead")}
    </EmptyState>
  ),
};
