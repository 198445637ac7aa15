// The steps that need more than a click: each opens a form drawn from its own call.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay, useSession } from "../../api/session";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import type { Schema, Values } from "../../ui/form/schema";
import { Loaded } from "../../ui/Loaded";
import { refuse, say } from "../../ui/toasts";
import { humanize, nameOf, t } from "../../words/words";
import { factsOn, useAllows, useDrafts, useLaw } from "./law";
import { isUnasked, type Request } from "./request";
import styles from "./rights.module.css";

export function StepDialogs({ request }: { request: Request }) {
  const may = useMay();
  const open = (step: Request["steps"][number]) => request.steps.includes(step);
  const allows = useAllows(request);
  const stores = !["automated_decision", "complaint"].includes(request.right);
  return (
    <>
      {request.state === "verified" && stores && request.proven && <PlanButton request={request} />}
      {open("approve") && may("rights.approve") && <ApproveButton request={request} />}
      {open("start") && may("rights.approve") && <ExecuteButton request={request} />}
      {open("answer") && request.state === "checked" && <AnswerDialog request={request} isNext />}
      {open("prove") && !isUnasked(request) && may("rights.content") && <ProveDialog request={request} />}
      {open("skip_proof") && may("rights.skip_proof") && <SkipDialog request={request} />}
      {open("answer") && request.state !== "checked" && <AnswerDialog request={request} />}
      {open("refuse") && <RefuseDialog request={request} />}
      {request.right === "correction" && request.report?.certificate != null && may("rights.approve") && (
        <UndoButton request={request} />
      )}
      {!request.extended && allows("extension") && <ExtendDialog request={request} />}
    </>
  );
}

export function useMoved() {
  const queries = useQueryClient();
  return async (moved: Request) => {
    await queries.invalidateQueries({ queryKey: ["requests"] });
    say(t("requests.moved", { state: nameOf("request_state", moved.state) }));
  };
}

interface ActionProps {
  label: string;
  run: () => Promise<Request>;
  // What is said instead of the state, which only a job changes.
  begun?: string;
}

function Action({ label, run, begun }: ActionProps) {
  const moved = useMoved();
  const onSuccess = (request: Request) => (begun === undefined ? moved(request) : say(begun));
  const act = useMutation({ mutationFn: run, onSuccess, onError: refuse });
  return (
    <Button loading={act.isPending} onClick={() => act.mutate()}>
      {label}
    </Button>
  );
}

function PlanButton({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  return (
    <Action
      label={t("requests.make_plan")}
      run={() => answer(api.POST("/v1/rights/requests/{id}/plan", { params }))}
      begun={t("requests.plan.begun")}
    />
  );
}

// Whoever had the plan made reads why they cannot approve it.
function ApproveButton({ request }: { request: Request }) {
  const session = useSession();
  const params = { path: { id: request.id } };
  const plan = request.plan?.digest ?? "";
  if (request.needs_second_person && request.planned_by === session.data?.user_id) {
    return <p className={styles.text}>{t("requests.approve.not_you")}</p>;
  }
  return (
    <Action
      label={t("requests.approve")}
      run={() => answer(api.POST("/v1/rights/requests/{id}/approval", { params, body: { plan } }))}
    />
  );
}

function ExecuteButton({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  return (
    <Action
      label={t("requests.execute")}
      run={() => answer(api.POST("/v1/rights/requests/{id}/execution", { params }))}
    />
  );
}

// The values that a correction replaced come again.
function UndoButton({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  const act = useMutation({
    mutationFn: () => answer(api.POST("/v1/rights/requests/{id}/undo", { params })),
    onSuccess: () => say(t("requests.undo.begun")),
    onError: refuse,
  });
  return (
    <Button variant="default" loading={act.isPending} onClick={() => act.mutate()}>
      {t("requests.undo")}
    </Button>
  );
}

interface StepDialogProps {
  label: string;
  isNext?: boolean; // what is to be done now
  schema: Schema;
  initial?: Values;
  labels?: Readonly<Record<string, string>>;
  custom?: Readonly<Record<string, (field: FieldControl) => ReactNode>>;
  submitLabel?: string;
  submit: (values: Values) => Promise<Request>;
}

export function StepDialog({
  label,
  isNext = false,
  schema,
  initial = {},
  labels = {},
  custom = {},
  submitLabel = t("action.save"),
  submit,
}: StepDialogProps) {
  const [opened, setOpened] = useState(false);
  const moved = useMoved();
  return (
    <>
      <Button variant={isNext ? "filled" : "default"} onClick={() => setOpened(true)}>
        {label}
      </Button>
      <Dialog title={label} opened={opened} onClose={() => setOpened(false)}>
        <SchemaForm
          schema={schema}
          initial={initial}
          labels={labels}
          custom={custom}
          submitLabel={submitLabel}
          onCancel={() => setOpened(false)}
          submit={async (values) => {
            const request = await submit(values);
            setOpened(false);
            await moved(request);
          }}
        />
      </Dialog>
    </>
  );
}

function ProveDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  const schema = requestSchema("requests.prove");
  const byHand = { ...schema, properties: { ...schema.properties, method: { enum: ["knowledge", "document"] } } };
  return (
    <StepDialog
      label={t("requests.prove")}
      schema={byHand}
      labels={{ method: t("requests.proof_method"), note: t("requests.proof_note") }}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/proofs", { params, body: values as Schemas["ProofByHand"] }))
      }
    />
  );
}

function SkipDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  return (
    <StepDialog
      label={t("requests.skip_proof")}
      schema={requestSchema("requests.skip_proof")}
      labels={{ reason: t("requests.reason") }}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/skipped-proof", { params, body: values as Schemas["ProofSkipped"] }))
      }
    />
  );
}

