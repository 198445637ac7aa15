// The one table of the console: server pages, filters, sort, columns, saved views, export, selection, and all of it by keyboard
// (j, k: next and previous row; x: select; /: filter). On a narrow screen each row becomes a card.
import { Checkbox, Skeleton } from "@mantine/core";
import { useMemo, useRef, type ReactNode } from "react";
import { Link } from "react-router";
import { useShortcuts, type Shortcut } from "../../app/shortcuts";
import { problemOf } from "../../api/problem";
import { t } from "../../words/words";
import { IconSearch, IconSort, IconSortDown, IconSortUp } from "../icons";
import { EmptyState, Forbidden, ProblemCard } from "../ProblemCard";
import { BulkBar, Paging, TableTools } from "./TableTools";
import type { Column, TableSpec } from "./spec";
import { useTable, type Table } from "./useTable";
import styles from "./DataTable.module.css";

export function DataTable<Row>({ spec }: { spec: TableSpec<Row> }) {
  const table = useTable(spec);
  const frame = useRef<HTMLDivElement>(null);
  useTableShortcuts(frame);
  return (
    <div className={styles.frame} ref={frame}>
      <TableTools spec={spec} table={table} />
      <BulkBar spec={spec} table={table} />
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

function useTableShortcuts(frame: React.RefObject<HTMLDivElement | null>) {
  useShortcuts(
    useMemo<Shortcut[]>(() => {
      const rows = () => Array.from(frame.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []);
      const current = () => rows().findIndex((row) => row.contains(document.activeElement));
      const focusRow = (index: number) => {
        const row = rows().at(index);
        (row?.querySelector<HTMLElement>("td a") ?? row?.querySelector<HTMLElement>("td button, td input"))?.focus();
      };
      return [
        {
          keys: "j",
          title: "shortcuts.next_row",
          group: "table",
          run: () => focusRow(Math.min(current() + 1, rows().length - 1)),
        },
        { keys: "k", title: "shortcuts.previous_row", group: "table", run: () => focusRow(Math.max(current() - 1, 0)) },
        {
          keys: "x",
          title: "shortcuts.select_row",
          group: "table",
          run: () => rows()[current()]?.querySelector<HTMLElement>("[data-tick]")?.click(),
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
