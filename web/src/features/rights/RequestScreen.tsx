import { Anchor, Button } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { portalAddressQuery } from "../../api/portalAddress";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { CopyButton, ExactInstant, Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { refuse, say } from "../../ui/toasts";
import { hasWords, nameOf, t } from "../../words/words";
import { useActorName, usePersonName } from "../identity/people";
import { isUnasked, periodOf, plainSteps, referenceOf, RequestBadge, type PlainStep, type Request } from "./request";
import { CaseSteps } from "./CaseSteps";
import { TracesPanel } from "./IntakePanels";
import { DocumentsPanel } from "./DocumentsPanel";
import { OrdersPanel } from "./OrdersPanel";
import { PlanPanel } from "./PlanPanel";
import { problemText } from "./problems";
import { StepDialogs } from "./StepDialogs";
import styles from "./rights.module.css";

const lookAgainMilliseconds = 2_000;
const moving: readonly Request["state"][] = ["verified", "running", "waiting_store", "waiting_person", "checking"];

export default function RequestScreen() {
  const { id = "" } = useParams();
  const may = useMay();
  const request = useQuery({
    queryKey: ["requests", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/rights/requests/{id}", { params: { path: { id } }, signal })),
    // What is being looked up or done in the stores arrives by itself.
    refetchInterval: ({ state }) => (moving.includes(state.data?.state ?? "closed") ? lookAgainMilliseconds : false),
  });
  const title =
    request.data === undefined
      ? t("requests.one")
      : t("requests.titled", {
          right: nameOf("choice.right", request.data.right),
          reference: referenceOf(request.data),
        });
  return (
    <Page
      title={title}
      back={{ to: "/requests", label: t("requests.title") }}
      actions={request.data !== undefined && may("rights.write") && <Steps request={request.data} />}
    >
      <Loaded from={request}>
        {(loaded) => (
          <div className={styles.columns}>
            <div>
              <StatePanel request={loaded} />
              {loaded.plan != null && <PlanPanel request={loaded} />}
              {loaded.report != null && <OrdersPanel id={loaded.id} />}
              <DeadlinesPanel request={loaded} />
              <IdentityPanel request={loaded} />
              <DocumentsPanel request={loaded} />
              {loaded.finished_at != null && <TracesPanel id={loaded.id} />}
            </div>
            <div>
              {may("rights.content") && <PersonPanel request={loaded} />}
              {may("rights.content") && <MessagesPanel request={loaded} />}
              {may("rights.content") && <HistoryPanel request={loaded} />}
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Steps({ request }: { request: Request }) {
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (step: PlainStep) =>
      answer(
        api.POST("/v1/rights/requests/{id}/moves", { params: { path: { id: request.id } }, body: { step, note: "" } }),
      ),
    onSuccess: async (moved) => {
      await queries.invalidateQueries({ queryKey: ["requests"] });
      say(t("requests.moved", { state: nameOf("request_state", moved.state) }));
    },
    onError: refuse,
  });
  return (
    <div className={styles.steps}>
      <StepDialogs request={request} />
      <CaseSteps request={request} />
      {plainSteps(request).map((step) => (
        <Button key={step} variant="default" loading={move.isPending} onClick={() => move.mutate(step)}>
          {nameOf("request_step", step)}
        </Button>
      ))}
    </div>
  );
}

function StatePanel({ request }: { request: Request }) {
  const personName = usePersonName();
  return (
    <Panel title={t("requests.one")}>
      {request.state === "appealed" && <p>{t("requests.appealed")}</p>}
      <Facts
        facts={[
          [t("requests.state"), <RequestBadge key="state" request={request} />],
          [t("field.right"), nameOf("choice.right", request.right)],
          [t("field.law"), t("requests.law_version", { law: request.law_name, version: request.law_version })],
          [t("requests.channel"), nameOf("request_channel", request.channel)],
          [t("requests.received"), <ExactInstant key="received" at={request.received_at} />],
          [t("field.assignee"), personName(request.assignee)],
          ...(request.paused ? [[t("requests.clock"), t("requests.clock.paused")] as const] : []),
          ...(request.same_person === 0
            ? []
            : [[t("requests.same_person"), t("requests.same_person.count", { count: request.same_person })] as const]),
          ...(request.duplicate_of == null
            ? []
            : [
                [
                  t("requests.duplicate_of"),
                  <Link key="duplicate" to={`/requests/${request.duplicate_of}`}>
                    {referenceOf({ id: request.duplicate_of })}
                  </Link>,
                ] as const,
              ]),
          ...(request.plan == null ? [] : [[t("requests.plan"), planText(request.plan)] as const]),
          ...(request.plan_error == null ? [] : [[t("requests.plan_error"), problemText(request.plan_error)] as const]),
          ...(request.report == null
            ? []
            : [
                [
                  t("requests.report"),
                  t("requests.report.text", { done: request.report.tasks_done, tasks: request.report.tasks }),
                ] as const,
                ...(request.report.stage === "checked"
                  ? [[t("requests.left"), t("requests.left.text", { count: request.report.leftovers })] as const]
                  : []),
              ]),
        ]}
      />
      <Results request={request} />
      {request.refusal != null && (
        <div className={styles.refusal}>
          <p>{t("requests.refused_because", { ground: request.refusal.text, article: request.refusal.article })}</p>
          <ul>
            {request.refusal.remedies.map((remedy) => (
              <li key={remedy}>{remedy}</li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

// What carrying it out made.
function Results({ request }: { request: Request }) {
  const may = useMay();
  const path = `/v1/rights/requests/${request.id}`;
  return (
    <>
      {request.report?.package != null && may("rights.content") && (
        <p>
          <Anchor href={`${path}/package`} download>
            {t("requests.download_package")}
          </Anchor>
        </p>
      )}
      {request.report?.certificate != null && (
        <>
          <p>
            <Anchor href={`${path}/certificate`} download>
              {t("requests.download_certificate")}
            </Anchor>
            <br />
            <Anchor href={`${path}/certificate/document`} download>
              {t("requests.download_certificate_page")}
            </Anchor>
          </p>
          <CertificateCheck />
        </>
      )}
    </>
  );
}

// Nobody has to believe the certificate: the portal has the page on which anybody checks it, to be passed on.
function CertificateCheck() {
  const { data: portal } = useQuery(portalAddressQuery);
  if (!portal) return null;
  const address = `${portal}/verify`;
  return (
    <p>
      {t("requests.certificate_check")} <code>{address}</code>{" "}
      <CopyButton text={address} label={t("requests.certificate_check.copy")} />
    </p>
  );
}

function planText(plan: Schemas["PlanSummary"]): string {
  return t("requests.plan.text", { records: plan.records, stores: plan.stores, boundaries: plan.boundaries });
}

// Each due date with the rule and the article that say so; what nobody compared with the law is marked.
function DeadlinesPanel({ request }: { request: Request }) {
  return (
    <Panel title={t("requests.deadlines")}>
      <ul className={styles.entries}>
        {request.deadlines.map((deadline) => (
          <li key={deadline.duty}>
            <strong>
              {nameOf("request_duty", deadline.duty)}: {deadline.day ?? <ExactInstant at={deadline.due} />}
            </strong>
            <small>{t("requests.because", { period: periodOf(deadline), article: deadline.article })}</small>
            <small>
              {t(deadline.holidays_known ? "requests.calendar" : "requests.weekends_only", {
                place: deadline.calendar,
              })}
            </small>
            {deadline.uncertain && <small>{t("requests.uncertain")}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function identityKey(request: Request) {
  if (request.proven && isUnasked(request)) return "requests.unasked";
  return request.proven ? "requests.proven" : "requests.not_proven";
}

function IdentityPanel({ request }: { request: Request }) {
  const actorName = useActorName();
  return (
    <Panel title={t("requests.identity")}>
      <p className={styles.text}>{t(identityKey(request), { article: request.identity_article })}</p>
      <ul className={styles.entries}>
        {request.proofs.map((proof) => (
          <li key={proof.method + proof.at}>
            {nameOf("proof_method", proof.method)}
            <small>
              {actorName(proof.by)} · <Instant at={proof.at} />
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// Their words may need two lines where there is little room.
const openers = { root: styles.opener ?? "", label: styles.openerLabel ?? "" };

// Closed until somebody asks: opening it is recorded.
function PersonPanel({ request }: { request: Request }) {
  const [opened, setOpened] = useState(false);
  const content = useQuery({
    queryKey: ["requests", request.id, "content"],
    enabled: opened,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/rights/requests/{id}/content", { params: { path: { id: request.id } }, signal })),
  });
  return (
    <Panel title={t("requests.person")}>
      {opened ? (
        <Loaded from={content}>
          {(person) => (
            <>
              <Facts
                facts={[
                  [t("requests.person_name"), person.name],
                  [t("requests.person_email"), person.email],
                  ...(person.identifiers ?? []).map(({ kind, value }) => [kind, value] as const),
                ]}
              />
              <p className={styles.text}>{person.details}</p>
            </>
          )}
        </Loaded>
      ) : (
        <Button variant="default" classNames={openers} disabled={request.minimized} onClick={() => setOpened(true)}>
          {t(request.minimized ? "requests.minimized" : "requests.open_person")}
        </Button>
      )}
    </Panel>
  );
}

function MessagesPanel({ request }: { request: Request }) {
  const may = useMay();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [writing, setWriting] = useState(false);
  const params = { path: { id: request.id } };
  const messages = useQuery({
    queryKey: ["requests", request.id, "messages"],
    enabled: opened,
    queryFn: ({ signal }) => page(api.GET("/v1/rights/requests/{id}/messages", { params, signal })),
  });
  return (
    <Panel
      title={t("requests.messages")}
      actions={
        may("rights.write") &&
        !request.minimized && (
          <Button size="xs" variant="default" onClick={() => setWriting(true)}>
            {t("requests.write")}
          </Button>
        )
      }
    >
      {opened ? (
        <Loaded from={messages}>
          {({ items }) => (
            <ol className={styles.entries}>
              {items.length === 0 && <li>{t("requests.messages.none")}</li>}
              {items.map((message) => (
                <li key={message.id}>
                  <p className={styles.text}>{message.text}</p>
                  <small>
                    {nameOf("message_direction", message.direction)} · <Instant at={message.at} />
                  </small>
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      ) : (
        <Button variant="default" classNames={openers} disabled={request.minimized} onClick={() => setOpened(true)}>
          {t("requests.open_messages")}
        </Button>
      )}
      <Dialog title={t("requests.write")} opened={writing} onClose={() => setWriting(false)}>
        <SchemaForm
          schema={requestSchema("requests.message")}
          labels={{ text: t("requests.message_text") }}
          submitLabel={t("requests.write.submit")}
          onCancel={() => setWriting(false)}
          submit={async (values) => {
            const body = values as Schemas["WordsToPerson"];
            await answer(api.POST("/v1/rights/requests/{id}/messages", { params, body }));
            await queries.invalidateQueries({ queryKey: ["requests"] });
            setWriting(false);
          }}
        />
      </Dialog>
    </Panel>
  );
}

// Steps that are also buttons have words of their own once they are taken.
function doneStep(step: Schemas["RequestStep"]): string {
  return nameOf(hasWords(`request_step_done.${step}`) ? "request_step_done" : "request_step", step);
}

function HistoryPanel({ request }: { request: Request }) {
  const actorName = useActorName();
  const history = useQuery({
    queryKey: ["requests", request.id, "history", request.version],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      page(api.GET("/v1/rights/requests/{id}/history", { params: { path: { id: request.id } }, signal })),
  });
  return (
    <Panel title={t("requests.history")}>
      <Loaded from={history}>
        {({ items }) => (
          <ol className={styles.entries}>
            {items.map((event) => (
              <li key={event.at + event.kind}>
                {event.step == null ? nameOf("request_event", event.kind) : doneStep(event.step)}
                {event.note != null && <p className={styles.text}>{event.note}</p>}
                <small>
                  {actorName(event.actor)} · <Instant at={event.at} />
                </small>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}
