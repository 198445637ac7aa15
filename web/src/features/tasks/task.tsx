// What the task screens share: states, the steps between them (src/tasks/task.h), and who is who.
import { useQuery } from "@tanstack/react-query";
import { api, page, type Schemas } from "../../api/client";
import { useMay, useSession } from "../../api/session";
import { StateBadge, type Tone } from "../../ui/bits";
import { t } from "../../words/words";

export type Task = Schemas["Task"];
export type TaskState = Task["state"];

export const taskStates = ["open", "in_progress", "done", "cancelled"] as const satisfies readonly TaskState[];

const tones: Record<TaskState, Tone> = { open: "busy", in_progress: "warn", done: "good", cancelled: "quiet" };

export function TaskStateBadge({ task }: { task: Task }) {
  return task.overdue ? (
    <StateBadge family="task_state" value="overdue" tone="bad" />
  ) : (
    <StateBadge family="task_state" value={task.state} tone={tones[task.state]} />
  );
}

export const stepsFrom: Record<TaskState, readonly TaskState[]> = {
  open: ["in_progress", "done", "cancelled"],
  in_progress: ["done", "open", "cancelled"],
  done: ["open"],
  cancelled: ["open"],
};

const assignableMax = 200;

// The people a task can be given to: everybody for those who see the users, else oneself.
export function useAssignable(): readonly { id: string; name: string }[] {
  const may = useMay();
  const session = useSession();
  const users = useQuery({
    queryKey: ["users", "assignable"],
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/users", { params: { query: { limit: assignableMax } }, signal }))).items,
    enabled: may("users.read"),
  });
  const { user_id: id, name } = session.data ?? {};
  return users.data ?? (id != null && name != null ? [{ id, name }] : []);
}

export function usePersonName(): (id: string | null | undefined) => string {
  const people = useAssignable();
  return (id) =>
    id == null ? t("tasks.nobody") : (people.find((person) => person.id === id)?.name ?? t("tasks.somebody"));
}
