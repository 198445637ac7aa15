// The frame of the pages before one is signed in: nothing but the mark, one task and its words.
import { useEffect, type ReactNode } from "react";
import { Logo } from "../../../ui/Logo";
import { t } from "../../../words/words";
import styles from "./entry.module.css";

interface EntryFrameProps {
  title: string;
  lead?: string;
  children: ReactNode;
  footer?: ReactNode;
}

export function EntryFrame({ title, lead, children, footer }: EntryFrameProps) {
  useEffect(() => {
    document.title = t("page.title", { page: title });
  }, [title]);
  return (
    <main className={styles.entry}>
      <div className={styles.mark}>
        <Logo size={40} />
        <span>{t("product")}</span>
      </div>
      <section className={styles.card}>
        <h1>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {children}
      </section>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </main>
  );
}