function AnswerDialog({ request, isNext = false }: { request: Request; isNext?: boolean }) {
  const params = { path: { id: request.id } };
  const drafts = useDrafts(request.id);
  return (
    <StepDialog
      initial={{ text: drafts?.answer }}
      label={t("requests.answer")}
      isNext={isNext}
      schema={requestSchema("requests.answer")}
      labels={{ text: t("requests.message_text") }}
      submitLabel={t("requests.send")}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/answer", { params, body: values as Schemas["WordsToPerson"] }))
      }
    />
  );
}

function ExtendDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  const drafts = useDrafts(request.id);
  return (
    <StepDialog
      initial={{ text: drafts?.extension }}
      label={t("requests.extend")}
      schema={requestSchema("requests.extend")}
      labels={{ text: t("requests.extend_text") }}
      submitLabel={t("requests.send")}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/extension", { params, body: values as Schemas["WordsToPerson"] }))
      }
    />
  );
}

// The grounds are the law's own; each is shown with its article.
function RefuseDialog({ request }: { request: Request }) {
  const [opened, setOpened] = useState(false);
  const moved = useMoved();
  const law = useLaw(request.law, opened);
  const schema = requestSchema("requests.refuse");
  const grounds = (view: Schemas["LawView"]) => factsOn(view, "requests.refusal_grounds", request.right);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("requests.refuse")}
      </Button>
      <Dialog title={t("requests.refuse")} opened={opened} onClose={() => setOpened(false)}>
        <Loaded from={law}>
          {(view) => (
            <>
              <ul>
                {grounds(view).map((fact) => (
                  <li key={fact.id}>
                    <strong>{humanize(fact.id)}</strong>: {fact.text} ({fact.article})
                  </li>
                ))}
              </ul>
              <SchemaForm
                schema={{
                  ...schema,
                  properties: { ...schema.properties, ground: { enum: grounds(view).map((fact) => fact.id) } },
                }}
                labels={{ ground: t("requests.ground"), text: t("requests.refuse_text") }}
                helps={{ ground: t("requests.ground.help") }}
                submitLabel={t("requests.refuse.submit")}
                onCancel={() => setOpened(false)}
                submit={async (values) => {
                  const params = { path: { id: request.id } };
                  const body = values as Schemas["RequestRefusal"];
                  const refused = await answer(api.POST("/v1/rights/requests/{id}/refusal", { params, body }));
                  setOpened(false);
                  await moved(refused);
                }}
              />
            </>
          )}
        </Loaded>
      </Dialog>
    </>
  );
}
