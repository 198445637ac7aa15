import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../words/words";
import { useFocusBack } from "./focus";
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
