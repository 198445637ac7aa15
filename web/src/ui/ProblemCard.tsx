// The failed face of a screen: what went wrong, why, how to mend it, and the number under which the server's log knows it.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Problem } from "../api/problem";
import { t } from "../words/words";
import { IconAlert, IconLock, IconRetry } from "./icons";
import styles from "./faces.module.css";

export function ProblemCard({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <section className={styles.problem} role="alert">
      <IconAlert size={20} />
      <div>
        <h2>{problem.what}</h2>
        {problem.why !== "" && <p>{problem.why}</p>}
        {problem.mend !== "" && <p>{problem.mend}</p>}
        <ProblemFootnote problem={problem} />
        {onRetry !== undefined && (
          <Button mt="sm" size="xs" variant="default" leftSection={<IconRetry size={14} />} onClick={onRetry}>
            {t("action.try_again")}
          </Button>
        )}
      </div>
    </section>
  );
}

function ProblemFootnote({ problem }: { problem: Problem }) {
  return (
    <p className={styles.footnote}>
      {problem.code}
      {problem.requestId !== null && <> · {t("problem.request_id", { id: problem.requestId })}</>}
    </p>
  );
}

// The forbidden face: says so plainly and names who can change it, instead of an empty page.
export function Forbidden({ problem }: { problem?: Problem }) {
  return (
    <EmptyState icon={<IconLock size={28} />} title={problem?.what ?? t("forbidden.title")}>
      {problem?.mend || t("forbidden.mend")}
    </EmptyState>
  );
}

export function EmptyState(props: { icon: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <section className={styles.empty}>
      <div className={styles.emptyIcon}>{props.icon}</div>
      <h2>{props.title}</h2>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.action}
    </section>
  );
}
