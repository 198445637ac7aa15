// Ctrl-K: one field over every screen and command that the session may use, and over what the server finds by that text.
// A combobox with a list box (WAI-ARIA 1.2): the focus stays in the field, the arrows move the choice.
import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api, page } from "../api/client";
import { useMay } from "../api/session";
import { IconSearch, type Icon } from "../ui/icons";
import { nameOf, t } from "../words/words";
import { commands, screens } from "./screens";
import styles from "./dialogs.module.css";

export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly text: string;
  readonly detail?: string;
  readonly icon: Icon;
  readonly to: string;
}

export function CommandPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal.Root opened={opened} onClose={onClose} centered={false} size="36rem" yOffset="12vh">
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={t("palette.title")}>
        <Palette onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const navigate = useNavigate();
  const found = useFound(text);
  const own = matching(useOwnEntries(), text);
  // The server finds screens, too; those that stand here already are not told twice.
  const entries = [...own, ...found.entries.filter((entry) => own.every(({ to }) => to !== entry.to))];
  const listId = useId();
  const current = entries[Math.min(chosen, entries.length - 1)];

  const go = (entry: PaletteEntry) => {
    onClose();
    void navigate(entry.to);
  };
  const move = (step: number) =>
    setChosen((at) => (Math.min(at, entries.length - 1) + step + entries.length) % entries.length);

  return (
    <div className={styles.palette}>
      <div className={styles.field}>
        <IconSearch size={18} />
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
          placeholder={t("palette.placeholder")}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") move(1);
            else if (event.key === "ArrowUp") move(-1);
            else if (event.key === "Enter" && current !== undefined) go(current);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <Results listId={listId} entries={entries} current={current} onChoose={go} />
      <div role="status" className={styles.count}>
        {found.searching
          ? t("palette.searching")
          : entries.length === 0
            ? t("palette.nothing", { text })
            : t("palette.count", { count: entries.length })}
      </div>
    </div>
  );
}

interface ResultsProps {
  listId: string;
  entries: readonly PaletteEntry[];
  current: PaletteEntry | undefined;
  onChoose: (entry: PaletteEntry) => void;
}

function Results({ listId, entries, current, onChoose }: ResultsProps) {
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <div className={styles.results} role="listbox" id={listId} aria-label={t("palette.results")}>
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className={styles.group} aria-hidden="true">
            {group}
          </div>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <Option
                key={entry.id}
                id={`${listId}-${entry.id}`}
                entry={entry}
                selected={entry === current}
                onChoose={() => onChoose(entry)}
              />
            ))}
        </div>
      ))}
    </div>
  );
}

function Option(props: { id: string; entry: PaletteEntry; selected: boolean; onChoose: () => void }) {
  const { id, entry, selected, onChoose } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <div ref={element} id={id} role="option" aria-selected={selected} className={styles.option} onClick={onChoose}>
      <entry.icon size={18} />
      <span className={styles.optionText}>
        {entry.text}
        {entry.detail !== undefined && <small>{entry.detail}</small>}
      </span>
    </div>
  );
}

function useOwnEntries(): readonly PaletteEntry[] {
  const may = useMay();
  const toScreens = screens.flatMap((screen): PaletteEntry[] =>
    screen.navigation !== undefined && may(screen.permission)
      ? [
          {
            id: `screen-${screen.path}`,
            group: t("palette.group.go"),
            text: t(screen.title),
            icon: screen.navigation.icon,
            to: `/${screen.path}`,
          },
        ]
      : [],
  );
  const toCommands = commands
    .filter((command) => may(command.permission))
    .map((command): PaletteEntry => ({
      id: `command-${command.id}`,
      group: t("palette.group.do"),
      text: t(command.title),
      icon: command.icon,
      to: command.to,
    }));
  return [...toCommands, ...toScreens];
}

const searchTextMin = 2;
const searchPauseMilliseconds = 150;

// What the server finds. The text goes no further than this request: not into the address, not into storage.
function useFound(text: string): { searching: boolean; entries: readonly PaletteEntry[] } {
  const [settled] = useDebouncedValue(text.trim(), searchPauseMilliseconds);
  const wanted = settled.length >= searchTextMin;
  const search = useQuery({
    queryKey: ["search", settled],
    queryFn: ({ signal }) => page(api.GET("/v1/search", { params: { query: { q: settled } }, signal })),
    enabled: wanted,
    gcTime: 0,
  });
  const entries = (wanted ? (search.data?.items ?? []) : []).map((hit): PaletteEntry => ({
    id: `hit-${hit.kind}-${hit.id}`,
    group: nameOf("search_kind", hit.kind),
    text: hit.title,
    ...(hit.detail === "" ? {} : { detail: hit.detail }),
    icon: IconSearch,
    to: hit.link,
  }));
  return { searching: wanted && search.isFetching, entries };
}

// Every word typed must stand somewhere in the entry; entries that begin with the text come first.
export function matching(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = entries.filter((entry) => {
    const hay = `${entry.text} ${entry.detail ?? ""} ${entry.group}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
  const first = words[0];
  if (first === undefined) return fits;
  const begins = (entry: PaletteEntry) => (entry.text.toLowerCase().startsWith(first) ? 0 : 1);
  return [...fits].sort((one, other) => one.group.localeCompare(other.group) || begins(one) - begins(other));
}
