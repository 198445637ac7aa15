// The one table of the console: server pages, filters, sort, columns, saved views, export, selection, and all of it by keyboard
// (j, k: next and previous row; x: select; a: select all; /: filter; and the keys of what can be done with rows). On a narrow screen
// each row becomes a card.
import { Checkbox, Skeleton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from "react";
import { Link } from "react-router";
import { useShortcuts, type Shortcut } from "../../app/shortcuts";
import { problemOf } from "../../api/problem";
import { t } from "../../words/words";
import { IconSearch, IconSort, IconSortDown, IconSortUp } from "../icons";
import { EmptyState, Forbidden, ProblemCard } from "../ProblemCard";
import { refuse } from "../toasts";
import { BulkBar, Paging, TableTools } from "./TableTools";
import type { BulkAction, Column, TableSpec } from "./spec";
import { useTable, type Table } from "./useTable";
import styles from "./DataTable.module.css";

export function DataTable<Row>({ spec }: { spec: TableSpec<Row> }) {
  const table = useTable(spec);
  const frame = useRef<HTMLDivElement>(null);
  const act = useMutation({
    mutationFn: ({ action, rows }: { action: BulkAction<Row>; rows: readonly Row[] }) => action.run(rows),
    onSuccess: (done) => {
      if (done) table.selection.all(false);
    },
    onError: refuse,
  });
  useTableShortcuts(frame);
  useBulkShortcuts(frame, { spec, table }, (action, rows) => act.mutate({ action, rows }));
  const remember = usePlace(frame, table.rows.map(spec.rowKey));
  return (
    <div className={styles.frame} ref={frame} tabIndex={-1} onFocusCapture={remember}>
      <TableTools spec={spec} table={table} />
      <BulkBar
        spec={spec}
        table={table}
        busy={act.isPending}
        onAct={(action) => act.mutate({ action, rows: table.selection.rows })}
      />
      <Body spec={spec} table={table} />
    </div>
  );
}

interface PartProps<Row> {
  spec: TableSpec<Row>;
  table: Table<Row>;
}

function Body<Row>({ spec, table }: PartProps<Row>) {
  const { query } = table;
  if (query.isPending) return <RowsSkeleton columns={table.columns.length} />;
  if (query.isError) {
    const problem = problemOf(query.error);
    return problem.status === 403 ? (
      <Forbidden problem={problem} />
    ) : (
      <ProblemCard problem={problem} onRetry={() => void query.refetch()} />
    );
  }
  if (table.rows.length === 0) return Object.keys(table.filters).length === 0 ? spec.empty : <NothingMatches />;
  return (
    <>
      <div className={styles.scroll} data-stale={query.isPlaceholderData || undefined}>
        <table role="table" className={styles.table} aria-label={t(spec.title)}>
          <Head spec={spec} table={table} />
          <tbody role="rowgroup">
            {table.rows.map((row) => (
              <RowView key={spec.rowKey(row)} row={row} spec={spec} table={table} />
            ))}
          </tbody>
        </table>
      </div>
      <Paging table={table} />
    </>
  );
}

function NothingMatches() {
  return (
    <EmptyState icon={<IconSearch size={28} />} title={t("table.nothing_matches")}>
      {t("table.nothing_matches.lead")}
    </EmptyState>
  );
}

function Head<Row>({ spec, table }: PartProps<Row>) {
  const count = table.selection.rows.length;
  return (
    <thead role="rowgroup">
      <tr role="row">
        {spec.bulk !== undefined && (
          <th role="columnheader" className={styles.tick}>
            <Checkbox
              size="xs"
              aria-label={t("table.select_all")}
              checked={count === table.rows.length}
              indeterminate={count > 0 && count < table.rows.length}
              onChange={(event) => table.selection.all(event.currentTarget.checked)}
            />
          </th>
        )}
        {table.columns.map((column) => (
          <HeadCell key={column.id} column={column} table={table} />
        ))}
        {spec.rowActions !== undefined && (
          <th role="columnheader">
            <span className={styles.hidden}>{t("table.actions")}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, table }: { column: Column<Row>; table: Table<Row> }) {
  const sort = table.state.sort?.column === column.id && table.whole ? table.state.sort : null;
  const direction = sort === null ? "none" : sort.descending ? "descending" : "ascending";
  const arrows = { none: IconSort, ascending: IconSortUp, descending: IconSortDown };
  const Arrow = arrows[direction];
  return (
    <th
      role="columnheader"
      aria-sort={table.whole ? direction : undefined}
      className={column.numeric === true ? styles.numeric : undefined}
    >
      {table.whole ? (
        <button type="button" className={styles.sort} onClick={() => table.sortBy(column.id)}>
          {t(column.title)}
          <Arrow size={14} data-off={sort === null || undefined} />
        </button>
      ) : (
        t(column.title)
      )}
    </th>
  );
}

function RowView<Row>({ row, spec, table }: PartProps<Row> & { row: Row }) {
  const key = spec.rowKey(row);
  return (
    <tr role="row" data-row data-selected={table.selection.keys.has(key) || undefined}>
      {spec.bulk !== undefined && (
        <td role="cell" className={styles.tick}>
          <Checkbox
            size="xs"
            data-tick
            aria-label={t("table.select", { name: spec.rowName(row) })}
            checked={table.selection.keys.has(key)}
            onChange={() => table.selection.toggle(key)}
          />
        </td>
      )}
      {table.columns.map((column, index) => (
        <td
          key={column.id}
          role="cell"
          data-label={t(column.title)}
          data-first={index === 0 || undefined}
          className={column.numeric === true ? styles.numeric : undefined}
        >
          <Cell to={index === 0 ? spec.rowTo?.(row) : undefined}>{content(column, row, table)}</Cell>
        </td>
      ))}
      {spec.rowActions !== undefined && (
        <td role="cell" className={styles.actions}>
          {spec.rowActions(row)}
        </td>
      )}
    </tr>
  );
}

function Cell({ to, children }: { to: string | undefined; children: ReactNode }) {
  if (to === undefined) return <div>{children}</div>;
  return (
    <div>
      <Link className={styles.rowLink} to={to}>
        {children}
      </Link>
    </div>
  );
}

function content<Row>(column: Column<Row>, row: Row, table: Table<Row>): ReactNode {
  if (column.cell !== undefined) return column.cell(row);
  return table.text(column, row) ?? <span className={styles.none}>–</span>;
}

export function RowsSkeleton({ columns }: { columns: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row}>
          {Array.from({ length: columns }, (_unused, column) => (
            <Skeleton key={column} height={14} width={column === 0 ? "70%" : "45%"} radius="sm" />
          ))}
        </div>
      ))}
    </div>
  );
}

