import { Switch } from "@mantine/core";
import { Keys } from "../ui/Keys";
import { t } from "../words/words";
import { singleKeys, useActiveShortcuts, type Shortcut } from "./shortcuts";
import styles from "./dialogs.module.css";

const groups = ["general", "go", "table"] as const;

// Those that work where it stands, and the switch for single letters.
export default function ShortcutList() {
  const shortcuts = useActiveShortcuts();
  return (
    <>
      <SingleKeysSwitch />
      {groups.map((group) => (
        <ShortcutGroup key={group} group={group} shortcuts={shortcuts.filter((shortcut) => shortcut.group === group)} />
      ))}
    </>
  );
}

// Whoever speaks to the computer would set off single letters by accident (WCAG 2.1.4): they can be switched off.
function SingleKeysSwitch() {
  return (
    <Switch
      label={t("shortcuts.single_keys")}
      description={t("shortcuts.single_keys.help")}
      checked={singleKeys.use() === "on"}
      onChange={(event) => singleKeys.set(event.currentTarget.checked ? "on" : "off")}
    />
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
