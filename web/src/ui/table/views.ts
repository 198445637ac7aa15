// Saved views of a table: a name for the part of the address that holds its state. They are this person's habits on this device
// and hold no personal data (state.ts leaves such filters out), so they live in the browser.

export interface SavedView {
  readonly name: string;
  readonly query: string;
}

const viewsMax = 20;

function storageKey(table: string): string {
  return `privity-views-${table}`;
}

export function savedViews(table: string): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(table)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

// A view of the same name is replaced. The oldest goes when there are too many to choose from.
export function saveView(table: string, view: SavedView): readonly SavedView[] {
  const others = savedViews(table).filter((saved) => saved.name !== view.name);
  return store(table, [...others, view].slice(-viewsMax));
}

export function removeView(table: string, name: string): readonly SavedView[] {
  return store(
    table,
    savedViews(table).filter((saved) => saved.name !== name),
  );
}

function store(table: string, views: readonly SavedView[]): readonly SavedView[] {
  localStorage.setItem(storageKey(table), JSON.stringify(views));
  return views;
}

function isView(value: unknown): value is SavedView {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "query" in value &&
    typeof value.query === "string"
  );
}
