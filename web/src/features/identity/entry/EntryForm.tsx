import type { FormEvent, ReactNode } from "react";
import { problemOf } from "../../../api/problem";
import { ProblemCard } from "../../../ui/ProblemCard";
import styles from "./entry.module.css";

// The small hand-made forms of the entry pages: a refusal stands above the fields.
export function EntryForm(props: { error: unknown; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {props.error != null && <ProblemCard problem={problemOf(props.error)} />}
      {props.children}
    </form>
  );
}
