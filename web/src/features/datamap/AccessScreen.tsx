// Who can reach which personal data, as stores' grants and files' permissions say: each account, role or group once a system, those who
// reach special categories first; or every access point with the way it is granted on.
import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api, page, type Schemas } from "../../api/client";
import { StateBadge } from "../../ui/bits";
import { IconAccess, IconDownload } from "../../ui/icons";
import { Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { Column, Filter, TableSpec } from "../../ui/table/spec";
import { nameOf, t } from "../../words/words";
import { categoryText, useCategories, type Category } from "./category";
import { storedProblem } from "./storedProblem";
import { FreshnessBadge, placeText, SpecialCount, useSystemChoices } from "./system";
import styles from "./datamap.module.css";

type Summary = Schemas["AccessSummary"];
type Point = Schemas["AccessPoint"];
type Either = Summary | Point;

export default function AccessScreen() {
  const [params, setParams] = useSearchParams();
  const [categories, systems] = [useCategories(), useSystemChoices()];
  const view = params.get("view") ?? "reach";
  return (
    <Page
      title={t("access.title")}
      lead={t("access.lead")}
      actions={
        <>
          <SegmentedControl
            aria-label={t("access.view")}
            data={[
              { value: "reach", label: t("access.reach") },
              { value: "points", label: t("access.points") },
            ]}
            value={view}
            onChange={(chosen) => setParams(chosen === "reach" ? {} : { view: chosen }, { replace: true })}
          />
          <Button
            component="a"
            href="/v1/access/table"
            download="access-points.csv"
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            {t("access.download")}
          </Button>
        </>
      }
    >
      {view === "points" ? (
        <DataTable key="points" spec={pointsTable(categories, systems)} />
      ) : (
        <DataTable key="reach" spec={reachTable(categories, systems)} />
      )}
      <Gaps />
    </Page>
  );
}

// Systems of which the tables above do not say everything, and what would mend it.
function Gaps() {
  const gaps = useQuery({
    queryKey: ["access", "gaps"],
    queryFn: ({ signal }) => page(api.GET("/v1/access/gaps", { signal })),
  });
  const items = gaps.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t("access.gaps")} lead={t("access.gaps.lead")}>
      <ul className={styles.entries}>
        {items.map(({ system, system_name: name, problem }) => (
          <li key={system}>
            <Link to={`/systems/${system}`}>{name}</Link>
            {problem.code === "connect.not_supported" ? (
              <small>{t("access.gaps.unsupported")}</small>
            ) : (
              <small>
                {storedProblem(problem).why} {storedProblem(problem).mend}
              </small>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const kinds = ["user", "role", "group", "everyone"] as const;
const privileges = ["read", "insert", "update", "delete"] as const;

function filters(categories: readonly Category[], systems: readonly { value: string; label: string }[]): Filter[] {
  return [
    { id: "q", title: "access.search" },
    { id: "system", title: "systems.one", choices: systems },
    {
      id: "principal_kind",
      title: "access.kind",
      choices: kinds.map((kind) => ({ value: kind, label: nameOf("principal_kind", kind) })),
    },
    {
      id: "privilege",
      title: "access.privileges",
      choices: privileges.map((one) => ({ value: one, label: nameOf("privilege", one) })),
    },
    {
      id: "category",
      title: "fields.category",
      choices: categories.map(({ key }) => ({ value: key, label: categoryText(categories, key) })),
    },
    { id: "special", title: "categories.special", choices: [{ value: "true", label: t("fields.special.only") }] },
  ];
}

function queryOf({ q, system, principal_kind: kind, privilege, category, special }: Readonly<Record<string, string>>) {
  return {
    q,
    system,
    principal_kind: kinds.find((known) => known === kind),
    privilege: privileges.find((known) => known === privilege),
    category,
    special: special === "true",
  };
}

function nameOfPrincipal({ principal, principal_kind: kind }: Either): string {
  return principal === "" ? nameOf("principal_kind", kind) : principal;
}

// The columns of both tables.
function columnsOf<Row extends Either>(
  categories: readonly Category[],
): Record<"who" | "system" | "may" | "fields" | "special" | "categories", Column<Row>> {
  return {
    who: {
      id: "who",
      title: "access.who",
      value: nameOfPrincipal,
      cell: (row) => (
        <span className={styles.found}>
          {nameOfPrincipal(row)}
          <small>{nameOf("principal_kind", row.principal_kind)}</small>
        </span>
      ),
    },
    system: { id: "system", title: "systems.one", value: (row) => row.system_name },
    may: {
      id: "may",
      title: "access.privileges",
      value: (row) => row.privileges.map((one) => nameOf("privilege", one)).join(", "),
    },
    fields: { id: "fields", title: "systems.personal_fields", value: (row) => row.personal_fields, numeric: true },
    special: {
      id: "special",
      title: "systems.special_fields",
      value: (row) => row.special_fields,
      cell: (row) => <SpecialCount count={row.special_fields} />,
      numeric: true,
    },
    categories: {
      id: "categories",
      title: "access.categories",
      value: (row) => row.categories.map((key) => categoryText(categories, key).split(" › ").at(-1)).join(", ") || null,
    },
  };
}

function reachTable(
  categories: readonly Category[],
  systems: readonly { value: string; label: string }[],
): TableSpec<Summary> {
  const columns = columnsOf<Summary>(categories);
  const { who, system, may, fields, special } = columns;
  return {
    id: "access_reach",
    title: "access.title",
    columns: [
      who,
      system,
      may,
      {
        id: "whole",
        title: "access.whole_store",
        value: ({ whole_store: whole }) => nameOf("access_whole", whole ? "yes" : "no"),
        cell: ({ whole_store: whole }) => (
          <StateBadge family="access_whole" value={whole ? "yes" : "no"} tone={whole ? "warn" : "quiet"} />
        ),
      },
      fields,
      special,
      columns.categories,
    ],
    filters: filters(categories, systems),
    load: ({ filters: chosen, signal }) =>
      page(
        api.GET("/v1/access/reach", {
          params: { query: queryOf(chosen) },
          ...(signal === undefined ? {} : { signal }),
        }),
      ),
    rowKey: (row) => `${row.system} ${row.principal_kind} ${row.principal}`,
    rowName: nameOfPrincipal,
    empty,
  };
}

function pointsTable(
  categories: readonly Category[],
  systems: readonly { value: string; label: string }[],
): TableSpec<Point> {
  const columns = columnsOf<Point>(categories);
  const { who, system, may, fields, special } = columns;
  return {
    id: "access_points",
    title: "access.points",
    columns: [
      who,
      system,
      { id: "place", title: "access.place", value: placeOfPoint },
      may,
      { id: "through", title: "access.through", value: ({ through }) => through.join(" → ") || t("access.directly") },
      fields,
      special,
      { ...columns.categories, hiddenAtFirst: true },
      {
        id: "freshness",
        title: "fields.freshness",
        value: ({ freshness }) => nameOf("freshness", freshness),
        cell: ({ freshness }) => <FreshnessBadge freshness={freshness} />,
      },
    ],
    filters: [
      ...filters(categories, systems),
      { id: "gone", title: "fields.gone", choices: [{ value: "true", label: t("fields.gone.too") }] },
    ],
    load: ({ filters: { gone, ...chosen }, limit, cursor, signal }) => {
      const query = { ...queryOf(chosen), personal: true, gone: gone === "true", limit, cursor };
      return page(api.GET("/v1/access", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: nameOfPrincipal,
    empty,
  };
}

function placeOfPoint({ dataset, collection, field }: Point): string {
  if (collection === "") return dataset === "" ? t("access.whole_store") : dataset;
  const place = placeText({ dataset, name: collection });
  return field === "" ? place : `${place}.${field}`;
}

const empty = (
  <EmptyState icon={<IconAccess size={28} />} title={t("access.none")}>
    {t("access.none.lead")}
  </EmptyState>
);
