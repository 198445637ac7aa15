import { Anchor, Button, FileButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, page, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { byteSize, t } from "../../words/words";
import { useActorName } from "../identity/people";
import { isFinished, type Task } from "./task";
import styles from "./tasks.module.css";

export function EvidencePanel({ task }: { task: Task }) {
  const may = useMay();
  const evidence = useQuery({
    queryKey: ["tasks", task.id, "evidence"],
    queryFn: ({ signal }) => page(api.GET("/v1/tasks/{id}/evidence", { params: { path: { id: task.id } }, signal })),
  });
  const actorName = useActorName();
  return (
    <Panel
      title={t("tasks.evidence_title")}
      lead={task.content.evidence_needed ? t("tasks.evidence_needed") : undefined}
    >
      <Loaded from={evidence}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <ul className={styles.entries}>
                {items.map((item) => (
                  <li key={item.id}>
                    <EvidenceItem task={task} item={item} />
                    <small>
                      {actorName(item.added_by)} · <Instant at={item.added_at} />
                    </small>
                  </li>
                ))}
              </ul>
            )}
            {may("tasks.use") && !isFinished(task) && (
              <>
                <AddText key={items.length} task={task} />
                <AddFile task={task} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function EvidenceItem({ task, item }: { task: Task; item: Schemas["TaskEvidence"] }) {
  if (item.file == null) return <p className={styles.text}>{item.text}</p>;
  return (
    <p className={styles.text}>
      <Anchor href={`/v1/tasks/${task.id}/evidence/${item.id}/file`} download={item.file.name}>
        {item.file.name}
      </Anchor>{" "}
      ({byteSize(item.file.size_bytes)})
    </p>
  );
}

function AddText({ task }: { task: Task }) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("tasks.add_evidence")}
      labels={{ text: t("tasks.evidence_text") }}
      submitLabel={t("tasks.evidence_add")}
      submit={async (values) => {
        const params = { path: { id: task.id } };
        await answer(api.POST("/v1/tasks/{id}/evidence", { params, body: values as Schemas["NewTaskEvidence"] }));
        await queries.invalidateQueries({ queryKey: ["tasks"] });
      }}
    />
  );
}

function AddFile({ task }: { task: Task }) {
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (file: File) => sendFile(task, file),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tasks"] }),
  });
  return (
    <div className={styles.file}>
      {add.isError && <ProblemCard problem={problemOf(add.error)} />}
      <FileButton onChange={(file) => file !== null && add.mutate(file)}>
        {(props) => (
          <Button variant="default" loading={add.isPending} {...props}>
            {t("tasks.evidence_file")}
          </Button>
        )}
      </FileButton>
    </div>
  );
}

// The file travels as it is; its name in Content-Disposition (RFC 8187), never in the address.
function sendFile(task: Task, file: File) {
  return answer(
    api.POST("/v1/tasks/{id}/evidence/files", {
      params: {
        path: { id: task.id },
        header: { "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` },
      },
      headers: { "Content-Type": "application/octet-stream" },
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  );
}
