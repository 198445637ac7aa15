// The table of what scans found different from what the register said.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, page, type Schemas } from "../../api/client";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { IconChanges, IconCheck, IconShieldX, IconTag, IconUndo, type Icon } from "../../ui/icons";
import { EmptyState } from "../../ui/ProblemCard";
import { refuse } from "../../ui/toasts";
import type { BulkAction, Column, Filter, PageQuery, TableSpec } from "../../ui/table/spec";
import { nameOf, t, type WordKey } from "../../words/words";
import { CategoryName, categoryText, SpecialMark, type Category } from "./category";
import type { Change, Decision } from "./decisions";
import { Clues } from "./evidence";
import { Confidence, percent } from "./fields";
import { placeText } from "./system";
import styles from "./datamap.module.css";

// False: the person thought better of it.
export type Deciding = (decision: Decision, changes: readonly Change[]) => Promise<boolean>;

interface ChangesOf {
  readonly categories: readonly Category[];
  readonly systems: readonly { value: string; label: string }[];
  readonly actorName: (actor: Schemas["Actor"]) => string;
  readonly state: string;
  // Absent: for those who may only look.
  readonly decide: Deciding | undefined;
}

interface Step {
  readonly decision: Decision;
  readonly title: WordKey;
  readonly named: WordKey;
  readonly icon: Icon;
  readonly key: string;
}

const decidingSteps: readonly Step[] = [
  { decision: "confirm", title: "changes.confirm", named: "changes.confirm.named", icon: IconCheck, key: "c" },
  { decision: "reject", title: "changes.reject", named: "changes.reject.named", icon: IconShieldX, key: "r" },
  {
    decision: "recategorize",
    title: "changes.recategorize",
    named: "changes.recategorize.named",
    icon: IconTag,
    key: "e",
  },
];
const undoingSteps: readonly Step[] = [
  { decision: "undo", title: "action.undo", named: "changes.undo.named", icon: IconUndo, key: "u" },
];

const decided = ["confirmed", "rejected", "recategorized"];
// What a scan saw without personal data is noted; a person may still name what the detector missed.
function stepsFor(state: string): readonly Step[] {
  if (state === "open") return decidingSteps;
  if (state === "noted") return decidingSteps.filter(({ decision }) => decision === "recategorize");
  return decided.includes(state) ? undoingSteps : [];
}

export function changesTable({ categories, systems, actorName, state, decide }: ChangesOf): TableSpec<Change> {
  const steps = decide === undefined ? [] : stepsFor(state);
  return {
    id: "changes",
    title: "changes.title",
    columns: [...foundColumns(categories), ...(decided.includes(state) ? decidedColumns(categories, actorName) : [])],
    filters: filters(categories, systems),
    load,
    rowKey: (change) => change.id,
    rowName: nameOfChange,
    rowTo: (change) => (change.field == null ? `/collections/${change.collection}` : `/fields/${change.field}`),
    ...(decide === undefined || steps.length === 0
      ? {}
      : {
          bulk: steps.map((step) => bulkAction(step, decide)),
          rowActions: (change: Change) => <RowSteps change={change} steps={steps} decide={decide} />,
        }),
    empty: (
      <EmptyState icon={<IconChanges size={28} />} title={t("changes.none")}>
        {t("changes.none.lead")}
      </EmptyState>
    ),
  };
}

// Without a filter: what waits for a decision.
function load({ filters: { state = "open", special, confidence, ...rest }, limit, cursor, signal }: PageQuery) {
  const query = { ...rest, state, special: special === "true", ...confidenceRanges[confidence ?? ""], limit, cursor };
  return page(api.GET("/v1/changes", { params: { query: query as typeof query & ChangeQuery }, signal }));
}

type ChangeQuery = { kind?: Change["kind"]; state?: Change["state"] };

const confidenceRanges: Record<string, { confidence_from?: number; confidence_below?: number }> = {
  sure: { confidence_from: 0.9 },
  likely: { confidence_from: 0.6, confidence_below: 0.9 },
  unsure: { confidence_below: 0.6 },
};

const otherStates: readonly Change["state"][] = ["confirmed", "rejected", "recategorized", "noted", "superseded"];

function filters(categories: readonly Category[], systems: readonly { value: string; label: string }[]): Filter[] {
  const choices = (values: readonly string[], name: (value: string) => string) =>
    values.map((value) => ({ value, label: name(value) }));
  return [
    { id: "system", title: "systems.one", choices: systems },
    {
      id: "category",
      title: "fields.category",
      choices: categories.map(({ key }) => ({ value: key, label: categoryText(categories, key) })),
    },
    {
      id: "confidence",
      title: "fields.confidence",
      choices: choices(Object.keys(confidenceRanges), (value) => nameOf("confidence", value)),
    },
    {
      id: "kind",
      title: "changes.kind",
      choices: choices(["added", "changed", "gone"], (value) => nameOf("change_kind", value)),
    },
    { id: "special", title: "categories.special", choices: [{ value: "true", label: t("fields.special.only") }] },
    { id: "state", title: "changes.state", choices: choices(otherStates, (value) => nameOf("change_state", value)) },
  ];
}