type Frame = RefObject<HTMLDivElement | null>;

function rowsIn(frame: Frame): HTMLElement[] {
  return Array.from(frame.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []);
}

// -1: the focus is in no row.
function focusedRow(frame: Frame): number {
  return rowsIn(frame).findIndex((row) => row.contains(document.activeElement));
}

function focusRow(frame: Frame, index: number): void {
  const row = rowsIn(frame).at(index);
  (row?.querySelector<HTMLElement>("td a") ?? row?.querySelector<HTMLElement>("td button, td input"))?.focus();
}

// Whoever works a list off stays in it: when the row that had the focus goes, the one that takes its place has the focus.
function usePlace(frame: Frame, keys: readonly string[]): () => void {
  const last = useRef({ key: "", index: -1 });
  const shown = keys.join(" ");
  useEffect(() => {
    const { key, index } = last.current;
    if (index === -1 || keys.includes(key) || document.activeElement !== document.body) return;
    if (keys.length === 0) frame.current?.focus();
    else focusRow(frame, Math.min(index, keys.length - 1));
  }, [shown]);
  return () => {
    const index = focusedRow(frame);
    last.current = { key: keys[index] ?? "", index };
  };
}

function useBulkShortcuts<Row>(
  frame: Frame,
  part: PartProps<Row>,
  act: (action: BulkAction<Row>, rows: readonly Row[]) => void,
) {
  const now = useRef({ part, act });
  now.current = { part, act };
  const offered = part.spec.bulk?.map(({ id }) => id).join(" ");
  useShortcuts(
    useMemo<Shortcut[]>(() => {
      const run = (id: string) => {
        const { spec, table } = now.current.part;
        const action = spec.bulk?.find((one) => one.id === id);
        const rows = rowsToActOn(frame, table);
        if (action !== undefined && rows.length > 0) now.current.act(action, rows);
      };
      const keyed = (now.current.part.spec.bulk ?? []).flatMap(({ id, key, title }) =>
        key === undefined ? [] : [{ keys: key, title, group: "table" as const, run: () => run(id) }],
      );
      return offered === undefined ? [] : [selectAll(now), ...keyed];
    }, [frame, offered]),
  );
}

// The chosen ones, else the one that has the focus.
function rowsToActOn<Row>(frame: Frame, { selection, rows }: Table<Row>): readonly Row[] {
  const index = focusedRow(frame);
  return selection.rows.length > 0 || index === -1 ? selection.rows : rows.slice(index, index + 1);
}

function selectAll<Row>(now: RefObject<{ part: PartProps<Row> }>): Shortcut {
  const run = () => {
    const { rows, selection } = now.current.part.table;
    selection.all(selection.rows.length < rows.length);
  };
  return { keys: "a", title: "table.select_all", group: "table", run };
}

function useTableShortcuts(frame: Frame) {
  useShortcuts(
    useMemo<Shortcut[]>(() => {
      return [
        {
          keys: "j",
          title: "shortcuts.next_row",
          group: "table",
          run: () => focusRow(frame, Math.min(focusedRow(frame) + 1, rowsIn(frame).length - 1)),
        },
        {
          keys: "k",
          title: "shortcuts.previous_row",
          group: "table",
          run: () => focusRow(frame, Math.max(focusedRow(frame) - 1, 0)),
        },
        {
          keys: "x",
          title: "shortcuts.select_row",
          group: "table",
          run: () => rowsIn(frame)[focusedRow(frame)]?.querySelector<HTMLElement>("[data-tick]")?.click(),
        },
        {
          keys: "/",
          title: "shortcuts.filter",
          group: "table",
          run: () => frame.current?.querySelector<HTMLElement>("[data-filter]")?.focus(),
        },
      ];
    }, [frame]),
  );
}
