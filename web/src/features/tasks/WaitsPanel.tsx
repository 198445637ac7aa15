import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, page } from "../../api/client";
import { StateBadge } from "../../ui/bits";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { t } from "../../words/words";
import type { Task } from "./task";
import { taskTones } from "./task";
import styles from "./tasks.module.css";

// What comes before a step of a playbook; for any other task there is nothing to show.
export function WaitsPanel({ task }: { task: Task }) {
  const predecessors = useQuery({
    queryKey: ["tasks", task.id, "predecessors"],
    queryFn: ({ signal }) =>
      page(api.GET("/v1/tasks/{id}/predecessors", { params: { path: { id: task.id } }, signal })),
    enabled: task.kind === "playbook_step",
  });
  if (predecessors.data?.items.length === 0 || task.kind !== "playbook_step") return null;
  return (
    <Panel title={t("tasks.waits_for")} lead={t("tasks.waits_for.lead", { count: task.waits_for })}>
      <Loaded from={predecessors}>
        {({ items }) => (
          <ul className={styles.entries}>
            {items.map(({ id, title, state }) => (
              <li key={id}>
                <Link to={`/tasks/${id}`}>{title}</Link>{" "}
                <StateBadge family="task_state" value={state} tone={taskTones[state]} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
