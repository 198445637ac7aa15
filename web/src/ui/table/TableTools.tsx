// Above the table: filters, and what one does to the table itself (views, columns, export, unmasking). Below it: pages.
import { ActionIcon, Button, Checkbox, Menu, Popover, Select, TextInput, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ComponentProps, type FormEvent, type RefObject } from "react";
import { problemOf } from "../../api/problem";
import { t } from "../../words/words";
import {
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconColumns,
  IconDownload,
  IconEye,
  IconEyeOff,
  IconSearch,
  IconTrash,
  IconView,
} from "../icons";
import { LinesSkeleton, Loaded } from "../Loaded";
import { refuse, say, undoBy } from "../toasts";
import type { BulkAction, Filter, TableSpec } from "./spec";
import { pageSizes } from "./state";
import type { Table } from "./useTable";
import { useSavedViews, type SavedView } from "./views";
import styles from "./DataTable.module.css";

interface PartProps<Row> {
  spec: TableSpec<Row>;
  table: Table<Row>;
}

export function TableTools<Row>({ spec, table }: PartProps<Row>) {
  const filtered = Object.keys(table.filters).length > 0;
  return (
    <div className={styles.tools} role="group" aria-label={t("table.tools")}>
      <div className={styles.filters}>
        {spec.filters?.map((filter) => (
          <FilterField
            key={filter.id}
            filter={filter}
            value={table.filters[filter.id] ?? ""}
            onChange={(value) => table.setFilter(filter.id, value)}
          />
        ))}
        {filtered && (
          <Button size="sm" variant="subtle" onClick={table.clearFilters}>
            {t("table.clear_filters")}
          </Button>
        )}
      </div>
      <div className={styles.toolButtons}>
        {spec.columns.some((column) => column.personal === true) && <RevealButton table={table} />}
        <ViewsMenu spec={spec} table={table} />
        <ColumnsButton spec={spec} table={table} />
        <ExportButton table={table} />
      </div>
    </div>
  );
}

interface FilterFieldProps {
  filter: Filter;
  value: string;
  onChange: (value: string) => void;
}

function FilterField({ filter, value, onChange }: FilterFieldProps) {
  if (filter.choices === undefined) return <TextFilter filter={filter} value={value} onChange={onChange} />;
  return (
    <Select
      aria-label={t(filter.title)}
      placeholder={t(filter.title)}
      data={[...filter.choices]}
      value={value === "" ? null : value}
      onChange={(choice) => onChange(choice ?? "")}
      clearable
      checkIconPosition="right"
      w={190}
      data-filter
    />
  );
}

const typingPauseMilliseconds = 250;

export function TextFilter({ filter, value, onChange }: FilterFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), typingPauseMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      type="search"
      aria-label={t(filter.title)}
      placeholder={t(filter.title)}
      leftSection={<IconSearch size={16} />}
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      w={230}
      data-filter
    />
  );
}

function RevealButton<Row>({ table }: { table: Table<Row> }) {
  const label = table.revealed ? t("table.mask") : t("table.reveal");
  return (
    <ToolButton label={label} pressed={table.revealed} onClick={() => table.setRevealed(!table.revealed)}>
      {table.revealed ? <IconEyeOff size={18} /> : <IconEye size={18} />}
    </ToolButton>
  );
}

interface ToolButtonProps extends ComponentProps<"button"> {
  label: string;
  pressed?: boolean;
  loading?: boolean;
}

// Passes on what a Popover.Target adds to its child.
function ToolButton({ label, pressed, loading = false, children, color: _color, ...rest }: ToolButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon {...rest} size={36} variant="default" aria-label={label} aria-pressed={pressed} loading={loading}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function ExportButton<Row>({ table }: { table: Table<Row> }) {
  const save = useMutation({
    mutationFn: table.exportCsv,
    onSuccess: ({ count, whole }) => say(t(whole ? "table.exported" : "table.exported_first", { count })),
    onError: refuse,
  });
  return (
    <ToolButton label={t("table.export")} loading={save.isPending} onClick={() => save.mutate()}>
      <IconDownload size={18} />
    </ToolButton>
  );
}

function ColumnsButton<Row>({ spec, table }: PartProps<Row>) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ToolButton label={t("table.columns")} onClick={() => setOpened(!opened)}>
          <IconColumns size={18} />
        </ToolButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("table.columns")}>
        <Checkbox.Group
          value={[...table.state.columns]}
          onChange={(ids) => table.setColumns(spec.columns.map((column) => column.id).filter((id) => ids.includes(id)))}
        >
          <div className={styles.columnChoice}>
            {spec.columns.map((column) => (
              <Checkbox key={column.id} value={column.id} label={t(column.title)} />
            ))}
          </div>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

