// The frame of the pages before one is signed in: nothing but the mark, one task and its words.
import { useEffect, type ReactNode } from "react";
import { Logo } from "../../../ui/Logo";
import { t } from "../../../words/words";
import styles from "./entry.module.css";

interface EntryFrameProps {
  title: string;
  lead?: string;
  wide?: boolean;
  // Which step of how many.
  progress?: readonly [number, number];
  children: ReactNode;
}

export function EntryFrame({ title, lead, wide = false, progress, children }: EntryFrameProps) {
  useEffect(() => {
    document.title = t("page.title", { page: title });
  }, [title]);
  return (
    <main className={styles.entry}>
      <div className={styles.mark}>
        <Logo size={40} />
        <span>{t("product")}</span>
      </div>
      <section className={wide ? `${styles.card} ${styles.wide}` : styles.card}>
        {progress !== undefined && (
          <p className={styles.progress}>{t("setup.step", { step: progress[0], count: progress[1] })}</p>
        )}
        <h1>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {children}
      </section>
    </main>
  );
}