function bulkAction({ decision, title, icon, key }: Step, decide: Deciding): BulkAction<Change> {
  return { id: decision, title, icon, key, run: (changes) => decide(decision, changes) };
}

function nameOfChange({ dataset, collection_name: name, field_name: field }: Change): string {
  const place = placeText({ dataset, name });
  return field === "" ? place : `${place}.${field}`;
}

const kindTones: Record<Change["kind"], Tone> = { added: "busy", changed: "warn", gone: "quiet" };

function foundColumns(categories: readonly Category[]): readonly Column<Change>[] {
  return [
    { id: "field", title: "fields.one", value: nameOfChange, cell: (change) => <FoundAt change={change} /> },
    {
      id: "kind",
      title: "changes.kind",
      value: (change) => nameOf("change_kind", change.kind),
      cell: (change) => <StateBadge family="change_kind" value={change.kind} tone={kindTones[change.kind]} />,
    },
    {
      id: "category",
      title: "fields.category",
      value: (change) =>
        [change.category_before, change.category_now].map((key) => categoryText(categories, key)).join(" → "),
      cell: (change) => <FoundCategory change={change} />,
    },
    {
      id: "confidence",
      title: "fields.confidence",
      value: (change) => percent(change.confidence),
      cell: (change) => <Confidence value={change.confidence} />,
    },
    {
      id: "evidence",
      title: "fields.reason",
      value: (change) => change.reason,
      cell: (change) => <Evidence change={change} />,
    },
    {
      id: "system",
      title: "systems.one",
      value: (change) => change.system_name,
      hiddenAtFirst: true,
    },
    {
      id: "at",
      title: "changes.at",
      value: (change) => change.at,
      cell: (change) => <Instant at={change.at} />,
      hiddenAtFirst: true,
    },
  ];
}

function decidedColumns(categories: readonly Category[], actorName: ChangesOf["actorName"]): readonly Column<Change>[] {
  return [
    { id: "decided", title: "changes.decided", value: (change) => categoryText(categories, change.decided_category) },
    { id: "reason", title: "fields.verdict.reason", value: (change) => change.decision_reason || null },
    {
      id: "by",
      title: "fields.verdict.by",
      value: (change) => (change.decided_by == null ? null : actorName(change.decided_by)),
    },
    {
      id: "when",
      title: "fields.verdict.at",
      value: (change) => change.decided_at ?? null,
      cell: (change) => <Instant at={change.decided_at} />,
    },
  ];
}

function FoundAt({ change }: { change: Change }) {
  const { dataset, collection_name: name, field_name: field, system_name: system } = change;
  const place = placeText({ dataset, name });
  return (
    <span className={styles.found}>
      {field === "" ? place : field}
      <small>{field === "" ? system : t("changes.place", { place, system })}</small>
    </span>
  );
}

// What it was and what it is, where both are known.
function FoundCategory({ change }: { change: Change }) {
  const { kind, category_before: before, category_now: now, is_special: special } = change;
  if (kind === "gone") return <CategoryName category={before} special={special} />;
  if (kind === "added" || before === now) return <CategoryName category={now} special={special} />;
  return (
    <span className={styles.beforeNow}>
      <s>
        <CategoryName category={before} special={false} />
      </s>
      <CategoryName category={now} special={false} />
      {special && <SpecialMark />}
    </span>
  );
}

function Evidence({ change }: { change: Change }) {
  const { type_before: before, type_now: now, reason } = change;
  return (
    <span className={styles.evidence}>
      <Clues reason={reason} />
      {before !== "" && now !== "" && before !== now && <small>{t("changes.type", { before, now })}</small>}
    </span>
  );
}

function RowSteps({ change, steps, decide }: { change: Change; steps: readonly Step[]; decide: Deciding }) {
  const act = useMutation({ mutationFn: (decision: Decision) => decide(decision, [change]), onError: refuse });
  return (
    <div className={styles.rowSteps}>
      {steps
        .filter(({ decision }) => change.kind !== "gone" || decision === "confirm" || decision === "undo")
        .map(({ decision, title, named, icon: StepIcon }) => (
          <Tooltip key={decision} label={t(title)}>
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t(named, { name: nameOfChange(change) })}
              disabled={act.isPending}
              onClick={() => act.mutate(decision)}
            >
              <StepIcon size={16} />
            </ActionIcon>
          </Tooltip>
        ))}
    </div>
  );
}
