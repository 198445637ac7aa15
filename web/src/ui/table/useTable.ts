// The working of a table: state from the address, pages from the API, selection, export. DataTable.tsx only draws.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../words/words";
import { masked } from "../mask";
import { useAddress } from "../useAddress";
import { csv, download } from "./csv";
import type { Column, TableSpec } from "./spec";
import { readState, sorted, writeState, type TableState } from "./state";

// More than this is work for the API's own export, not for a page.
export const exportRowsMax = 10_000;

export function useTable<Row>(spec: TableSpec<Row>) {
  const [params, changeAddress] = useAddress();
  const [personalFilters, setPersonalFilters] = useState<Readonly<Record<string, string>>>({});
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState(false);

  const state = readState(params, spec);
  const filters = { ...state.filters, ...personalFilters };
  const cursor = cursors.at(-1);
  const query = useQuery({
    queryKey: [spec.id, "list", filters, state.size, cursor ?? null],
    queryFn: ({ signal }) => spec.load({ filters, limit: state.size, cursor, signal }),
    placeholderData: keepPreviousData,
  });

  const change = (edit: (now: TableState) => Partial<TableState>) => {
    changeAddress((now) => {
      const before = readState(now, spec);
      return writeState(now, { ...before, ...edit(before) }, spec);
    });
  };
  const backToStart = () => {
    setCursors([]);
    setSelected(new Set());
  };

  // Sorting is offered where it is honest: on a list that is here as a whole. Longer lists keep the API's order.
  const whole = query.data?.next === null && cursors.length === 0;
  const text = (column: Column<Row>, row: Row) => plain(column, row, revealed);
  const sortColumn = whole ? spec.columns.find((column) => column.id === state.sort?.column) : undefined;
  const loaded = query.data?.items ?? [];
  const next = query.data?.next ?? null;

  return {
    state,
    filters,
    query,
    whole,
    revealed,
    setRevealed,
    text,
    columns: spec.columns.filter((column) => state.columns.includes(column.id)),
    rows: sortColumn === undefined ? loaded : sorted(loaded, sortColumn.value, state.sort?.descending ?? false),
    setFilter: (id: string, value: string) => {
      backToStart();
      if (spec.filters?.find((filter) => filter.id === id)?.personal === true) {
        setPersonalFilters((now) => without(now, id, value));
      } else {
        change((now) => ({ filters: without(now.filters, id, value) }));
      }
    },
    clearFilters: () => {
      backToStart();
      setPersonalFilters({});
      change(() => ({ filters: {} }));
    },
    sortBy: (column: string) => change((now) => ({ sort: nextSort(now.sort, column) })),
    setColumns: (columns: readonly string[]) => change(() => ({ columns })),
    setSize: (size: number) => {
      backToStart();
      change(() => ({ size }));
    },
    showView: (search: string) => {
      backToStart();
      changeAddress(() => new URLSearchParams(search));
    },
    viewQuery: writeState(new URLSearchParams(), state, spec).toString(),
    paging: {
      page: cursors.length + 1,
      back: cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : undefined,
      forward: next === null ? undefined : () => setCursors([...cursors, next]),
    },
    selection: {
      keys: selected,
      rows: loaded.filter((row) => selected.has(spec.rowKey(row))),
      toggle: (key: string) => setSelected(toggled(selected, key)),
      all: (on: boolean) => setSelected(new Set(on ? loaded.map(spec.rowKey) : [])),
    },
    exportCsv: async () => {
      const columns = spec.columns.filter((column) => state.columns.includes(column.id));
      const { rows, whole } = await everyRow(spec, filters);
      const cells = rows.map((row) => columns.map((column) => plain(column, row, revealed)));
      download(
        `${spec.id}.csv`,
        csv(
          columns.map((column) => t(column.title)),
          cells,
        ),
        "text/csv;charset=utf-8",
      );
      return { count: rows.length, whole };
    },
  };
}

export type Table<Row> = ReturnType<typeof useTable<Row>>;

interface Exported<Row> {
  readonly rows: readonly Row[];
  // Whether these are all that there are.
  readonly whole: boolean;
}

async function everyRow<Row>(spec: TableSpec<Row>, filters: Readonly<Record<string, string>>): Promise<Exported<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await spec.load({ filters, limit: 100, cursor });
    rows.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && rows.length < exportRowsMax);
  return { rows: rows.slice(0, exportRowsMax), whole: cursor === undefined && rows.length <= exportRowsMax };
}

function plain<Row>(column: Column<Row>, row: Row, revealed: boolean): string | number | null {
  const value = column.value(row);
  return column.personal === true && !revealed && typeof value === "string" ? masked(value) : value;
}

// Up, down, then the list's own order again.
function nextSort(now: TableState["sort"], column: string): TableState["sort"] {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? null : { column, descending: true };
}

function without(filters: Readonly<Record<string, string>>, id: string, value: string): Record<string, string> {
  const { [id]: _, ...rest } = filters;
  return value === "" ? rest : { ...rest, [id]: value };
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
