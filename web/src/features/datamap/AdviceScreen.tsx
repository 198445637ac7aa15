// What should not be so in the data map: data that nobody needs, and access that is wider than it should be. Each piece says what to do; it
// becomes a task, or somebody says why it may stay.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import advisor from "@words/en/advisor.json";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { StateBadge, type Tone } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconAdvice, IconRetry } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { refuse, say, undoBy } from "../../ui/toasts";
import { formatted, nameOf, t } from "../../words/words";
import { SpecialMark } from "./category";
import { lastSeen, placeText, useSystemChoices } from "./system";
import styles from "./datamap.module.css";

type Advice = Schemas["Advice"];
type Finding = Schemas["AdviceFinding"];

export default function AdviceScreen() {
  const may = useMay();
  const systems = useSystemChoices();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: () => answer(api.POST("/v1/advice/look")),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["advice"] });
      say(t("advice.looked"));
    },
    onError: refuse,
  });
  return (
    <Page
      title={t("advice.title")}
      lead={t("advice.lead")}
      actions={
        may("map.write") && (
          <Button
            variant="default"
            leftSection={<IconRetry size={16} />}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {t("advice.look")}
          </Button>
        )
      }
    >
      <DataTable spec={adviceTable(systems, may("map.write"))} />
    </Page>
  );
}

const texts: Readonly<Record<string, string>> = advisor.text;

// The server's own words, as the tasks that it makes have them.
function inWords(part: "title" | "what_to_do", { finding, system_name: system }: Advice): string {
  const text = texts[`${part}_${finding.kind}`];
  if (text === undefined) return nameOf("advice_kind", finding.kind);
  const { principal, other, fields, records, since } = finding;
  const day = (since ?? "").slice(0, 10);
  return formatted(text, {
    place: placeOf(finding, system),
    principal,
    other,
    fields,
    records: records ?? 0,
    since: day,
  });
}

function placeOf({ dataset, collection, field }: Finding, system: string): string {
  if (collection === "") return system;
  const place = placeText({ dataset, name: collection });
  return `${system}: ${field === "" ? place : `${place}.${field}`}`;
}

const tones: Record<Advice["state"], Tone> = { open: "warn", dismissed: "quiet", task: "busy", over: "good" };
const states = ["open", "dismissed", "task", "over"] as const;
const kinds = [
  "empty_field",
  "constant_field",
  "duplicated_field",
  "never_read",
  "kept_too_long",
  "without_purpose",
  "everyone_reads_special",
  "everyone_reads",
  "everyone_changes",
  "reaches_all",
  "unused_access",
] as const satisfies readonly Finding["kind"][];

function adviceTable(systems: readonly { value: string; label: string }[], mayWrite: boolean): TableSpec<Advice> {
  return {
    id: "advice",
    title: "advice.title",
    columns: [
      {
        id: "what",
        title: "advice.what",
        value: (advice) => inWords("title", advice),
        cell: (advice) => <What advice={advice} />,
      },
      {
        id: "kind",
        title: "advice.kind",
        value: ({ finding }) => nameOf("advice_kind", finding.kind),
        hiddenAtFirst: true,
      },
      {
        id: "records",
        title: "collections.records",
        value: ({ finding }) => finding.records ?? null,
        numeric: true,
      },
      { id: "people", title: "advice.people", value: ({ finding }) => finding.people ?? null, numeric: true },
      {
        id: "state",
        title: "advice.state",
        value: ({ state }) => nameOf("advice_state", state),
        cell: (advice) => <State advice={advice} />,
      },
      { ...lastSeen, hiddenAtFirst: true },
    ],
    filters: [
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "kind",
        title: "advice.kind",
        choices: kinds.map((kind) => ({ value: kind, label: nameOf("advice_kind", kind) })),
      },
      { id: "special", title: "categories.special", choices: [{ value: "true", label: t("fields.special.only") }] },
      {
        id: "state",
        title: "advice.state",
        choices: states.slice(1).map((state) => ({ value: state, label: nameOf("advice_state", state) })),
      },
    ],
    load: ({ filters: { system, kind, special, state = "open" }, limit, cursor, signal }) => {
      const query = {
        system,
        kind: kinds.find((known) => known === kind),
        state: states.find((known) => known === state),
        special: special === "true",
        limit,
        cursor,
      };
      return page(api.GET("/v1/advice", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: (advice) => inWords("title", advice),
    ...(mayWrite ? { rowActions: (advice: Advice) => <Steps advice={advice} /> } : {}),
    empty: (
      <EmptyState icon={<IconAdvice size={28} />} title={t("advice.none")}>
        {t("advice.none.lead")}
      </EmptyState>
    ),
  };
}

function What({ advice }: { advice: Advice }) {
  return (
    <span className={styles.found}>
      <strong>{inWords("title", advice)}</strong>
      {advice.finding.is_special && (
        <>
          {" "}
          <SpecialMark />
        </>
      )}
      <small>{inWords("what_to_do", advice)}</small>
      <small>
        <Link to={`/systems/${advice.finding.system}`}>{advice.system_name}</Link>
      </small>
    </span>
  );
}

function State({ advice: { state, reason, task } }: { advice: Advice }) {
  return (
    <span className={styles.found}>
      <StateBadge family="advice_state" value={state} tone={tones[state]} />
      {reason !== "" && <small>{reason}</small>}
      {task != null && (
        <small>
          <Link to={`/tasks/${task}`}>{t("tasks.one")}</Link>
        </small>
      )}
    </span>
  );
}

function Steps({ advice }: { advice: Advice }) {
  const queries = useQueryClient();
  const [dismissing, setDismissing] = useState(false);
  const params = { path: { id: advice.id } };
  const done = async (text: string, undo?: () => Promise<unknown>) => {
    await queries.invalidateQueries({ queryKey: ["advice"] });
    say(text, undo === undefined ? undefined : undoBy(undo));
  };
  const reopen = async () => {
    await answer(api.POST("/v1/advice/{id}/reopen", { params }));
    await done(t("advice.reopened"));
  };
  const act = useMutation({ mutationFn: (run: () => Promise<unknown>) => run(), onError: refuse });
  const makeTask = async () => {
    await answer(api.POST("/v1/advice/{id}/task", { params, body: {} }));
    await queries.invalidateQueries({ queryKey: ["tasks"] });
    await done(t("advice.task.made"));
  };
  if (advice.state === "dismissed") {
    return (
      <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate(reopen)}>
        {t("advice.reopen")}
      </Button>
    );
  }
  if (advice.state !== "open") return null;
  return (
    <div className={styles.rowButtons}>
      <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate(makeTask)}>
        {t("advice.task")}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDismissing(true)}>
        {t("advice.dismiss")}
      </Button>
      <Dialog title={t("advice.dismiss.title")} opened={dismissing} onClose={() => setDismissing(false)}>
        <p className={styles.text}>{inWords("title", advice)}</p>
        <SchemaForm
          schema={requestSchema("advice.dismiss")}
          labels={{ reason: t("changes.reason") }}
          submitLabel={t("advice.dismiss")}
          onCancel={() => setDismissing(false)}
          submit={async (values) => {
            const body = values as unknown as Schemas["AdviceDismissal"];
            await answer(api.POST("/v1/advice/{id}/dismiss", { params, body }));
            setDismissing(false);
            await done(t("advice.dismissed"), reopen);
          }}
        />
      </Dialog>
    </div>
  );
}
