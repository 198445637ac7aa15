import { api, page } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconSearch } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { nameOf, t } from "../../words/words";
import { isScanning, ScanBadge, scanOutcome, ScanProgress, type Scan } from "./scan";
import { useSystemChoices } from "./system";

export default function ScansScreen() {
  const systems = useSystemChoices();
  return (
    <Page title={t("scans.title")} lead={t("scans.lead")}>
      <DataTable spec={scansTable(systems)} />
    </Page>
  );
}

function scansTable(systems: readonly { value: string; label: string }[]): TableSpec<Scan> {
  return {
    id: "scans",
    title: "scans.title",
    columns: [
      { id: "system", title: "systems.one", value: (scan) => scan.system_name },
      {
        id: "state",
        title: "scans.state",
        value: (scan) => nameOf("scan_state", scan.state),
        cell: (scan) => <ScanBadge scan={scan} />,
      },
      {
        id: "started",
        title: "scans.started",
        value: (scan) => scan.started_at,
        cell: (scan) => <Instant at={scan.started_at} />,
      },
      {
        id: "outcome",
        title: "scans.outcome",
        value: scanOutcome,
        cell: (scan) => (isScanning(scan) ? <ScanProgress scan={scan} /> : scanOutcome(scan)),
      },
      { id: "fields", title: "systems.fields", value: (scan) => scan.fields, numeric: true, hiddenAtFirst: true },
      { id: "personal", title: "systems.personal_fields", value: (scan) => scan.personal_fields, numeric: true },
    ],
    filters: [{ id: "system", title: "systems.one", choices: systems }],
    load: ({ filters, limit, cursor, signal }) =>
      page(api.GET("/v1/scans", { params: { query: { ...filters, limit, cursor } }, signal })),
    rowKey: (scan) => scan.id,
    rowName: (scan) => scan.system_name,
    rowTo: (scan) => `/scans/${scan.id}`,
    empty: (
      <EmptyState icon={<IconSearch size={28} />} title={t("scans.none")}>
        {t("scans.none.lead")}
      </EmptyState>
    ),
  };
}
