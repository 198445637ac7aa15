// How requests treat tables and fields, decided once for all plans from then on: what is a person, what must be kept on which ground, what
// becomes of a value, which field the programs of a store heed, what a person provided themselves. Nothing is overwritten: what ended
// stays in the history.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconPlus, IconScale } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { refuse, say, undoBy } from "../../ui/toasts";
import { useFlag } from "../../ui/useFlag";
import { nameOf, t } from "../../words/words";
import { placeText, useSystemChoices } from "../datamap/system";
import { useActorName } from "../identity/people";
import { changeable, decisionText, handlingKinds, RuleField, ValueField, type RuleContent } from "./RuleField";
import styles from "./rights.module.css";

type Rule = Schemas["HandlingRule"];
type SystemChoices = ReturnType<typeof useSystemChoices>;

export default function HandlingScreen() {
  const may = useMay();
  const systems = useSystemChoices();
  const actorName = useActorName();
  const [creating, setCreating] = useFlag("create");
  const set = useSet();
  return (
    <Page
      title={t("handling.title")}
      lead={t("handling.lead")}
      actions={
        may("rights.rules") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
            {t("handling.create")}
          </Button>
        )
      }
    >
      <DataTable spec={rulesTable(systems, actorName, may("rights.rules"))} />
      <Dialog title={t("handling.create")} opened={creating && may("rights.rules")} onClose={() => setCreating(false)}>
        <SchemaForm
          schema={{
            type: "object",
            properties: { rule: { type: "object" }, reason: reasonSchema ?? {} },
            required: ["rule", "reason"],
          }}
          labels={{ rule: t("handling.what"), reason: t("handling.reason") }}
          custom={{ rule: (field) => <RuleField key="rule" field={field} /> }}
          submitLabel={t("handling.create.submit")}
          onCancel={() => setCreating(false)}
          submit={async ({ rule, reason }) => {
            await set({ ...(rule as RuleContent), reason: String(reason) });
            setCreating(false);
            say(t("handling.created"));
          }}
        />
      </Dialog>
    </Page>
  );
}

const reasonSchema = requestSchema("handling.set").properties?.["reason"];

// One of the same kind for the same place takes the place of the earlier.
function useSet() {
  const queries = useQueryClient();
  return async (body: RuleContent) => {
    await answer(api.POST("/v1/rights/rules", { body }));
    await queries.invalidateQueries({ queryKey: ["handling"] });
  };
}

function placeOf({ dataset = "", collection, field = "" }: RuleContent): string {
  const place = placeText({ dataset, name: collection });
  return field === "" ? place : `${place}.${field}`;
}

function rulesTable(systems: SystemChoices, actorName: ReturnType<typeof useActorName>, may: boolean): TableSpec<Rule> {
  const nameOfSystem = (id: string) => systems.find(({ value }) => value === id)?.label ?? "";
  return {
    id: "handling",
    title: "handling.title",
    columns: [
      {
        id: "place",
        title: "handling.place",
        value: ({ content }) => `${nameOfSystem(content.system)}: ${placeOf(content)}`,
        cell: ({ content }) => (
          <>
            {placeOf(content)}
            <small className={styles.of}>{nameOfSystem(content.system)}</small>
          </>
        ),
      },
      { id: "kind", title: "handling.kind", value: ({ content }) => nameOf("handling_kind", content.kind) },
      { id: "decision", title: "handling.decision", value: ({ content }) => decisionText(content) },
      { id: "reason", title: "handling.reason", value: ({ content }) => content.reason },
      { id: "by", title: "handling.by", value: ({ by }) => actorName(by), hiddenAtFirst: true },
      {
        id: "since",
        title: "restrictions.since",
        value: ({ since }) => since,
        cell: ({ since }) => <Instant at={since} />,
      },
      {
        id: "ended",
        title: "handling.ended",
        value: ({ ended_at: at }) => at ?? null,
        cell: ({ ended_at: at }) => <Instant at={at} absent={t("handling.in_force")} />,
      },
    ],
    filters: [
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "kind",
        title: "handling.kind",
        choices: handlingKinds.map((kind) => ({ value: kind, label: nameOf("handling_kind", kind) })),
      },
      { id: "ended", title: "handling.ended", choices: [{ value: "true", label: t("handling.ended.too") }] },
    ],
    load: ({ filters: { system, kind, ended }, limit, cursor, signal }) => {
      const known = handlingKinds.find((each) => each === kind);
      const query = { system, kind: known, ended: ended === "true", limit, cursor };
      return page(api.GET("/v1/rights/rules", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ content }) => `${placeOf(content)}: ${nameOf("handling_kind", content.kind)}`,
    ...(may ? { rowActions: (rule: Rule) => <Steps rule={rule} /> } : {}),
    empty: (
      <EmptyState icon={<IconScale size={28} />} title={t("handling.none")}>
        {t("handling.none.lead")}
      </EmptyState>
    ),
  };
}

function Steps({ rule }: { rule: Rule }) {
  const [editing, setEditing] = useState(false);
  const queries = useQueryClient();
  const set = useSet();
  const end = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/rights/rules/{id}", { params: { path: { id: rule.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["handling"] });
      say(
        t("handling.end.said"),
        undoBy(() => set(rule.content)),
      );
    },
    onError: refuse,
  });
  if (rule.ended_at != null) return null;
  return (
    <div className={styles.steps}>
      <Button size="xs" variant="default" onClick={() => setEditing(true)}>
        {t("action.edit")}
      </Button>
      <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
        {t("handling.end")}
      </Button>
      <Dialog title={t("handling.edit")} opened={editing} onClose={() => setEditing(false)}>
        <p className={styles.text}>{`${placeOf(rule.content)}: ${nameOf("handling_kind", rule.content.kind)}`}</p>
        <SchemaForm
          schema={requestSchema("handling.set")}
          only={changeable(rule.content)}
          initial={rule.content}
          labels={{ reason: t("handling.reason"), article: t("handling.article") }}
          custom={{
            value: ({ value, error, onChange }) => (
              <ValueField
                key="value"
                kind={rule.content.kind}
                value={typeof value === "string" ? value : ""}
                error={error}
                onChange={onChange}
              />
            ),
          }}
          submitLabel={t("action.save")}
          onCancel={() => setEditing(false)}
          submit={async (values) => {
            await set(values as unknown as RuleContent);
            setEditing(false);
            say(t("handling.created"));
          }}
        />
      </Dialog>
    </div>
  );
}
