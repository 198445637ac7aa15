// The four faces of everything that is fetched, decided in one place: loading, forbidden, failed, ready.
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { problemOf } from "../api/problem";
import { Forbidden, ProblemCard } from "./ProblemCard";
import { t } from "../words/words";
import styles from "./faces.module.css";

interface Fetched<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface LoadedProps<Data> {
  from: Fetched<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ from, skeleton, children }: LoadedProps<Data>) {
  if (from.data !== undefined) return children(from.data);
  if (from.error === null || from.error === undefined) return skeleton ?? <LinesSkeleton />;
  const problem = problemOf(from.error);
  return problem.status === 403 ? (
    <Forbidden problem={problem} />
  ) : (
    <ProblemCard problem={problem} onRetry={() => from.refetch()} />
  );
}

export function LinesSkeleton({ lines = 5 }: { lines?: number }) {
  return (
    <div className={styles.lines} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={`${90 - ((line * 17) % 45)}%`} radius="sm" />
      ))}
    </div>
  );
}
