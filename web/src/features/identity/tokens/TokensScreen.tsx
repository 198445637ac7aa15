import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { answer, api, page, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Confirm, Instant, ShownOnce } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { IconKey, IconPlus } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { say } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { t } from "../../../words/words";
import type { Token } from "../queries";
import { PermissionsField } from "../roles/PermissionMatrix";
import styles from "../identity.module.css";

export default function TokensScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  const [revoking, setRevoking] = useState<Token | null>(null);
  const mayWrite = may("tokens.write");
  const spec = useMemo(() => tokensTable(mayWrite ? setRevoking : undefined), [mayWrite]);
  return (
    <Page
      title={t("tokens.title")}
      lead={t("tokens.lead")}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("tokens.create")}
          </Button>
        )
      }
    >
      <DataTable spec={spec} />
      <CreateDialog opened={creating && mayWrite} onClose={() => setCreating(false)} />
      <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}

function tokensTable(onRevoke: ((token: Token) => void) | undefined): TableSpec<Token> {
  return {
    id: "tokens",
    title: "tokens.title",
    columns: [
      { id: "name", title: "field.name", value: (token) => token.name },
      {
        id: "prefix",
        title: "tokens.prefix",
        value: (token) => token.prefix,
        cell: (token) => <code>{token.prefix}…</code>,
      },
      {
        id: "permissions",
        title: "field.permissions",
        value: (token) => token.permissions.length,
        cell: (token) => t("tokens.permissions", { count: token.permissions.length }),
      },
      {
        id: "last_used",
        title: "tokens.last_used",
        value: (token) => token.last_used_at ?? null,
        cell: (token) => <Instant at={token.last_used_at} absent={t("tokens.never_used")} />,
      },
      {
        id: "expires",
        title: "tokens.expires",
        value: (token) => token.expires_at ?? null,
        cell: (token) => <Instant at={token.expires_at} absent={t("tokens.no_expiry")} />,
      },
      {
        id: "created",
        title: "tokens.created",
        value: (token) => token.created_at,
        cell: (token) => <Instant at={token.created_at} />,
        hiddenAtFirst: true,
      },
    ],
    load: ({ limit, cursor, signal }) => page(api.GET("/v1/tokens", { params: { query: { limit, cursor } }, signal })),
    rowKey: (token) => token.id,
    rowName: (token) => token.name,
    rowActions:
      onRevoke === undefined
        ? undefined
        : (token) => (
            <Button size="xs" variant="default" onClick={() => onRevoke(token)}>
              {t("tokens.revoke")}
            </Button>
          ),
    empty: (
      <EmptyState icon={<IconKey size={28} />} title={t("tokens.none")}>
        {t("tokens.none.lead")}
      </EmptyState>
    ),
  };
}

function CreateDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [created, setCreated] = useState<Schemas["NewToken"] | null>(null);
  const close = () => {
    setCreated(null);
    onClose();
  };
  const create = async (values: object) => {
    setCreated(await answer(api.POST("/v1/tokens", { body: values as Schemas["TokenRequest"] })));
    await queries.invalidateQueries({ queryKey: ["tokens"] });
  };
  return (
    <Dialog title={t("tokens.create")} opened={opened} onClose={close}>
      {created === null ? (
        <SchemaForm
          schema={requestSchema("tokens.create")}
          only={["name", "expires_in_days", "permissions"]}
          initial={{ permissions: [], expires_in_days: 90 }}
          custom={{
            permissions: (field) => <PermissionsField key="permissions" field={field} />,
          }}
          submitLabel={t("tokens.create.submit")}
          onCancel={close}
          submit={create}
        />
      ) : (
        <div className={styles.stack}>
          <p>{t("tokens.shown_once")}</p>
          <ShownOnce secret={created.secret} copyLabel={t("action.copy_token")} />
          <div>
            <Button onClick={close}>{t("action.done")}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function RevokeDialog({ token, onClose }: { token: Token | null; onClose: () => void }) {
  const queries = useQueryClient();
  const revoke = async () => {
    if (token === null) return;
    await answer(api.DELETE("/v1/tokens/{id}", { params: { path: { id: token.id } } }));
    await queries.invalidateQueries({ queryKey: ["tokens"] });
    say(t("tokens.revoked", { name: token.name }));
  };
  return (
    <Confirm
      title={t("tokens.revoke.title", { name: token?.name ?? "" })}
      act={t("tokens.revoke")}
      opened={token !== null}
      onClose={onClose}
      run={revoke}
    >
      {t("tokens.revoke.lead")}
    </Confirm>
  );
}
