// Those to whom personal data is disclosed: who they are, in which role, where, and which activities name them.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, page, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { ExactInstant } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { IconUsers, IconPlus } from "../../../ui/icons";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { refuse, say } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { nameOf, t } from "../../../words/words";
import { useActorName } from "../../identity/people";
import { PersonField } from "../../identity/PersonField";
import { CustomFieldsField } from "../customFields";
import styles from "../datamap.module.css";

type Recipient = Schemas["Recipient"];
type Content = Schemas["RecipientRequest"];

export default function RecipientsScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  const refresh = useRefresh();
  return (
    <Page
      title={t("recipients.title")}
      lead={t("recipients.lead")}
      actions={
        may("activities.write") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("recipients.create")}
          </Button>
        )
      }
    >
      <DataTable spec={recipientsTable(may("activities.write"))} />
      <Dialog
        title={t("recipients.create")}
        opened={creating && may("activities.write")}
        onClose={() => setCreating(false)}
      >
        <RecipientForm
          initial={{ kind: "company" }}
          submitLabel={t("recipients.create")}
          onCancel={() => setCreating(false)}
          submit={async (body) => {
            await answer(api.POST("/v1/recipients", { body }));
            setCreating(false);
            await refresh();
            say(t("recipients.saved"));
          }}
        />
      </Dialog>
    </Page>
  );
}

function useRefresh() {
  const queries = useQueryClient();
  return () => Promise.all(["recipients", "activities"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

interface RecipientFormProps {
  initial: Partial<Content>;
  submitLabel: string;
  submit: (content: Content) => Promise<unknown>;
  onCancel: () => void;
}

function RecipientForm({ initial, submit, ...rest }: RecipientFormProps) {
  return (
    <SchemaForm
      {...rest}
      schema={requestSchema("recipients.create")}
      initial={initial}
      labels={{
        role: t("recipients.role"),
        kind: t("recipients.kind"),
        country: t("recipients.country"),
        contact: t("recipients.contact"),
        description: t("recipients.description"),
        steward: t("activity_member.steward"),
      }}
      helps={{ contact: t("recipients.contact.help"), steward: t("activities.steward.help") }}
      custom={{
        steward: (field) => <PersonField key="steward" field={field} />,
        custom_fields: (field) => <CustomFieldsField key="custom_fields" field={field} />,
      }}
      submit={(values) => submit(values as unknown as Content)}
    />
  );
}

const roles = ["processor", "controller", "joint_controller"] as const;

function recipientsTable(mayWrite: boolean): TableSpec<Recipient> {
  return {
    id: "recipients",
    title: "recipients.title",
    columns: [
      { id: "name", title: "field.name", value: ({ content }) => content.name },
      {
        id: "kind",
        title: "recipients.kind",
        value: ({ content }) => nameOf("choice.kind", content.kind ?? "company"),
      },
      {
        id: "role",
        title: "recipients.role",
        value: ({ content }) => (content.role == null ? null : nameOf("choice.role", content.role)),
      },
      { id: "country", title: "recipients.country", value: ({ content }) => content.country || null },
      { id: "contact", title: "recipients.contact", value: ({ content }) => content.contact || null },
      {
        id: "transfers",
        title: "activity_member.transfers",
        value: ({ content }) =>
          (content.transfers ?? [])
            .map(({ destination, safeguards }) => (safeguards ? `${destination}: ${safeguards}` : destination))
            .join("; ") || null,
        hiddenAtFirst: true,
      },
      {
        id: "activities",
        title: "activities.title",
        value: ({ activities }) => activities.join("; ") || null,
      },
    ],
    filters: [
      { id: "q", title: "recipients.search" },
      {
        id: "role",
        title: "recipients.role",
        choices: roles.map((role) => ({ value: role, label: nameOf("choice.role", role) })),
      },
    ],
    load: ({ filters: { q, role }, limit, cursor, signal }) => {
      const query = { q, role: roles.find((known) => known === role), limit, cursor };
      return page(api.GET("/v1/recipients", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ content }) => content.name,
    rowActions: (recipient: Recipient) => <Steps recipient={recipient} mayWrite={mayWrite} />,
    empty: (
      <EmptyState icon={<IconUsers size={28} />} title={t("recipients.none")}>
        {t("recipients.none.lead")}
      </EmptyState>
    ),
  };
}

function Steps({ recipient, mayWrite }: { recipient: Recipient; mayWrite: boolean }) {
  const [open, setOpen] = useState<"edit" | "history" | null>(null);
  const refresh = useRefresh();
  const { id, content, version } = recipient;
  const params = { path: { id }, header: { "If-Match": `"v${version}"` } };
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/recipients/{id}", { params })),
    onSuccess: async () => {
      await refresh();
      say(t("recipients.removed", { name: content.name }));
    },
    onError: refuse,
  });
  return (
    <div className={styles.rowSteps}>
      {mayWrite && (
        <Button size="xs" variant="default" onClick={() => setOpen("edit")}>
          {t("action.edit")}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setOpen("history")}>
        {t("activities.history")}
      </Button>
      {mayWrite && recipient.activities.length === 0 && (
        <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("recipients.remove")}
        </Button>
      )}
      <Dialog title={content.name} opened={open === "edit"} onClose={() => setOpen(null)}>
        <RecipientForm
          initial={content}
          submitLabel={t("action.save")}
          onCancel={() => setOpen(null)}
          submit={async (body) => {
            await answer(api.PUT("/v1/recipients/{id}", { params, body }));
            setOpen(null);
            await refresh();
            say(t("recipients.saved"));
          }}
        />
      </Dialog>
      <Dialog title={t("activities.history")} opened={open === "history"} onClose={() => setOpen(null)}>
        {open === "history" && <History id={id} version={version} />}
      </Dialog>
    </div>
  );
}

function History({ id, version }: { id: string; version: number }) {
  const actorName = useActorName();
  const versions = useQuery({
    queryKey: ["recipients", id, "history", version],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/v1/recipients/{id}/history", { params: { path: { id } }, signal }))).items,
  });
  return (
    <Loaded from={versions}>
      {(items) => (
        <ol className={styles.entries}>
          {items.map((one) => (
            <li key={one.version}>
              {[one.content.name, one.content.country, one.content.contact].filter(Boolean).join(", ")}
              <small>
                {actorName(one.by)} · <ExactInstant at={one.at} />
              </small>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
