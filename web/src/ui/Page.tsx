// The frame of a screen: title, one line of what it is for, actions on the right. Moving to a screen moves the focus to its
// heading, so that a screen reader says where one is and the keyboard goes on from there.
import { useEffect, useRef, type ReactNode } from "react";
import { Link, useLocation, useNavigationType } from "react-router";
import { t } from "../words/words";
import { IconChevronLeft } from "./icons";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  lead?: string | undefined;
  back?: { to: string; label: string };
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, lead, back, actions, narrow = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const navigation = useNavigationType();

  useEffect(() => {
    document.title = t("page.title", { page: title });
  }, [title]);
  // Only for another screen: a filter that is written into the address leaves the focus where it is.
  const arrivedBy = useRef(navigation);
  arrivedBy.current = navigation;
  useEffect(() => {
    if (arrivedBy.current !== "POP") heading.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      {back !== undefined && (
        <Link className={styles.back} to={back.to}>
          <IconChevronLeft size={16} /> {back.label}
        </Link>
      )}
      <header className={styles.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Panel({
  title,
  lead,
  actions,
  children,
}: Omit<PageProps, "title" | "back" | "narrow"> & { title?: string }) {
  return (
    <section className={styles.panel} aria-label={title}>
      {title !== undefined && (
        <header className={styles.panelHead}>
          <div>
            <h2>{title}</h2>
            {lead !== undefined && <p>{lead}</p>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

// Names and values, for what is shown but not edited.
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
