// Short notes at the edge of the screen: what has just been done, with a way back or onward where there is one, or why it was not
// done. They are announced, and stay while the pointer or the focus is on them; one with a step to take stays longer. The key "z"
// takes the step of the newest one, because a keyboard would not get there in time.
import { Button, CloseButton } from "@mantine/core";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { problemOf } from "../api/problem";
import { useShortcuts, type Shortcut } from "../app/shortcuts";
import { t } from "../words/words";
import { IconAlert, IconCheck } from "./icons";
import { Keys } from "./Keys";
import styles from "./toasts.module.css";

export interface ToastStep {
  readonly label: string;
  readonly take: () => unknown;
}

interface Toast {
  readonly id: number;
  readonly tone: "done" | "refused";
  readonly text: string;
  readonly step: ToastStep | undefined;
}

const plainMilliseconds = 6_000;
const longMilliseconds = 15_000;
const shownMax = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(tone: Toast["tone"], text: string, step?: ToastStep): void {
  lastId += 1;
  change([...toasts.slice(1 - shownMax), { id: lastId, tone, text, step }]);
}

// What has been done, and perhaps what one may do next.
export function say(text: string, step?: ToastStep): void {
  add("done", text, step);
}

// The step back. It may fail like any other: then that is said.
export function undoBy(take: () => unknown): ToastStep {
  return { label: t("action.undo"), take };
}

// What was not done, and how to mend it; for acts that have no form or dialog of their own to say it in.
export function refuse(thrown: unknown): void {
  const { what, mend } = problemOf(thrown);
  add("refused", `${what} ${mend}`.trim());
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

async function takeStep({ id, step }: Toast): Promise<void> {
  dismiss(id);
  try {
    await step?.take();
  } catch (thrown) {
    refuse(thrown);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const newest = shown.findLast((toast) => toast.step !== undefined);
  useShortcuts(
    useMemo<Shortcut[]>(
      () =>
        newest === undefined
          ? []
          : [{ keys: "z", title: "shortcuts.step", group: "general", run: () => void takeStep(newest) }],
      [newest],
    ),
  );
  return (
    <div className={styles.stack}>
      <div role="status" className={styles.region}>
        {shown.map(
          (toast) => toast.tone === "done" && <ToastCard key={toast.id} toast={toast} first={toast === newest} />,
        )}
      </div>
      {shown.map(
        (toast) =>
          toast.tone === "refused" && (
            <div key={toast.id} role="alert">
              <ToastCard toast={toast} first={false} />
            </div>
          ),
      )}
    </div>
  );
}

function ToastCard({ toast, first }: { toast: Toast; first: boolean }) {
  const [held, setHeld] = useState(false);
  const brief = toast.tone === "done" && toast.step === undefined;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(toast.id), brief ? plainMilliseconds : longMilliseconds);
    return () => clearTimeout(timer);
  }, [held, toast, brief]);
  return (
    <div
      className={styles.toast}
      data-tone={toast.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === "done" ? <IconCheck size={18} /> : <IconAlert size={18} />}
      <span>{toast.text}</span>
      {toast.step !== undefined && (
        <Button
          size="compact-sm"
          variant="white"
          color="dark"
          aria-keyshortcuts={first ? "z" : undefined}
          onClick={() => void takeStep(toast)}
        >
          {toast.step.label}
          {first && (
            <span aria-hidden="true">
              <Keys keys="z" />
            </span>
          )}
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
