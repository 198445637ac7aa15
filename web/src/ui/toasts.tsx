// Short notes at the edge of the screen: what has just been done, with a way back where there is one. They are announced politely
// and stay while the pointer or the focus is on them; a note that can be undone stays longer.
import { Button, CloseButton } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { t } from "../words/words";
import { IconCheck, IconUndo } from "./icons";
import styles from "./toasts.module.css";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | undefined;
}

const plainMilliseconds = 6_000;
const undoMilliseconds = 12_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function say(text: string, undo?: () => void): void {
  lastId += 1;
  change([...toasts.slice(-2), { id: lastId, text, undo }]);
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(toast.id), toast.undo === undefined ? plainMilliseconds : undoMilliseconds);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    <div
      className={styles.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <IconCheck size={18} />
      <span>{toast.text}</span>
      {toast.undo !== undefined && (
        <Button
          size="compact-sm"
          variant="white"
          color="dark"
          leftSection={<IconUndo size={14} />}
          onClick={() => {
            toast.undo?.();
            dismiss(toast.id);
          }}
        >
          {t("action.undo")}
        </Button>
      )}
      <CloseButton
        size="sm"
        variant="transparent"
        className={styles.close}
        aria-label={t("action.dismiss")}
        onClick={() => dismiss(toast.id)}
      />
    </div>
  );
}
