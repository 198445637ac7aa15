import { useMemo } from "react";
import { api, page, type Schemas } from "../../api/client";
import { ExactInstant } from "../../ui/bits";
import { IconBook } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { thingText } from "../../ui/ThingName";
import { nameOf, t } from "../../words/words";
import { useActorName } from "../identity/people";
import { PlacesPanel } from "./PlacesPanel";
import styles from "./ledger.module.css";

type LedgerRecord = Schemas["LedgerRecord"];

export default function LedgerScreen() {
  const actorName = useActorName();
  const spec = useMemo(() => entriesTable(actorName), [actorName]);
  return (
    <Page title={t("ledger.title")} lead={t("ledger.lead")}>
      <DataTable spec={spec} />
      <PlacesPanel />
    </Page>
  );
}

type ActorName = ReturnType<typeof useActorName>;

const entriesTable = (actorName: ActorName): TableSpec<LedgerRecord> => ({
  id: "ledger",
  title: "ledger.title",
  columns: [
    { id: "index", title: "ledger.index", value: (record) => record.index },
    {
      id: "time",
      title: "ledger.time",
      value: (record) => record.time,
      cell: (record) => <ExactInstant at={record.time} />,
    },
    {
      id: "action",
      title: "ledger.action",
      value: (record) => record.entry.action,
      cell: ({ entry }) => (
        <>
          {nameOf("ledger_action", entry.action)}
          <code className={styles.code}>{entry.action}</code>
        </>
      ),
    },
    { id: "actor", title: "ledger.actor", value: (record) => actorName(record.entry.actor) },
    {
      id: "actor_kind",
      title: "ledger.actor_kind",
      value: (record) => nameOf("actor_kind", record.entry.actor.kind),
      hiddenAtFirst: true,
    },
    { id: "actor_id", title: "ledger.actor_id", value: (record) => record.entry.actor.id ?? null, hiddenAtFirst: true },
    {
      id: "object",
      title: "ledger.object",
      value: ({ entry }) => (entry.object == null ? null : thingText(entry.object)),
    },
  ],
  filters: [
    { id: "action", title: "ledger.action" },
    { id: "actor_id", title: "ledger.actor_id" },
    { id: "object_kind", title: "ledger.object_kind" },
    { id: "object_id", title: "ledger.object_id" },
  ],
  load: ({ filters, limit, cursor, signal }) =>
    page(api.GET("/v1/ledger/entries", { params: { query: { ...filters, limit, cursor } }, signal })),
  rowKey: (record) => String(record.index),
  rowName: (record) => t("ledger.entry_number", { index: record.index }),
  rowTo: (record) => `/ledger/${record.index}`,
  empty: (
    <EmptyState icon={<IconBook size={28} />} title={t("ledger.none")}>
      {t("ledger.none.lead")}
    </EmptyState>
  ),
});
