// Who can reach which personal data, as stores' grants and files' permissions say: each account, role or group once a system, those who
// reach special categories first; or every access point with the way it is granted on; or what accounts did, as stores' logs tell.
import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api, page, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { StateBadge } from "../../ui/bits";
import { IconAccess, IconDownload } from "../../ui/icons";
import { Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { Column, Filter, TableSpec } from "../../ui/table/spec";
import { dateTime } from "../../words/dates";
import { nameOf, t } from "../../words/words";
import { categoryText, useCategories, type Category } from "./category";
import { storedProblem } from "./storedProblem";
import { FreshnessBadge, placeText, SpecialCount, useSystemChoices } from "./system";
import styles from "./datamap.module.css";

type Summary = Schemas["AccessSummary"];
type Point = Schemas["AccessPoint"];
type Use = Schemas["AccountUse"];
type Either = Summary | Point;

export default function AccessScreen() {
  const [params, setParams] = useSearchParams();
  const [categories, systems] = [useCategories(), useSystemChoices()];
  const may = useMay();
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
              ...(may("access_uses.read") ? [{ value: "uses", label: t("access.uses") }] : []),
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
      {view === "uses" ? (
        <>
          <DataTable key="uses" spec={usesTable(systems)} />
          <Logs />
        </>
      ) : (
        <>
          {view === "points" ? (
            <DataTable key="points" spec={pointsTable(categories, systems)} />
          ) : (
            <DataTable key="reach" spec={reachTable(categories, systems)} />
          )}
          <Gaps />
        </>
      )}
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

// Of which systems it is known who uses them, since when, and why not of the others.
function Logs() {
  const logs = useQuery({
    queryKey: ["access", "logs"],
    queryFn: ({ signal }) => page(api.GET("/v1/access/logs", { signal })),
  });
  const items = logs.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t("access.logs")} lead={t("access.logs.lead")}>
      <ul className={styles.entries}>
        {items.map((log) => (
          <li key={log.system}>
            <Link to={`/systems/${log.system}`}>{log.system_name}</Link>
            <small>{logText(log)}</small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function logText({ since, read_at: until, problem }: Schemas["UseLogState"]): string {
  if (problem != null) {
    if (problem.code === "connect.not_supported") return t("access.logs.unsupported");
    const { why, mend } = storedProblem(problem);
    return `${why} ${mend}`;
  }
  return since == null || until == null
    ? ""
    : t("access.logs.since", { since: dateTime(since), until: dateTime(until) });
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
        id: "last_used",
        title: "access.last_used",
        value: ({ last_used_at: at }) => (at == null ? null : dateTime(at)),
      },
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
      {
        id: "unused_days",
        title: "access.unused",
        choices: ["30", "100", "365"].map((days) => ({ value: days, label: t("access.unused.days", { days }) })),
      },
    ],
    load: ({ filters: { gone, unused_days: unused, ...chosen }, limit, cursor, signal }) => {
      const query = {
        ...queryOf(chosen),
        personal: true,
        gone: gone === "true",
        ...(unused === undefined || unused === "" ? {} : { unused_days: Number(unused) }),
        limit,
        cursor,
      };
      return page(api.GET("/v1/access", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: nameOfPrincipal,
    empty,
  };
}

const uses = ["read", "write", "rights_changed", "sign_in_refused", "other"] as const;

function usesTable(systems: readonly { value: string; label: string }[]): TableSpec<Use> {
  return {
    id: "access_uses",
    title: "access.uses",
    columns: [
      {
        id: "who",
        title: "access.who",
        value: ({ principal }) => principal || nameOf("principal_kind", "everyone"),
      },
      { id: "system", title: "systems.one", value: (row) => row.system_name },
      { id: "use", title: "access.use", value: ({ use }) => nameOf("access_use", use) },
      {
        id: "place",
        title: "access.place",
        value: ({ dataset, collection }) =>
          collection === "" ? t("access.place_untold") : placeText({ dataset, name: collection }),
      },
      { id: "from", title: "access.from", value: (row) => row.from_address || null },
      { id: "events", title: "access.events", value: (row) => row.events, numeric: true },
      {
        id: "first",
        title: "access.first_used",
        value: (row) => dateTime(row.first_used_at),
        hiddenAtFirst: true,
      },
      { id: "last", title: "access.last_used", value: (row) => dateTime(row.last_used_at) },
    ],
    filters: [
      { id: "q", title: "access.search" },
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "use",
        title: "access.use",
        choices: uses.map((one) => ({ value: one, label: nameOf("access_use", one) })),
      },
    ],
    load: ({ filters: { q, system, use }, limit, cursor, signal }) => {
      const query = { q, system, use: uses.find((one) => one === use), limit, cursor };
      return page(api.GET("/v1/access/uses", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ principal }) => principal || nameOf("principal_kind", "everyone"),
    empty: (
      <EmptyState icon={<IconAccess size={28} />} title={t("access.no_uses")}>
        {t("access.no_uses.lead")}
      </EmptyState>
    ),
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
