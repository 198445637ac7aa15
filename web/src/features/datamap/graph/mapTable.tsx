// The drawn map as a table: a row a system, with everything that the picture says of it.
import { answer, api } from "../../../api/client";
import { IconServer } from "../../../ui/icons";
import { EmptyState } from "../../../ui/ProblemCard";
import type { PageQuery, TableSpec } from "../../../ui/table/spec";
import { t } from "../../../words/words";
import { categoryText, type Category } from "../category";
import { SpecialCount } from "../system";
import { matching, type Graph, type Node } from "./layout";

// A category and what lies directly below it: "user.contact", not every field of an address.
export const levels = 2;

interface Row extends Node {
  readonly holds: string;
  readonly points_at: string;
  readonly pointed_at_by: string;
}

export function mapTable(categories: readonly Category[]): TableSpec<Row> {
  return {
    id: "map",
    title: "graph.table_of",
    columns: [
      { id: "name", title: "systems.one", value: ({ name }) => name },
      { id: "group", title: "connections.product", value: ({ group }) => group || null },
      { id: "holds", title: "graph.holds", value: ({ holds }) => holds || null },
      {
        id: "special",
        title: "systems.special_fields",
        value: ({ special_fields: count }) => count,
        cell: ({ special_fields: count }) => <SpecialCount count={count} />,
        numeric: true,
      },
      { id: "points_at", title: "graph.points_at", value: (row) => row.points_at || null },
      { id: "pointed_at_by", title: "graph.pointed_at_by", value: (row) => row.pointed_at_by || null },
    ],
    filters: [
      { id: "q", title: "graph.search" },
      {
        id: "category",
        title: "fields.category",
        choices: categories.map(({ key }) => ({ value: key, label: categoryText(categories, key) })),
      },
      { id: "special", title: "categories.special", choices: [{ value: "true", label: t("fields.special.only") }] },
    ],
    load,
    rowKey: ({ id }) => id,
    rowName: ({ name }) => name,
    rowTo: ({ id }) => `/systems/${id}`,
    empty: (
      <EmptyState icon={<IconServer size={28} />} title={t("graph.none")}>
        {t("graph.none.lead")}
      </EmptyState>
    ),
  };
}

async function load({ filters: { q = "", category = "", special }, signal }: PageQuery) {
  const query = { category, special: special === "true", levels };
  const graph = await answer(
    api.GET("/v1/map/graph", { params: { query }, ...(signal === undefined ? {} : { signal }) }),
  );
  return { items: rowsOf(matching(graph, q)), next: null };
}

export function rowsOf(graph: Graph): readonly Row[] {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const joined = (id: string, here: "from" | "to", holds: boolean) =>
    graph.edges
      .filter((edge) => edge[here] === id && (edge.kind === "holds") === holds)
      .map((edge) => `${names.get(edge[here === "from" ? "to" : "from"]) ?? ""} (${edge.count})`)
      .join(", ");
  return graph.nodes
    .filter(({ kind }) => kind === "system")
    .map((node) => ({
      ...node,
      holds: joined(node.id, "from", true),
      points_at: joined(node.id, "from", false),
      pointed_at_by: joined(node.id, "to", false),
    }));
}
