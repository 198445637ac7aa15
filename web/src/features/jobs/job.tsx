// What the two job screens share: states, progress, and the steps that a state allows (src/jobs/job.h).
import { Progress } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { StateBadge, type Tone } from "../../ui/bits";
import { nameOf, t } from "../../words/words";
import styles from "./jobs.module.css";

export type Job = Schemas["JobInfo"];
export type JobState = Job["state"];

export const jobStates = [
  "queued",
  "running",
  "waiting",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly JobState[];

const tones: Record<JobState, Tone> = {
  queued: "quiet",
  running: "busy",
  waiting: "warn",
  paused: "warn",
  succeeded: "good",
  failed: "bad",
  cancelled: "quiet",
};

export type JobStep = "cancel" | "pause" | "resume" | "retry";

export const stepsFrom: Record<JobState, readonly JobStep[]> = {
  queued: ["pause", "cancel"],
  running: ["pause", "cancel"],
  waiting: ["retry", "pause", "cancel"],
  paused: ["resume", "cancel"],
  succeeded: [],
  failed: ["retry"],
  cancelled: [],
};

export function isMoving(state: JobState): boolean {
  return state === "queued" || state === "running" || state === "waiting";
}

export function JobStateBadge({ state }: { state: JobState }) {
  return <StateBadge family="job_state" value={state} tone={tones[state]} />;
}

export function JobProgress({ job }: { job: Job }) {
  if (job.progress_total == null || job.progress_total === 0) {
    if (job.progress_done > 0) return withStep(job, t("jobs.progress.open", { done: job.progress_done }));
    return job.progress_step == null ? "–" : nameOf("job_step", job.progress_step);
  }
  const percent = Math.min(100, (100 * job.progress_done) / job.progress_total);
  const text = withStep(job, t("jobs.progress", { done: job.progress_done, total: job.progress_total }));
  return (
    <div className={styles.progress}>
      <Progress value={percent} aria-label={text} />
      <small>{text}</small>
    </div>
  );
}

function withStep(job: Job, progress: string): string {
  return job.progress_step == null
    ? progress
    : t("jobs.progress.step", { step: nameOf("job_step", job.progress_step), progress });
}
