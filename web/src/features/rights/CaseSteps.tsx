// What is done to the case itself, and not to anybody's data: it is given to somebody, its clock stands still while the person is asked
// something, and a duplicate is closed in favor of the other request.
import { Button, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import type { FieldControl } from "../../ui/form/fields";
import { refuse } from "../../ui/toasts";
import { dateTime } from "../../words/dates";
import { nameOf, t } from "../../words/words";
import { PersonField } from "../identity/PersonField";
import { referenceOf, type Request } from "./request";
import { useAllows, useDrafts } from "./law";
import { StepDialog, useMoved } from "./StepDialogs";

export function CaseSteps({ request }: { request: Request }) {
  const isOpen = request.finished_at == null;
  const allows = useAllows(request);
  return (
    <>
      <AssignDialog request={request} />
      {isOpen && request.paused && <ResumeButton request={request} />}
      {!request.paused && allows("pause") && <PauseDialog request={request} />}
      {request.steps.includes("merge") && request.same_person > 0 && <MergeDialog request={request} />}
    </>
  );
}

function AssignDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  return (
    <StepDialog
      label={t("requests.assign")}
      schema={requestSchema("requests.assign")}
      initial={{ assignee: request.assignee ?? undefined }}
      custom={{ assignee: (field) => <PersonField key="assignee" field={field} /> }}
      submit={(values) =>
        answer(api.PUT("/v1/rights/requests/{id}/assignee", { params, body: values as Schemas["RequestAssignment"] }))
      }
    />
  );
}

function PauseDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  const drafts = useDrafts(request.id);
  return (
    <StepDialog
      initial={{ text: drafts?.pause }}
      label={t("requests.pause")}
      schema={requestSchema("requests.pause")}
      labels={{ text: t("requests.pause_text") }}
      submitLabel={t("requests.send")}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/pause", { params, body: values as Schemas["WordsToPerson"] }))
      }
    />
  );
}

function ResumeButton({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  const moved = useMoved();
  const resume = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/rights/requests/{id}/pause", { params })),
    onSuccess: moved,
    onError: refuse,
  });
  return (
    <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
      {t("requests.resume_clock")}
    </Button>
  );
}

function MergeDialog({ request }: { request: Request }) {
  const params = { path: { id: request.id } };
  return (
    <StepDialog
      label={t("requests.merge")}
      schema={requestSchema("requests.merge")}
      custom={{ into: (field) => <OtherField key="into" field={field} request={request} /> }}
      labels={{ into: t("requests.merge_into") }}
      submit={(values) =>
        answer(api.POST("/v1/rights/requests/{id}/merge", { params, body: values as Schemas["RequestMerge"] }))
      }
    />
  );
}

const othersMax = 100;

// Requests do not say whose they are: the server refuses one that is not of the same person.
function OtherField({ field, request }: { field: FieldControl; request: Request }) {
  const { onChange, value, ...rest } = field;
  const query = { open: true, limit: othersMax };
  const others = useQuery({
    queryKey: ["requests", "open"],
    queryFn: async ({ signal }) => (await page(api.GET("/v1/rights/requests", { params: { query }, signal }))).items,
  });
  return (
    <Select
      {...rest}
      searchable
      data={(others.data ?? [])
        .filter(({ id }) => id !== request.id)
        .map((other) => ({ value: other.id, label: titleOf(other) }))}
      value={typeof value === "string" ? value : null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}

function titleOf(request: Request): string {
  return t("requests.merge_choice", {
    right: nameOf("choice.right", request.right),
    reference: referenceOf(request),
    at: dateTime(request.received_at),
  });
}
