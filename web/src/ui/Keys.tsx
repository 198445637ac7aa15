import { Kbd } from "@mantine/core";
import styles from "./bits.module.css";

// How the keys of a shortcut are shown: "mod+k" as Ctrl K, "g u" as g u.
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
