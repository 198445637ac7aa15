import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { useMay, useSession } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { IconPlay, IconPlus, IconTasks } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { useFlag } from "../../ui/useFlag";
import { nameOf, t } from "../../words/words";
import { usePersonName } from "../identity/people";
import { isFinished, TaskStateBadge, taskStates, type Task } from "./task";
import { ContentForm } from "./ContentForm";
import { StartPlaybook } from "./StartPlaybook";

export default function TasksScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  const personName = usePersonName();
  const session = useSession();
  const self = session.data?.user_id ?? "";
  const [starting, setStarting] = useFlag("start");
  const run = useSearchParams()[0].get("playbook_run");
  const spec = useMemo(() => tasksTable(personName, self, run), [personName, self, run]);
  return (
    <Page
      title={t("tasks.title")}
      lead={t("tasks.lead")}
      actions={
        <>
          {may("tasks.manage") && (
            <Button variant="default" leftSection={<IconPlay size={16} />} onClick={() => setStarting(true)}>
              {t("playbooks.start")}
            </Button>
          )}
          {may("tasks.use") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
              {t("tasks.create")}
            </Button>
          )}
        </>
      }
    >
      <DataTable spec={spec} />
      <Dialog title={t("tasks.create")} opened={creating && may("tasks.use")} onClose={() => setCreating(false)}>
        <CreateForm assignee={self} onCancel={() => setCreating(false)} />
      </Dialog>
      <Dialog title={t("playbooks.start")} opened={starting && may("tasks.manage")} onClose={() => setStarting(false)}>
        <StartPlaybook onCancel={() => setStarting(false)} />
      </Dialog>
    </Page>
  );
}

function CreateForm({ assignee, onCancel }: { assignee: string; onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = async (content: Schemas["TaskContent"]) => {
    const task = await answer(api.POST("/v1/tasks", { body: { kind: "task", content } }));
    await queries.invalidateQueries({ queryKey: ["tasks"] });
    void navigate(`/tasks/${task.id}`);
  };
  return (
    <ContentForm
      initial={{ title: "", description: "", assignee, evidence_needed: false }}
      submitLabel={t("tasks.create.submit")}
      submit={create}
      onCancel={onCancel}
    />
  );
}

type NameOfPerson = (id: string | null | undefined) => string;

// A playbook that was started is a filter only for whoever comes from it: nobody chooses one by its id.
function tasksTable(personName: NameOfPerson, self: string, run: string | null): TableSpec<Task> {
  return {
    id: "tasks",
    title: "tasks.title",
    columns: [
      { id: "title", title: "field.title", value: (task) => task.content.title },
      {
        id: "state",
        title: "tasks.state",
        value: (task) => nameOf("task_state", task.state),
        cell: (task) => (
          <>
            <TaskStateBadge task={task} />
            {task.waits_for > 0 && !isFinished(task) && <small> {t("tasks.waiting")}</small>}
          </>
        ),
      },
      { id: "assignee", title: "field.assignee", value: (task) => personName(task.content.assignee) },
      {
        id: "due",
        title: "field.due",
        value: (task) => task.content.due ?? null,
        cell: (task) => <Instant at={task.content.due} />,
      },
      {
        id: "changed",
        title: "tasks.changed",
        value: (task) => task.changed_at,
        cell: (task) => <Instant at={task.changed_at} />,
      },
    ],
    filters: [
      {
        id: "state",
        title: "tasks.state",
        choices: taskStates.map((state) => ({ value: state, label: nameOf("task_state", state) })),
      },
      { id: "assignee", title: "field.assignee", choices: [{ value: self, label: t("tasks.mine") }] },
      ...(run === null
        ? []
        : [
            {
              id: "playbook_run",
              title: "playbooks.one",
              choices: [{ value: run, label: t("playbooks.this_run") }],
            } as const,
          ]),
    ],
    load: ({ filters, limit, cursor, signal }) =>
      page(api.GET("/v1/tasks", { params: { query: { ...filters, limit, cursor } }, signal })),
    rowKey: (task) => task.id,
    rowName: (task) => task.content.title,
    rowTo: (task) => `/tasks/${task.id}`,
    empty: (
      <EmptyState icon={<IconTasks size={28} />} title={t("tasks.none")}>
        {t("tasks.none.lead")}
      </EmptyState>
    ),
  };
}
