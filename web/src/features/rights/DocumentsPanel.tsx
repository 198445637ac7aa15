// Copies of identity documents that were given as a proof: looked at, decided about, and what became of each.
import { Anchor, Button, FileButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, page, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { requestSchema } from "../../api/requestSchema";
import { useMay, useSession } from "../../api/session";
import { ExactInstant, Instant } from "../../ui/bits";
import { Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { say } from "../../ui/toasts";
import { byteSize, nameOf, t } from "../../words/words";
import { useActorName } from "../identity/people";
import type { Request } from "./request";
import { StepDialog } from "./StepDialogs";
import styles from "./rights.module.css";

type Document = Schemas["IdentityDocument"];

const lookAgainMilliseconds = 1_000;

function isBeingDestroyed(document: Document): boolean {
  return document.outcome !== "waiting" && document.destroyed_at == null;
}

// Nothing where the request takes none and none was given.
export function DocumentsPanel({ request }: { request: Request }) {
  const may = useMay();
  const documents = useQuery({
    queryKey: ["requests", request.id, "documents"],
    queryFn: ({ signal }) =>
      page(api.GET("/v1/rights/requests/{id}/documents", { params: { path: { id: request.id } }, signal })),
    // Its keys are shredded by a job, a moment after the decision.
    refetchInterval: ({ state }) => (state.data?.items.some(isBeingDestroyed) === true ? lookAgainMilliseconds : false),
  });
  const items = documents.data?.items ?? [];
  if (items.length === 0 && !request.takes_document) return null;
  return (
    <Panel title={t("documents.title")} lead={t("documents.lead")}>
      <ul className={styles.entries}>
        {items.length === 0 && <li>{t("documents.none")}</li>}
        {items.map((document) => (
          <DocumentEntry key={document.id} request={request} document={document} />
        ))}
      </ul>
      {request.takes_document && may("rights.document") && <Attach request={request} />}
    </Panel>
  );
}

function DocumentEntry({ request, document }: { request: Request; document: Document }) {
  const may = useMay();
  const actorName = useActorName();
  return (
    <li>
      <strong>{nameOf("document_outcome", document.outcome)}</strong>
      <small>
        {t("documents.size", { format: document.format.toUpperCase(), size: byteSize(document.size_bytes) })} ·{" "}
        {actorName(document.by)} · <Instant at={document.given_at} />
      </small>
      {document.outcome === "waiting" ? (
        <>
          <small>
            {t("documents.until")} <ExactInstant at={document.expires_at} />
          </small>
          {may("rights.document") && <Decide request={request} document={document} />}
        </>
      ) : document.destroyed_at == null ? (
        <small>{t("documents.being_destroyed")}</small>
      ) : (
        <small>
          {t("documents.destroyed")} <ExactInstant at={document.destroyed_at} />
        </small>
      )}
    </li>
  );
}

// Closed until somebody asks: looking is recorded, and only who looked may decide.
function Decide({ request, document }: { request: Request; document: Document }) {
  const [opened, setOpened] = useState(false);
  const queries = useQueryClient();
  const session = useSession();
  const path = { id: request.id, document: document.id };
  const file = `/v1/rights/requests/${request.id}/documents/${document.id}/file`;
  const looked = () => void queries.invalidateQueries({ queryKey: ["requests", request.id, "documents"] });
  const seen = document.seen_by.some(({ id }) => id === session.data?.user_id);
  return (
    <div className={styles.document}>
      {document.format === "pdf" ? (
        <>
          <Anchor href={file} download onClick={() => window.setTimeout(looked, lookAgainMilliseconds)}>
            {t("documents.open")}
          </Anchor>
          <p className={styles.text}>{t("documents.pdf")}</p>
        </>
      ) : opened ? (
        <img src={file} alt={t("documents.shown")} onLoad={looked} />
      ) : (
        <Button variant="default" onClick={() => setOpened(true)}>
          {t(seen ? "documents.look_again" : "documents.look")}
        </Button>
      )}
      {seen && (
        <div className={styles.steps}>
          <StepDialog
            label={t("documents.accept")}
            isNext
            schema={requestSchema("requests.accept_document")}
            labels={{ note: t("documents.accept_note") }}
            submit={(values) =>
              answer(
                api.POST("/v1/rights/requests/{id}/documents/{document}/acceptance", {
                  params: { path },
                  body: values as Schemas["DocumentAccepted"],
                }),
              )
            }
          />
          <StepDialog
            label={t("documents.reject")}
            schema={requestSchema("requests.reject_document")}
            labels={{ reason: t("documents.reject_reason") }}
            submit={(values) =>
              answer(
                api.POST("/v1/rights/requests/{id}/documents/{document}/rejection", {
                  params: { path },
                  body: values as Schemas["DocumentRejected"],
                }),
              )
            }
          />
        </div>
      )}
    </div>
  );
}

// One that came by letter or e-mail.
function Attach({ request }: { request: Request }) {
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) =>
      answer(
        api.POST("/v1/rights/requests/{id}/documents", {
          // Its own name may say whose it is.
          params: { path: { id: request.id }, header: { "Content-Disposition": "attachment; filename=document" } },
          headers: { "Content-Type": "application/octet-stream" },
          body: file as unknown as string,
          bodySerializer: (body) => body,
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["requests"] });
      say(t("documents.attached"));
    },
  });
  return (
    <div className={styles.file}>
      {attach.isError && <ProblemCard problem={problemOf(attach.error)} />}
      <FileButton accept=".pdf,.jpg,.jpeg,.png,.webp" onChange={(file) => file !== null && attach.mutate(file)}>
        {(props) => (
          <Button variant="default" loading={attach.isPending} {...props}>
            {t("documents.attach")}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
