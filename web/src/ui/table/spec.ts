// What a table shows, said once per table: columns, filters, where its pages come from, what can be done with several rows.
import type { ReactNode } from "react";
import type { Page } from "../../api/client";
import type { WordKey } from "../../words/words";
import type { Icon } from "../icons";

export interface Column<Row> {
  readonly id: string;
  readonly title: WordKey;
  // The plain value: what the export holds, what sorting compares, what is drawn unless `cell` says otherwise.
  readonly value: (row: Row) => string | number | null;
  readonly cell?: (row: Row) => ReactNode;
  // Masked in the table and in the export until someone asks to see it.
  readonly personal?: boolean;
  readonly hiddenAtFirst?: boolean;
  readonly numeric?: boolean;
}

export interface Filter {
  // Also its name in the address and in the API's query.
  readonly id: string;
  readonly title: WordKey;
  readonly choices?: readonly { value: string; label: string }[];
  // What is typed here may name a person: it stays out of the address and of saved views.
  readonly personal?: boolean;
}

export interface PageQuery {
  readonly filters: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly signal?: AbortSignal;
}

export interface BulkAction<Row> {
  readonly id: string;
  readonly title: WordKey;
  readonly icon: Icon;
  // A single key that does it to the chosen rows, or to the one that has the focus.
  readonly key?: string;
  // False: nothing was done after all, and the rows stay chosen.
  readonly run: (rows: readonly Row[]) => Promise<boolean>;
}

export interface TableSpec<Row> {
  // Names the table in query keys, saved views and file names.
  readonly id: string;
  readonly title: WordKey;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly load: (query: PageQuery) => Promise<Page<Row>>;
  readonly rowKey: (row: Row) => string;
  // How a row is called when it is announced or selected; never masked data.
  readonly rowName: (row: Row) => string;
  // The first column links here.
  readonly rowTo?: (row: Row) => string;
  readonly rowActions?: (row: Row) => ReactNode;
  readonly bulk?: readonly BulkAction<Row>[];
  readonly empty: ReactNode;
}
