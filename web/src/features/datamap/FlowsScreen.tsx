// Flows of personal data that no store shows and people state: a file that is sent each night, an interface that is called.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconFlow, IconPlus } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { refuse, say, undoBy } from "../../ui/toasts";
import { useFlag } from "../../ui/useFlag";
import { t } from "../../words/words";
import { CategoriesField } from "./activities/ActivityForm";
import { categoryText, useCategories, type Category } from "./category";
import { useSystemChoices } from "./system";
import { SystemField } from "./SystemField";
import styles from "./datamap.module.css";

type Flow = Schemas["DataFlow"];
type FlowContent = Schemas["DataFlowRequest"];

export default function FlowsScreen() {
  const may = useMay();
  const [categories, systems] = [useCategories(), useSystemChoices()];
  const [creating, setCreating] = useFlag("create");
  const refresh = useRefresh();
  return (
    <Page
      title={t("flows.title")}
      lead={t("flows.lead")}
      actions={
        may("map.write") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("flows.create")}
          </Button>
        )
      }
    >
      <DataTable spec={flowsTable(categories, systems, may("map.write"))} />
      <Dialog title={t("flows.create")} opened={creating && may("map.write")} onClose={() => setCreating(false)}>
        <FlowForm
          initial={{}}
          submitLabel={t("flows.create.submit")}
          onCancel={() => setCreating(false)}
          submit={async (body) => {
            await answer(api.POST("/v1/flows", { body }));
            setCreating(false);
            await refresh();
            say(t("flows.created"));
          }}
        />
      </Dialog>
    </Page>
  );
}

function useRefresh() {
  const queries = useQueryClient();
  return () => Promise.all(["flows", "map"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

interface FlowFormProps {
  initial: Partial<FlowContent>;
  submitLabel: string;
  submit: (content: FlowContent) => Promise<unknown>;
  onCancel: () => void;
}

function FlowForm({ initial, submit, ...rest }: FlowFormProps) {
  return (
    <SchemaForm
      {...rest}
      schema={requestSchema("flows.create")}
      initial={initial}
      labels={{
        from: t("graph.path.from"),
        to: t("graph.path.to"),
        categories: t("access.categories"),
        description: t("flows.description"),
      }}
      custom={{
        from: (field) => <SystemField key="from" field={field} />,
        to: (field) => <SystemField key="to" field={field} />,
        categories: (field) => <CategoriesField key="categories" field={field} />,
      }}
      submit={(values) => submit(values as unknown as FlowContent)}
    />
  );
}

function flowsTable(
  categories: readonly Category[],
  systems: readonly { value: string; label: string }[],
  mayWrite: boolean,
): TableSpec<Flow> {
  return {
    id: "flows",
    title: "flows.title",
    columns: [
      {
        id: "from",
        title: "graph.path.from",
        value: (flow) => flow.from_name,
        cell: (flow) => <Link to={`/systems/${flow.content.from}`}>{flow.from_name}</Link>,
      },
      {
        id: "to",
        title: "graph.path.to",
        value: (flow) => flow.to_name,
        cell: (flow) => <Link to={`/systems/${flow.content.to}`}>{flow.to_name}</Link>,
      },
      {
        id: "categories",
        title: "access.categories",
        value: ({ content }) =>
          (content.categories ?? []).map((key) => categoryText(categories, key)).join("; ") || null,
      },
      { id: "description", title: "flows.description", value: ({ content }) => content.description || null },
      {
        id: "changed",
        title: "activities.changed",
        value: ({ changed_at: at }) => at,
        cell: ({ changed_at: at }) => <Instant at={at} />,
      },
    ],
    filters: [{ id: "system", title: "systems.one", choices: systems }],
    load: ({ filters: { system }, limit, cursor, signal }) =>
      page(api.GET("/v1/flows", { params: { query: { system, limit, cursor } }, signal })),
    rowKey: ({ id }) => id,
    rowName: ({ from_name: from, to_name: to }) => t("references.named", { from, to }),
    ...(mayWrite ? { rowActions: (flow: Flow) => <Steps flow={flow} /> } : {}),
    empty: (
      <EmptyState icon={<IconFlow size={28} />} title={t("flows.none")}>
        {t("flows.none.lead")}
      </EmptyState>
    ),
  };
}

function Steps({ flow }: { flow: Flow }) {
  const [editing, setEditing] = useState(false);
  const refresh = useRefresh();
  const params = { path: { id: flow.id }, header: { "If-Match": `"v${flow.version}"` } };
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/flows/{id}", { params })),
    onSuccess: async () => {
      await refresh();
      const back = async () => {
        await answer(api.POST("/v1/flows", { body: flow.content }));
        await refresh();
      };
      say(t("flows.removed"), undoBy(back));
    },
    onError: refuse,
  });
  return (
    <div className={styles.rowSteps}>
      <Button size="xs" variant="default" onClick={() => setEditing(true)}>
        {t("action.edit")}
      </Button>
      <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
        {t("references.remove")}
      </Button>
      <Dialog title={t("flows.edit")} opened={editing} onClose={() => setEditing(false)}>
        <FlowForm
          initial={flow.content}
          submitLabel={t("action.save")}
          onCancel={() => setEditing(false)}
          submit={async (body) => {
            await answer(api.PUT("/v1/flows/{id}", { params, body }));
            setEditing(false);
            await refresh();
            say(t("flows.saved"));
          }}
        />
      </Dialog>
    </div>
  );
}
