// What the task screens share: states, the steps between them, and who may take which (src/tasks/schema.cc).
import type { Schemas } from "../../api/client";
import { useMay, useSession } from "../../api/session";
import { StateBadge, type Tone } from "../../ui/bits";

export type Task = Schemas["Task"];
export type TaskState = Task["state"];

export const taskStates = ["open", "in_progress", "done", "cancelled"] as const satisfies readonly TaskState[];

export const taskTones: Record<TaskState, Tone> = {
  open: "busy",
  in_progress: "warn",
  done: "good",
  cancelled: "quiet",
};

export function TaskStateBadge({ task }: { task: Task }) {
  return task.overdue ? (
    <StateBadge family="task_state" value="overdue" tone="bad" />
  ) : (
    <StateBadge family="task_state" value={task.state} tone={taskTones[task.state]} />
  );
}

const stepsFrom: Record<TaskState, readonly TaskState[]> = {
  open: ["in_progress", "done", "cancelled"],
  in_progress: ["done", "open", "cancelled"],
  done: ["open"],
  cancelled: ["open"],
};

export function isFinished(task: Task): boolean {
  return task.state === "done" || task.state === "cancelled";
}

export interface Taker {
  readonly id: string | null | undefined;
  readonly manages: boolean;
}

export function useTaker(): Taker {
  const may = useMay();
  const session = useSession();
  return { id: session.data?.user_id, manages: may("tasks.manage") };
}

// Whoever manages tasks, or asked for this one, decides what it is.
export function mayChange(task: Task, { id, manages }: Taker): boolean {
  return manages || (id != null && task.created_by === id);
}

// Whoever a task is given to does it, but neither calls it off nor opens it again. What waits for others can only be called off.
export function stepsOpenTo(task: Task, taker: Taker): readonly TaskState[] {
  const waits = task.waits_for > 0;
  const steps = stepsFrom[task.state].filter((step) => !waits || step === "open" || step === "cancelled");
  if (mayChange(task, taker)) return steps;
  const isTheirs = taker.id != null && task.content.assignee === taker.id;
  return isTheirs && !isFinished(task) ? steps.filter((step) => step !== "cancelled") : [];
}