function ViewsMenu<Row>({ spec, table }: PartProps<Row>) {
  const [opened, setOpened] = useState(false);
  const { views, save, remove } = useSavedViews(spec.id, opened);
  const show = (view: SavedView) => {
    table.showView(view.query);
    setOpened(false);
  };
  const nameField = useRef<HTMLInputElement>(null);
  const removeView = ({ id, name, query, shared }: SavedView) => {
    const undo = undoBy(() =>
      save.mutate({ name, query, shared }, { onSuccess: () => say(t("views.saved", { name })), onError: refuse }),
    );
    remove.mutate(id, { onSuccess: () => say(t("views.removed", { name }), undo), onError: refuse });
    // The button that was pressed goes with the view.
    nameField.current?.focus();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ToolButton label={t("views.title")} onClick={() => setOpened(!opened)}>
          <IconView size={18} />
        </ToolButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label={t("views.title")}>
        <Loaded from={views} skeleton={<LinesSkeleton lines={2} />}>
          {(items) => <ViewList views={items} onShow={show} onRemove={(view) => removeView(view)} />}
        </Loaded>
        <SaveView
          nameField={nameField}
          problem={save.isError ? problemOf(save.error).what : undefined}
          onSave={(name, shared) =>
            save.mutate({ name, shared, query: table.viewQuery }, { onSuccess: () => say(t("views.saved", { name })) })
          }
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ViewListProps {
  views: readonly SavedView[];
  onShow: (view: SavedView) => void;
  onRemove: (view: SavedView) => void;
}

function ViewList({ views, onShow, onRemove }: ViewListProps) {
  if (views.length === 0) return <p className={styles.note}>{t("views.none")}</p>;
  return (
    <ul className={styles.views}>
      {views.map((view) => (
        <li key={view.id}>
          <Button variant="subtle" color="gray" justify="flex-start" onClick={() => onShow(view)}>
            {view.name}
          </Button>
          {view.mine && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("views.remove", { name: view.name })}
              onClick={() => onRemove(view)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
}

interface SaveViewProps {
  nameField: RefObject<HTMLInputElement | null>;
  problem: string | undefined;
  onSave: (name: string, shared: boolean) => void;
}

function SaveView({ nameField, problem, onSave }: SaveViewProps) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(name.trim(), shared);
    setName("");
  };
  return (
    <form className={styles.saveView} onSubmit={submit}>
      <TextInput
        size="xs"
        ref={nameField}
        aria-label={t("views.name")}
        placeholder={t("views.name")}
        required
        maxLength={60}
        value={name}
        error={problem}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" disabled={name.trim() === ""}>
        {t("views.save")}
      </Button>
      <Checkbox
        size="xs"
        label={t("views.shared")}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
    </form>
  );
}

interface BulkBarProps<Row> extends PartProps<Row> {
  busy: boolean;
  onAct: (action: BulkAction<Row>) => void;
}

export function BulkBar<Row>({ spec, table, busy, onAct }: BulkBarProps<Row>) {
  const { rows, all } = table.selection;
  if (rows.length === 0) return null;
  return (
    <div className={styles.bulk} role="group" aria-label={t("table.bulk")}>
      <strong>{t("table.selected", { count: rows.length })}</strong>
      {spec.bulk?.map((action) => (
        <Button
          key={action.id}
          size="xs"
          variant="default"
          leftSection={<action.icon size={14} />}
          loading={busy}
          aria-keyshortcuts={action.key}
          onClick={() => onAct(action)}
        >
          {t(action.title)}
        </Button>
      ))}
      <Button size="xs" variant="subtle" onClick={() => all(false)}>
        {t("table.select_none")}
      </Button>
    </div>
  );
}

export function Paging<Row>({ table }: { table: Table<Row> }) {
  const { page, back, forward } = table.paging;
  const count = table.rows.length;
  if (table.whole && count <= pageSizes[0]) {
    return (
      <div className={styles.paging}>
        <span role="status">{t("table.rows", { count })}</span>
      </div>
    );
  }
  return (
    <div className={styles.paging}>
      <span role="status">{t("table.page", { page, count })}</span>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="subtle" color="gray" rightSection={<IconChevronDown size={14} />}>
            {t("table.page_size", { size: table.state.size })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {pageSizes.map((size) => (
            <Menu.Item key={size} onClick={() => table.setSize(size)}>
              {t("table.page_size", { size })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {(back !== undefined || forward !== undefined) && (
        <div className={styles.pageButtons}>
          <ActionIcon variant="default" aria-label={t("table.previous")} disabled={back === undefined} onClick={back}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t("table.next")} disabled={forward === undefined} onClick={forward}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
