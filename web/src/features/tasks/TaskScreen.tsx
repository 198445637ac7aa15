import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { answer, answerWithTag, api, page, type Schemas, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { ExactInstant, Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { ThingName } from "../../ui/ThingName";
import { refuse, say, undoBy } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { ContentForm } from "./ContentForm";
import { EvidencePanel } from "./EvidencePanel";
import { useActorName, usePersonName } from "../identity/people";
import { isFinished, mayChange, stepsOpenTo, TaskStateBadge, useTaker, type Task, type TaskState } from "./task";
import { WaitsPanel } from "./WaitsPanel";
import styles from "./tasks.module.css";

export default function TaskScreen() {
  const { id = "" } = useParams();
  const may = useMay();
  const task = useQuery({
    queryKey: ["tasks", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/tasks/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <Page
      title={task.data?.value.content.title ?? t("tasks.one")}
      back={{ to: "/tasks", label: t("tasks.title") }}
      actions={task.data !== undefined && may("tasks.use") && <Steps task={task.data.value} />}
    >
      <Loaded from={task}>
        {(tagged) => (
          <div className={styles.columns}>
            <div>
              <ContentPanel tagged={tagged} reload={() => void task.refetch()} />
              <WaitsPanel task={tagged.value} />
              <EvidencePanel task={tagged.value} />
            </div>
            <HistoryPanel task={tagged.value} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Steps({ task }: { task: Task }) {
  const queries = useQueryClient();
  const taker = useTaker();
  const move = useMutation({
    mutationFn: (state: TaskState) =>
      answer(api.POST("/v1/tasks/{id}/move", { params: { path: { id: task.id } }, body: { state } })),
    onSuccess: async (moved) => {
      await queries.invalidateQueries({ queryKey: ["tasks"] });
      const isBack = stepsOpenTo(moved, taker).includes(task.state);
      const undo = isBack ? undoBy(() => move.mutate(task.state)) : undefined;
      say(t("tasks.moved", { state: nameOf("task_state", moved.state) }), undo);
    },
    onError: refuse,
  });
  return (
    <div className={styles.steps}>
      {stepsOpenTo(task, taker).map((state, index) => (
        <Button
          key={state}
          variant={index === 0 ? "filled" : "default"}
          loading={move.isPending}
          onClick={() => move.mutate(state)}
        >
          {t(`tasks.step.${state}`)}
        </Button>
      ))}
    </div>
  );
}

function ContentPanel({ tagged, reload }: { tagged: Tagged<Task>; reload: () => void }) {
  const taker = useTaker();
  const queries = useQueryClient();
  const personName = usePersonName();
  const [editing, setEditing] = useState(false);
  const { value: task, etag } = tagged;
  const edit = async (body: Schemas["TaskContent"]) => {
    const params = { path: { id: task.id } };
    await answer(api.PUT("/v1/tasks/{id}", { params, body, headers: { "If-Match": etag ?? "*" } }));
    await queries.invalidateQueries({ queryKey: ["tasks"] });
    setEditing(false);
  };
  return (
    <Panel
      title={t("tasks.one")}
      actions={
        mayChange(task, taker) &&
        !isFinished(task) && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {t("users.edit")}
          </Button>
        )
      }
    >
      {task.content.description !== "" && <p className={styles.text}>{task.content.description}</p>}
      <Facts
        facts={[
          [t("tasks.state"), <TaskStateBadge key="state" task={task} />],
          [t("field.assignee"), personName(task.content.assignee)],
          [
            t("field.due"),
            task.content.due == null ? t("tasks.no_due") : <ExactInstant key="due" at={task.content.due} />,
          ],
          [t("tasks.evidence_title"), t("tasks.evidence_count", { count: task.evidence_count })],
          ...(task.link == null ? [] : [[t("tasks.about"), <ThingName key="about" thing={task.link} />] as const]),
        ]}
      />
      <Dialog title={t("users.edit")} opened={editing} onClose={() => setEditing(false)}>
        <ContentForm
          key={etag}
          initial={task.content}
          submitLabel={t("action.save")}
          submit={edit}
          onCancel={() => setEditing(false)}
          onReload={reload}
        />
      </Dialog>
    </Panel>
  );
}

function HistoryPanel({ task }: { task: Task }) {
  const may = useMay();
  const queries = useQueryClient();
  const actorName = useActorName();
  const params = { path: { id: task.id } };
  const history = useQuery({
    queryKey: ["tasks", task.id, "history"],
    queryFn: ({ signal }) => page(api.GET("/v1/tasks/{id}/history", { params, signal })),
  });
  return (
    <Panel title={t("tasks.history")}>
      <Loaded from={history}>
        {({ items }) => (
          <>
            <ol className={styles.entries}>
              {items.map((event) => (
                <li key={event.id}>
                  <EventText event={event} />
                  <small>
                    {actorName(event.actor)} · <Instant at={event.at} />
                  </small>
                </li>
              ))}
            </ol>
            {may("tasks.use") && (
              <SchemaForm
                key={items.length}
                schema={requestSchema("tasks.comment")}
                labels={{ text: t("tasks.comment_text") }}
                submitLabel={t("tasks.comment")}
                submit={async (values) => {
                  await answer(
                    api.POST("/v1/tasks/{id}/comments", { params, body: values as Schemas["NewTaskComment"] }),
                  );
                  await queries.invalidateQueries({ queryKey: ["tasks", task.id] });
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function EventText({ event }: { event: Schemas["TaskEvent"] }) {
  if (event.text != null) return <p className={styles.text}>{event.text}</p>;
  if (event.state != null) return <>{t("tasks.moved", { state: nameOf("task_state", event.state) })}</>;
  return <>{nameOf("task_event", event.kind)}</>;
}
