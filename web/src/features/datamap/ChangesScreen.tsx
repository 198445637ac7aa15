// What scans found different, to be decided one after the other by keyboard: j and k move, c confirms, r rejects, e gives another
// category, x and a choose several. What was decided is a filter away, with its reason, and can be taken back.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useSearchParams } from "react-router";
import { answer, api } from "../../api/client";
import { useMay } from "../../api/session";
import { Keys } from "../../ui/Keys";
import { Page } from "../../ui/Page";
import { DataTable } from "../../ui/table/DataTable";
import { t } from "../../words/words";
import { useActorName } from "../identity/people";
import { useCategories } from "./category";
import { changesTable, type Deciding } from "./changes";
import { DecisionDialog, type Asked } from "./DecisionDialog";
import { useDecisions, type Change, type Decision, type Words } from "./decisions";
import { useSystemChoices } from "./system";
import styles from "./datamap.module.css";

export default function ChangesScreen() {
  const may = useMay();
  const [params] = useSearchParams();
  const [categories, systems, actorName] = [useCategories(), useSystemChoices(), useActorName()];
  const { decide, dialog } = useDeciding();
  const mayDecide = may("map.write");
  const spec = changesTable({
    categories,
    systems,
    actorName,
    state: params.get("state") ?? "open",
    decide: mayDecide ? decide : undefined,
  });
  return (
    <Page title={t("changes.title")} lead={t("changes.lead")}>
      <Counts />
      {mayDecide && <KeyLine />}
      <DataTable spec={spec} />
      {dialog}
    </Page>
  );
}

interface Question extends Asked {
  readonly settle: (done: boolean) => void;
}

function useDeciding() {
  const { send, show } = useDecisions();
  const [asked, setAsked] = useState<Question | null>(null);
  const [last, setLast] = useState<Words>({});
  const atOnce = async (decision: Decision, changes: readonly Change[]) => {
    await send(decision, changes);
    show(decision, changes);
    return true;
  };
  const decide: Deciding = (decision, changes) => {
    if (decision === "confirm" || decision === "undo") return atOnce(decision, changes);
    return new Promise((settle) => setAsked({ decision, changes, settle }));
  };
  const close = (done: boolean) => {
    // The dialog is gone, and the focus back in the list, before its rows go.
    flushSync(() => setAsked(null));
    asked?.settle(done);
  };
  const submit = async (words: Words) => {
    if (asked === null) return;
    await send(asked.decision, asked.changes, words);
    setLast(words);
    close(true);
    show(asked.decision, asked.changes);
  };
  const initial = { reason: last.reason, ...(asked?.decision === "recategorize" ? { category: last.category } : {}) };
  return {
    decide,
    dialog: <DecisionDialog asked={asked} last={initial} onClose={() => close(false)} submit={submit} />,
  };
}

function Counts() {
  const counts = useQuery({
    queryKey: ["changes", "counts"],
    queryFn: ({ signal }) => answer(api.GET("/v1/changes/counts", { signal })),
  });
  if (counts.data === undefined) return null;
  const { open, open_added: added, open_changed: changed, open_gone: gone, open_special: special } = counts.data;
  return (
    <p className={styles.counts} role="status">
      {open === 0 ? t("changes.counts.none") : t("changes.counts", { open, added, changed, gone, special })}
    </p>
  );
}

const keys = [
  ["j", "shortcuts.next_row"],
  ["k", "shortcuts.previous_row"],
  ["c", "changes.confirm"],
  ["r", "changes.reject"],
  ["e", "changes.recategorize"],
  ["x", "shortcuts.select_row"],
  ["a", "table.select_all"],
  ["z", "action.undo"],
] as const;

// For hands that are on the keyboard; the same is on buttons in every row.
function KeyLine() {
  return (
    <p className={styles.keys} aria-hidden="true">
      {keys.map(([key, title]) => (
        <span key={key}>
          <Keys keys={key} /> {t(title)}
        </span>
      ))}
    </p>
  );
}
