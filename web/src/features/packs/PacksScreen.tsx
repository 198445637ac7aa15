import { api, page, type Schemas } from "../../api/client";
import { StateBadge } from "../../ui/bits";
import { IconScale } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { nameOf, t } from "../../words/words";

type PackSummary = Schemas["PackSummary"];

export default function PacksScreen() {
  return (
    <Page title={t("packs.title")} lead={t("packs.lead")}>
      <DataTable spec={packsTable} />
    </Page>
  );
}

const packsTable: TableSpec<PackSummary> = {
  id: "packs",
  title: "packs.title",
  columns: [
    { id: "title", title: "packs.name", value: (pack) => pack.title },
    { id: "kind", title: "packs.kind", value: (pack) => nameOf("pack_kind", pack.kind) },
    { id: "id", title: "packs.id", value: (pack) => pack.id, cell: (pack) => <code>{pack.id}</code> },
    { id: "version", title: "packs.version", value: (pack) => pack.version },
    { id: "valid_from", title: "packs.valid_from", value: (pack) => pack.valid_from ?? null },
    {
      id: "state",
      title: "packs.state",
      value: (pack) => nameOf("pack_state", stateOf(pack)),
      cell: (pack) => <StateBadge family="pack_state" value={stateOf(pack)} tone={pack.in_force ? "good" : "quiet"} />,
    },
    {
      id: "origin",
      title: "packs.origin",
      value: (pack) => nameOf("pack_origin", originOf(pack)),
      hiddenAtFirst: true,
    },
    { id: "sources", title: "packs.sources", value: (pack) => pack.sources },
  ],
  load: ({ signal }) => page(api.GET("/v1/packs", { signal })),
  rowKey: (pack) => `${pack.kind}/${pack.id}/${pack.version}`,
  rowName: (pack) => pack.title,
  rowTo: (pack) => `/packs/${pack.kind}/${pack.id}/${pack.version}`,
  empty: (
    <EmptyState icon={<IconScale size={28} />} title={t("packs.none")}>
      {t("packs.none.lead")}
    </EmptyState>
  ),
};

function stateOf(pack: PackSummary): string {
  return pack.in_force ? "in_force" : "not_in_force";
}

function originOf(pack: PackSummary): string {
  return pack.installed ? "installed" : "built_in";
}
