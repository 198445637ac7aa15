import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconBook, IconCalendar, IconPlus, IconScale, IconTable } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { useFlag } from "../../ui/useFlag";
import { nameOf, t } from "../../words/words";
import { answerBy, referenceOf, RequestBadge, requestStates, rights, type Request } from "./request";

export default function RequestsScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  return (
    <Page
      title={t("requests.title")}
      lead={t("requests.lead")}
      actions={
        <>
          <Button component={Link} to="/requests/figures" variant="default" leftSection={<IconCalendar size={16} />}>
            {t("figures.title")}
          </Button>
          <Button component={Link} to="/requests/settings" variant="default" leftSection={<IconScale size={16} />}>
            {t("casework.title")}
          </Button>
          {may("rights.write") && (
            <Button component={Link} to="/requests/import" variant="default" leftSection={<IconTable size={16} />}>
              {t("import.title")}
            </Button>
          )}
          {may("rights.write") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
              {t("requests.create")}
            </Button>
          )}
        </>
      }
    >
      <DataTable spec={requestsTable} />
      <Dialog title={t("requests.create")} opened={creating && may("rights.write")} onClose={() => setCreating(false)}>
        <CreateForm onCancel={() => setCreating(false)} />
      </Dialog>
    </Page>
  );
}

function LawField({ field, laws }: { field: FieldControl; laws: readonly Schemas["LawSummary"][] }) {
  const { onChange, value, ...rest } = field;
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={laws.map((law) => ({ value: law.id, label: law.short_name }))}
      value={typeof value === "string" ? value : null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}

// One flat form: the law and the right, and of the person what a letter or a call tells. Only laws that are in force are offered.
function CreateForm({ onCancel }: { onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const laws = useQuery({ queryKey: ["law"], queryFn: ({ signal }) => page(api.GET("/v1/law", { signal })) });
  const create = requestSchema("requests.create");
  const content = requestSchema("requests.edit");
  return (
    <Loaded from={laws}>
      {({ items }) => (
        <SchemaForm
          schema={{
            type: "object",
            properties: {
              ...create.properties,
              law: { type: "string", enum: items.map((law) => law.id) },
              email: content.properties?.["email"] ?? {},
              name: content.properties?.["name"] ?? {},
              details: content.properties?.["details"] ?? {},
            },
            required: ["law", "right", "email"],
          }}
          only={["law", "right", "email", "name", "details"]}
          custom={{ law: (field) => <LawField key="law" field={field} laws={items} /> }}
          labels={{ name: t("requests.person_name"), email: t("requests.person_email") }}
          submitLabel={t("requests.create.submit")}
          onCancel={onCancel}
          submit={async ({ law, right, ...person }) => {
            const body = { law, right, content: person } as Schemas["NewRightsRequest"];
            const request = await answer(api.POST("/v1/rights/requests", { body }));
            await queries.invalidateQueries({ queryKey: ["requests"] });
            void navigate(`/requests/${request.id}`);
          }}
        />
      )}
    </Loaded>
  );
}

const requestsTable: TableSpec<Request> = {
  id: "requests",
  title: "requests.title",
  columns: [
    {
      id: "reference",
      title: "requests.reference",
      value: (request) => referenceOf(request),
      cell: (request) => <code>{referenceOf(request)}</code>,
    },
    { id: "right", title: "field.right", value: (request) => nameOf("choice.right", request.right) },
    { id: "law", title: "field.law", value: (request) => request.law_name },
    {
      id: "state",
      title: "requests.state",
      value: (request) => nameOf("request_state", request.state),
      cell: (request) => <RequestBadge request={request} />,
    },
    { id: "due", title: "requests.due", value: (request) => answerBy(request)?.day ?? null },
    {
      id: "overdue",
      title: "requests.overdue",
      value: (request) => t(request.overdue ? "requests.overdue.yes" : "requests.overdue.no"),
    },
    {
      id: "document_waits",
      title: "requests.document_waits",
      value: (request) => t("requests.document_waits.count", { count: request.documents_waiting }),
      hiddenAtFirst: true,
    },
    {
      id: "channel",
      title: "requests.channel",
      value: (request) => nameOf("request_channel", request.channel),
      hiddenAtFirst: true,
    },
  ],
  filters: [
    {
      id: "state",
      title: "requests.state",
      choices: requestStates.map((state) => ({ value: state, label: nameOf("request_state", state) })),
    },
    {
      id: "right",
      title: "field.right",
      choices: rights.map((right) => ({ value: right, label: nameOf("choice.right", right) })),
    },
    { id: "open", title: "requests.open", choices: [{ value: "true", label: t("requests.open.only") }] },
    { id: "overdue", title: "requests.overdue", choices: [{ value: "true", label: t("requests.overdue.only") }] },
    {
      id: "document_waits",
      title: "requests.document_waits",
      choices: [{ value: "true", label: t("requests.document_waits.only") }],
    },
  ],
  load: ({ filters, limit, cursor, signal }) =>
    page(api.GET("/v1/rights/requests", { params: { query: { ...filters, limit, cursor } }, signal })),
  rowKey: (request) => request.id,
  rowName: (request) => referenceOf(request),
  rowTo: (request) => `/requests/${request.id}`,
  empty: (
    <EmptyState icon={<IconBook size={28} />} title={t("requests.none")}>
      {t("requests.none.lead")}
    </EmptyState>
  ),
};
