// The state of a table lives in the page's address, so that a copied address shows the same rows in the same order. Only what
// differs from the table's defaults is written; what the address holds but the table does not know is ignored. Filters that may
// name a person are never written.
import type { TableSpec } from "./spec";

export interface TableState {
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly columns: readonly string[];
  readonly size: number;
}

export const pageSizes = [25, 50, 100] as const;
const defaultSize = 25;

type Described = Pick<TableSpec<never>, "columns" | "filters">;

export function defaultColumns(spec: Described): readonly string[] {
  return spec.columns.filter((column) => column.hiddenAtFirst !== true).map((column) => column.id);
}

export function readState(params: URLSearchParams, spec: Described): TableState {
  const filters: Record<string, string> = {};
  for (const filter of publicFilters(spec)) {
    const value = params.get(filter.id);
    if (value !== null && value !== "") filters[filter.id] = value;
  }
  return { filters, sort: readSort(params, spec), columns: readColumns(params, spec), size: readSize(params) };
}

// Changes only the table's own parameters: a screen may keep others beside them.
export function writeState(params: URLSearchParams, state: TableState, spec: Described): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const filter of publicFilters(spec)) put(next, filter.id, state.filters[filter.id] ?? "");
  put(next, "sort", state.sort === null ? "" : `${state.sort.descending ? "-" : ""}${state.sort.column}`);
  const columns = state.columns.join(",");
  put(next, "columns", columns === defaultColumns(spec).join(",") ? "" : columns);
  put(next, "size", state.size === defaultSize ? "" : String(state.size));
  return next;
}

function publicFilters(spec: Described) {
  return (spec.filters ?? []).filter((filter) => filter.personal !== true);
}

function readSort(params: URLSearchParams, spec: Described): TableState["sort"] {
  const written = params.get("sort") ?? "";
  const descending = written.startsWith("-");
  const column = descending ? written.slice(1) : written;
  return spec.columns.some((known) => known.id === column) ? { column, descending } : null;
}

// At least one column stays: a table without any could not be told from an empty one.
function readColumns(params: URLSearchParams, spec: Described): readonly string[] {
  const asked = (params.get("columns") ?? "").split(",");
  const shown = spec.columns.map((column) => column.id).filter((id) => asked.includes(id));
  return shown.length > 0 ? shown : defaultColumns(spec);
}

function readSize(params: URLSearchParams): number {
  const asked = Number(params.get("size"));
  return pageSizes.find((size) => size === asked) ?? defaultSize;
}

function put(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}

// Compares as people expect: numbers by size, text by the language's order, absent values last in either direction.
export function sorted<Row>(
  rows: readonly Row[],
  value: (row: Row) => string | number | null,
  descending: boolean,
): readonly Row[] {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
    return descending ? -order : order;
  });
}
