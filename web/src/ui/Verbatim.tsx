import styles from "./Verbatim.module.css";

// Text as it stands in a file or goes over the wire: scrolled by keyboard when it is long.
export function Verbatim({ label, children }: { label: string; children: string }) {
  return (
    <pre className={styles.text} tabIndex={0} aria-label={label}>
      {children}
    </pre>
  );
}
