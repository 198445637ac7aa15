import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { answer, api, page } from "../../api/client";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { IconDatabase, IconPlus } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { useFlag } from "../../ui/useFlag";
import { nameOf, t } from "../../words/words";
import { ruleText } from "../jobs/rule";
import { ReachBadge, WritingBadge, writingState, type Connection } from "./connection";
import { ConnectionForm } from "./ConnectionForm";
import type { System } from "./system";

export default function ConnectionsScreen() {
  const may = useMay();
  const [creating, setCreating] = useFlag("create");
  const scannedAt = useScannedAt();
  const spec = useMemo(() => connectionsTable(scannedAt), [scannedAt]);
  return (
    <Page
      title={t("connections.title")}
      lead={t("connections.lead")}
      actions={
        may("connections.write") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("connections.create")}
          </Button>
        )
      }
    >
      <DataTable spec={spec} />
      <Dialog
        title={t("connections.create")}
        opened={creating && may("connections.write")}
        onClose={() => setCreating(false)}
      >
        <CreateForm onCancel={() => setCreating(false)} />
      </Dialog>
    </Page>
  );
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConnectionForm
      submitLabel={t("connections.create.submit")}
      onCancel={onCancel}
      submit={async (body) => {
        const connection = await answer(api.POST("/v1/connections", { body }));
        await queries.invalidateQueries({ queryKey: ["connections"] });
        void navigate(`/connections/${connection.id}`);
      }}
    />
  );
}

type ScannedAt = ReadonlyMap<string, System["fresh_since"]>;

// When the newest scan of each system began, as the register says it.
function useScannedAt(): ScannedAt | undefined {
  const may = useMay();
  const systems = useQuery({
    queryKey: ["systems", "scanned"],
    queryFn: async ({ signal }) => {
      const { items } = await page(api.GET("/v1/systems", { params: { query: { limit: 200 } }, signal }));
      return new Map(items.map(({ id, fresh_since }) => [id, fresh_since]));
    },
    enabled: may("map.read"),
  });
  return systems.data;
}

function connectionsTable(scannedAt: ScannedAt | undefined): TableSpec<Connection> {
  return {
    id: "connections",
    title: "connections.title",
    columns: [
      { id: "name", title: "field.name", value: (connection) => connection.name },
      { id: "kind", title: "connections.kind", value: (connection) => connection.kind },
      {
        id: "state",
        title: "connections.state",
        value: (connection) => reachText(connection),
        cell: (connection) => <ReachBadge connection={connection} />,
      },
      {
        id: "scanned",
        title: "connections.last_scan",
        value: ({ system }) => scannedAt?.get(system) ?? null,
        cell: ({ system }) => <Instant at={scannedAt?.get(system)} absent={t("connections.never_scanned")} />,
      },
      {
        id: "schedule",
        title: "connections.schedule",
        value: ({ schedule }) => (schedule == null ? t("connections.on_demand") : ruleText(schedule)),
      },
      {
        id: "writing",
        title: "connections.writing",
        value: (connection) => nameOf("connections.writing", writingState(connection)),
        cell: (connection) => <WritingBadge connection={connection} />,
      },
      { id: "address", title: "field.address", value: ({ address }) => address, hiddenAtFirst: true },
    ],
    load: ({ signal }) => page(api.GET("/v1/connections", { signal })),
    rowKey: (connection) => connection.id,
    rowName: (connection) => connection.name,
    rowTo: (connection) => `/connections/${connection.id}`,
    empty: (
      <EmptyState icon={<IconDatabase size={28} />} title={t("connections.none")}>
        {t("connections.none.lead")}
      </EmptyState>
    ),
  };
}

function reachText({ test }: Connection): string {
  return nameOf("reach", test == null ? "untested" : test.ok ? "reached" : "failed");
}
