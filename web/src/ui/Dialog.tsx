import { Modal } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { t } from "../words/words";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

// A dialog with one task in it. Put together from Mantine's parts, because its ready-made one brings a <header>, which screen
// readers would announce as a second banner of the page.
export function Dialog({ title, opened, onClose, children }: DialogProps) {
  useFocusBack(opened);
  return (
    <Modal.Root opened={opened} onClose={onClose} size="lg" centered returnFocus={false}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        <div className={styles.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t("action.close")} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

// Where the keyboard was last. The item of a menu is gone when the dialog that it opened is closed: its button stands for it.
let lastFocused: HTMLElement | null = null;
document.addEventListener("focusin", ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const button = target.closest("[role=menu]")?.getAttribute("aria-labelledby");
  lastFocused = button == null ? target : document.getElementById(button);
});

// Whoever closes a dialog goes on where it was opened.
function useFocusBack(opened: boolean): void {
  const from = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!opened) return undefined;
    from.current = lastFocused;
    return () => {
      const { activeElement } = document;
      const lost = activeElement === document.body || activeElement?.closest("[role=dialog]") != null;
      if (lost) from.current?.focus();
    };
  }, [opened]);
}
