// Keyboard shortcuts: single keys ("?"), chords ("mod+k") and sequences ("g u"). A component that is on the screen brings its
// shortcuts along; the "?" dialog lists exactly those that work at that moment. Typing in a field triggers none but chords, and
// whoever switches single keys off keeps the chords.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { preference } from "../ui/preference";
import type { WordKey } from "../words/words";

export interface Shortcut {
  readonly keys: string;
  readonly title: WordKey;
  readonly group: "general" | "go" | "table";
  readonly run: () => void;
}

export const singleKeys = preference<"on" | "off">("privity-single-keys", ["on", "off"]);

const sequenceMilliseconds = 1_200;

let active: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  active = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => active);
}

// Active while the calling component is mounted. Give `shortcuts` a stable identity (useMemo) or every render re-registers them.
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    change([...active, ...shortcuts]);
    return () => change(active.filter((shortcut) => !shortcuts.includes(shortcut)));
  }, [shortcuts]);
}

// The one listener; mounted by the shell.
export function useShortcutKeys(): void {
  const pending = useRef({ keys: "", at: 0 });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key === null || (!key.startsWith("mod+") && (singleKeys.now() === "off" || isTyping(event)))) return;
      const now = event.timeStamp;
      const fresh = now - pending.current.at < sequenceMilliseconds ? pending.current.keys : "";
      const sequence = fresh === "" ? key : `${fresh} ${key}`;
      const match = lastWith(sequence) ?? lastWith(key);
      if (match !== undefined) {
        event.preventDefault();
        pending.current = { keys: "", at: 0 };
        match.run();
      } else {
        pending.current = { keys: active.some((s) => s.keys.startsWith(`${key} `)) ? key : "", at: now };
      }
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function lastWith(keys: string): Shortcut | undefined {
  return active.findLast((shortcut) => shortcut.keys === keys);
}

function keyOf(event: KeyboardEvent): string | null {
  if (event.altKey || event.isComposing || event.key === "Shift" || event.defaultPrevented) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=dialog]") !== null) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
