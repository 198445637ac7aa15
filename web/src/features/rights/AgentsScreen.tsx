// Authorised agents: whom the company lists with their keys, and whether they are answered at all.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, answerWithTag, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Confirm } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconPlus, IconUsers } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { say } from "../../ui/toasts";
import { useFlag } from "../../ui/useFlag";
import { t } from "../../words/words";
import { TextSetting } from "./TextSetting";
import styles from "./rights.module.css";

type Agent = Schemas["AuthorizedAgent"];
type Settings = Schemas["AgentSettings"];

export default function AgentsScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  return (
    <Page
      title={t("agents.title")}
      lead={t("agents.lead")}
      back={{ to: "/requests/settings", label: t("casework.title") }}
      actions={
        may("rights.settings") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("agents.create")}
          </Button>
        )
      }
    >
      <SettingsPanel />
      <DataTable spec={agentsTable(may("rights.settings"))} />
      <Dialog title={t("agents.create")} opened={creating && may("rights.settings")} onClose={() => setCreating(false)}>
        <AgentForm
          initial={{ enabled: true }}
          fields={["id", ...described]}
          submitLabel={t("agents.create.submit")}
          said={t("agents.created")}
          onDone={() => setCreating(false)}
        />
      </Dialog>
    </Page>
  );
}

function SettingsPanel() {
  const may = useMay();
  const queries = useQueryClient();
  const settings = useQuery({
    queryKey: ["agents", "settings"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/rights/agent-settings", { signal })),
  });
  return (
    <Panel title={t("agents.settings")}>
      <Loaded from={settings}>
        {({ value, etag }) =>
          may("rights.settings") ? (
            <SchemaForm
              key={etag}
              schema={requestSchema("agents.configure")}
              only={["enabled", "business_id"]}
              initial={{ ...value }}
              labels={{ enabled: t("agents.settings.enabled") }}
              custom={{
                business_id: (field) => (
                  <TextSetting
                    key="business_id"
                    field={{ ...field, label: t("agents.settings.business") }}
                    help={t("agents.settings.business.help")}
                  />
                ),
              }}
              submitLabel={t("action.save")}
              onReload={() => void settings.refetch()}
              submit={async (values) => {
                const header = { "If-Match": etag ?? "*" };
                const body = values as unknown as Settings;
                await answer(api.PUT("/v1/rights/agent-settings", { params: { header }, body }));
                await queries.invalidateQueries({ queryKey: ["agents"] });
                say(t("agents.settings.saved"));
              }}
            />
          ) : (
            <Facts
              facts={[
                [t("agents.settings.enabled"), t(value.enabled === true ? "fields.key.yes" : "fields.key.no")],
                [t("agents.settings.business"), value.business_id || "–"],
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

const described = [
  "name",
  "verify_key",
  "web_url",
  "identity_assurance_url",
  "technical_contact",
  "business_contact",
  "enabled",
];

interface AgentFormProps {
  initial: Partial<Agent>;
  fields: readonly string[];
  submitLabel: string;
  said: string;
  onDone: () => void;
}

function AgentForm({ initial, fields, submitLabel, said, onDone }: AgentFormProps) {
  const queries = useQueryClient();
  const schema = requestSchema("agents.set");
  return (
    <SchemaForm
      schema={{ ...schema, required: ["id", "name", "verify_key"] }}
      only={fields}
      initial={{ ...initial }}
      labels={{
        verify_key: t("agents.key"),
        web_url: t("agents.web"),
        identity_assurance_url: t("agents.assurance"),
        technical_contact: t("agents.technical"),
        business_contact: t("agents.business"),
        enabled: t("agents.enabled"),
      }}
      custom={{
        id: (field) => <TextSetting key="id" field={{ ...field, label: t("agents.id") }} help={t("agents.id.help")} />,
      }}
      submitLabel={submitLabel}
      onCancel={onDone}
      submit={async (values) => {
        const body = values as unknown as Agent;
        const header = { "If-Match": initial.version === undefined ? '"v0"' : `"v${initial.version}"` };
        await answer(api.PUT("/v1/rights/agents/{id}", { params: { path: { id: body.id ?? "" }, header }, body }));
        onDone();
        await queries.invalidateQueries({ queryKey: ["agents"] });
        say(said);
      }}
    />
  );
}

function agentsTable(mayChange: boolean): TableSpec<Agent> {
  return {
    id: "agents",
    title: "agents.title",
    columns: [
      { id: "name", title: "field.name", value: ({ name }) => name },
      {
        id: "id",
        title: "agents.id",
        value: ({ id }) => id ?? "",
        cell: ({ id }) => <code>{id}</code>,
      },
      { id: "web", title: "agents.web", value: ({ web_url: address }) => address || null },
      {
        id: "state",
        title: "agents.state",
        value: ({ enabled }) => t(enabled === false ? "fields.key.no" : "fields.key.yes"),
      },
    ],
    load: ({ signal }) => page(api.GET("/v1/rights/agents", { signal })),
    rowKey: ({ id }) => id ?? "",
    rowName: ({ name }) => name,
    ...(mayChange ? { rowActions: (agent: Agent) => <Steps agent={agent} /> } : {}),
    empty: (
      <EmptyState icon={<IconUsers size={28} />} title={t("agents.none")}>
        {t("agents.none.lead")}
      </EmptyState>
    ),
  };
}

function Steps({ agent }: { agent: Agent }) {
  const [asking, setAsking] = useState<"edit" | "remove" | null>(null);
  const queries = useQueryClient();
  return (
    <div className={styles.steps}>
      <Button size="xs" variant="default" onClick={() => setAsking("edit")}>
        {t("action.edit")}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking("remove")}>
        {t("agents.remove")}
      </Button>
      <Dialog title={t("agents.edit")} opened={asking === "edit"} onClose={() => setAsking(null)}>
        <AgentForm
          initial={agent}
          fields={described}
          submitLabel={t("action.save")}
          said={t("agents.saved")}
          onDone={() => setAsking(null)}
        />
      </Dialog>
      <Confirm
        title={t("agents.remove.title", { name: agent.name })}
        act={t("agents.remove")}
        opened={asking === "remove"}
        onClose={() => setAsking(null)}
        run={async () => {
          await answer(api.DELETE("/v1/rights/agents/{id}", { params: { path: { id: agent.id ?? "" } } }));
          await queries.invalidateQueries({ queryKey: ["agents"] });
          say(t("agents.removed"));
        }}
      >
        {t("agents.remove.lead")}
      </Confirm>
    </div>
  );
}
