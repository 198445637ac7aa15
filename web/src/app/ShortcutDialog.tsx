import { Kbd } from "@mantine/core";
import { Dialog } from "../ui/Dialog";
import { t } from "../words/words";
import { useActiveShortcuts, type Shortcut } from "./shortcuts";
import styles from "./dialogs.module.css";

const groups = ["general", "go", "table"] as const;

export function ShortcutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  return (
    <Dialog title={t("shortcuts.title")} opened={opened} onClose={onClose}>
      {groups.map((group) => (
        <ShortcutGroup key={group} group={group} shortcuts={shortcuts.filter((shortcut) => shortcut.group === group)} />
      ))}
    </Dialog>
  );
}

function ShortcutGroup({ group, shortcuts }: { group: Shortcut["group"]; shortcuts: readonly Shortcut[] }) {
  if (shortcuts.length === 0) return null;
  return (
    <section className={styles.shortcuts}>
      <h3>{t(`shortcuts.group.${group}`)}</h3>
      <dl>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.keys}>
            <dt>{t(shortcut.title)}</dt>
            <dd>
              <Keys keys={shortcut.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Keys({ keys }: { keys: string }) {
  const parts = keys.split(/[ +]/).map((part) => (part === "mod" ? modifierName() : part));
  return (
    <span className={styles.keys}>
      {parts.map((part, index) => (
        <Kbd key={index} size="xs">
          {part}
        </Kbd>
      ))}
    </span>
  );
}

function modifierName(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
}
