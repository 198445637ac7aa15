import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { EmptyState } from "../../ui/ProblemCard";
import { IconTasks } from "../../ui/icons";
import { say } from "../../ui/toasts";
import { t } from "../../words/words";
import { AssigneeField } from "./ContentForm";
import styles from "./tasks.module.css";

// Chosen from those in force; what it asks for is shown before anything is made.
export function StartPlaybook({ onCancel }: { onCancel: () => void }) {
  const [id, setId] = useState<string | null>(null);
  const playbooks = useQuery({
    queryKey: ["playbooks"],
    queryFn: ({ signal }) => page(api.GET("/v1/playbooks", { signal })),
  });
  return (
    <Loaded from={playbooks}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<IconTasks size={28} />} title={t("playbooks.none")}>
            {t("playbooks.none.lead")}
          </EmptyState>
        ) : (
          <div className={styles.playbook}>
            <Select
              autoFocus
              data-autofocus
              label={t("playbooks.one")}
              data={items.map((playbook) => ({ value: playbook.id, label: playbook.title }))}
              value={id}
              allowDeselect={false}
              onChange={setId}
            />
            {id === null ? (
              <Button variant="default" onClick={onCancel}>
                {t("action.cancel")}
              </Button>
            ) : (
              <StartForm key={id} id={id} onCancel={onCancel} />
            )}
          </div>
        )
      }
    </Loaded>
  );
}

function StartForm({ id, onCancel }: { id: string; onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { id } };
  const playbook = useQuery({
    queryKey: ["playbooks", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/playbooks/{id}", { params, signal })),
  });
  const start = async (body: Schemas["NewPlaybookRun"]) => {
    const run = await answer(api.POST("/v1/playbooks/{id}/start", { params, body }));
    await queries.invalidateQueries({ queryKey: ["tasks"] });
    say(t("playbooks.started", { count: run.tasks.length }));
    void navigate(`/tasks?playbook_run=${run.id}`);
  };
  return (
    <>
      <Loaded from={playbook}>{(loaded) => <StepsPreview playbook={loaded} />}</Loaded>
      <SchemaForm
        schema={requestSchema("playbooks.start")}
        labels={{ name: t("playbooks.name") }}
        custom={{ assignee: (field) => <AssigneeField key="assignee" field={field} /> }}
        submitLabel={t("playbooks.start.submit")}
        onCancel={onCancel}
        submit={(values) => start(values as Schemas["NewPlaybookRun"])}
      />
    </>
  );
}

function StepsPreview({ playbook }: { playbook: Schemas["Playbook"] }) {
  const titles = new Map(playbook.steps.map((step) => [step.id, step.title]));
  return (
    <>
      <p className={styles.text}>{playbook.description}</p>
      <ol className={styles.preview} tabIndex={0} aria-label={t("playbooks.steps")}>
        {playbook.steps.map((step) => (
          <li key={step.id}>
            {step.title}
            {(step.after ?? []).length > 0 && (
              <small>
                {t("playbooks.after", { steps: (step.after ?? []).map((first) => titles.get(first)).join("; ") })}
              </small>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
