import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { answer, api, page } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import type { Values } from "../../ui/form/schema";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconPlus, IconServer } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { useFlag } from "../../ui/useFlag";
import { t } from "../../words/words";
import { usePersonName } from "../identity/people";
import { CustomFieldsField } from "./customFields";
import { PersonField } from "../identity/PersonField";
import { SpecialCount, type System, type SystemRequest } from "./system";

export default function SystemsScreen() {
  const may = useMay();
  const personName = usePersonName();
  const [creating, setCreating] = useFlag("create");
  return (
    <Page
      title={t("systems.title")}
      lead={t("systems.lead")}
      actions={
        may("map.write") && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("systems.create")}
          </Button>
        )
      }
    >
      <DataTable spec={systemsTable(personName)} />
      <Dialog title={t("systems.create")} opened={creating && may("map.write")} onClose={() => setCreating(false)}>
        <CreateForm onCancel={() => setCreating(false)} />
      </Dialog>
    </Page>
  );
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <SystemForm
      initial={{}}
      submitLabel={t("systems.create.submit")}
      onCancel={onCancel}
      submit={async (body) => {
        const system = await answer(api.POST("/v1/systems", { body }));
        await queries.invalidateQueries({ queryKey: ["systems"] });
        void navigate(`/systems/${system.id}`);
      }}
    />
  );
}

interface SystemFormProps {
  initial: Values;
  submitLabel: string;
  submit: (request: SystemRequest) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function SystemForm({ initial, submitLabel, submit, onCancel, onReload }: SystemFormProps) {
  return (
    <SchemaForm
      schema={requestSchema("systems.create")}
      initial={initial}
      custom={{
        owner: (field) => <PersonField key="owner" field={field} />,
        steward: (field) => <PersonField key="steward" field={field} />,
        custom_fields: (field) => <CustomFieldsField key="custom_fields" field={field} />,
      }}
      submitLabel={submitLabel}
      onCancel={onCancel}
      onReload={onReload}
      submit={(values) => submit(values as unknown as SystemRequest)}
    />
  );
}

function systemsTable(personName: (id: string | null | undefined) => string): TableSpec<System> {
  return {
    id: "systems",
    title: "systems.title",
    columns: [
      { id: "name", title: "field.name", value: (system) => system.name },
      { id: "product", title: "connections.product", value: (system) => system.product || null },
      { id: "owner", title: "field.owner", value: (system) => personName(system.owner) },
      { id: "collections", title: "systems.collections", value: (system) => system.collections, numeric: true },
      { id: "personal", title: "systems.personal_fields", value: (system) => system.personal_fields, numeric: true },
      {
        id: "special",
        title: "systems.special_fields",
        value: (system) => system.special_fields,
        cell: (system) => <SpecialCount count={system.special_fields} />,
        numeric: true,
      },
      {
        id: "changes",
        title: "systems.open_changes",
        value: (system) => system.open_changes,
        cell: (system) => <Link to={`/changes?system=${system.id}`}>{system.open_changes}</Link>,
        numeric: true,
      },
      {
        id: "scanned",
        title: "connections.last_scan",
        value: (system) => system.fresh_since ?? null,
        cell: (system) => <Instant at={system.fresh_since} absent={t("connections.never_scanned")} />,
      },
    ],
    filters: [{ id: "q", title: "systems.search" }],
    load: ({ filters, limit, cursor, signal }) =>
      page(api.GET("/v1/systems", { params: { query: { ...filters, limit, cursor } }, signal })),
    rowKey: (system) => system.id,
    rowName: (system) => system.name,
    rowTo: (system) => `/systems/${system.id}`,
    empty: (
      <EmptyState icon={<IconServer size={28} />} title={t("systems.none")}>
        {t("systems.none.lead")}
      </EmptyState>
    ),
  };
}
