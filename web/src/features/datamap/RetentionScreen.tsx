// What may be kept for a time only, and what is kept longer: every table, file and field of which somebody has said so.
import { api, page, type Schemas } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconTable } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { t } from "../../words/words";
import { retentionText } from "./retention";
import { storedProblem } from "./storedProblem";
import { placeText, useSystemChoices } from "./system";

type Stewardship = Schemas["Stewardship"];

export default function RetentionScreen() {
  return (
    <Page title={t("retention.title")} lead={t("retention.lead")}>
      <DataTable spec={retentionTable(useSystemChoices())} />
    </Page>
  );
}

function placeOf({ dataset, collection_name: name, field_name: field }: Stewardship): string {
  const place = placeText({ dataset, name });
  return field === "" ? place : `${place}.${field}`;
}

function overdueOf({ content, overdue }: Stewardship): string {
  if (overdue?.problem != null) return storedProblem(overdue.problem).what;
  if (overdue != null) {
    return t("retention.overdue.count", { count: overdue.records ?? 0, day: overdue.before.slice(0, 10) });
  }
  return t(content.date_field ? "retention.not_counted" : "retention.no_date_field");
}

function retentionTable(systems: readonly { value: string; label: string }[]): TableSpec<Stewardship> {
  return {
    id: "stewardship",
    title: "retention.title",
    columns: [
      { id: "place", title: "fields.one", value: placeOf },
      { id: "system", title: "systems.one", value: ({ system_name: name }) => name },
      {
        id: "retention",
        title: "retention.one",
        value: ({ content }) => (content.retention == null ? null : retentionText(content.retention)),
      },
      { id: "overdue", title: "retention.overdue", value: overdueOf },
      {
        id: "counted",
        title: "retention.counted",
        value: ({ overdue }) => overdue?.counted_at ?? null,
        cell: ({ overdue }) => <Instant at={overdue?.counted_at} absent="–" />,
        hiddenAtFirst: true,
      },
    ],
    filters: [
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "overdue",
        title: "retention.overdue",
        choices: [{ value: "true", label: t("retention.overdue.only") }],
      },
    ],
    load: ({ filters: { system, overdue }, limit, cursor, signal }) => {
      const query = { system, retention: true, overdue: overdue === "true", limit, cursor };
      return page(api.GET("/v1/stewardship", { params: { query }, signal }));
    },
    rowKey: ({ collection, field }) => field ?? collection,
    rowName: placeOf,
    rowTo: ({ collection, field }) => (field == null ? `/collections/${collection}` : `/fields/${field}`),
    empty: (
      <EmptyState icon={<IconTable size={28} />} title={t("retention.none")}>
        {t("retention.none.lead")}
      </EmptyState>
    ),
  };
}
