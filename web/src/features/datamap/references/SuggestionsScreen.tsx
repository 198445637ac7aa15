// References that equal values suggest: how much of one column stands in another. Confirmed ones become references; a rejected one is not
// suggested again.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Dialog } from "../../../ui/Dialog";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { IconCheck, IconLink, IconSearch, IconShieldX } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { say } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { nameOf, t } from "../../../words/words";
import { Confidence, percent } from "../fields";
import { placeText, useSystemChoices } from "../system";
import { SystemField } from "../SystemField";
import styles from "../datamap.module.css";

type Suggestion = Schemas["Suggestion"];
type Place = Schemas["ReferencePlace"];

export default function SuggestionsScreen() {
  const may = useMay();
  const systems = useSystemChoices();
  const [reading, setReading] = useFlag("read");
  const decide = useDecide();
  return (
    <Page
      title={t("suggestions.title")}
      lead={t("suggestions.lead")}
      back={{ to: "/references", label: t("references.title") }}
      actions={
        may("scans.start") && (
          <Button leftSection={<IconSearch size={16} />} onClick={() => setReading(true)}>
            {t("suggestions.read")}
          </Button>
        )
      }
    >
      <DataTable spec={suggestionsTable(systems, may("map.write") ? decide : undefined)} />
      <Dialog title={t("suggestions.read")} opened={reading && may("scans.start")} onClose={() => setReading(false)}>
        <ReadForm onCancel={() => setReading(false)} />
      </Dialog>
    </Page>
  );
}

function ReadForm({ onCancel }: { onCancel: () => void }) {
  const navigate = useNavigate();
  return (
    <>
      <p className={styles.text}>{t("suggestions.read.lead")}</p>
      <SchemaForm
        schema={requestSchema("flows.read")}
        labels={{ system: t("systems.one") }}
        custom={{ system: (field) => <SystemField key="system" field={field} /> }}
        submitLabel={t("suggestions.read")}
        onCancel={onCancel}
        submit={async (values) => {
          const { job } = await answer(api.POST("/v1/flows/readings", { body: { system: String(values["system"]) } }));
          void navigate(`/jobs/${job}`);
        }}
      />
    </>
  );
}

type Decide = (decision: "confirm" | "reject", suggestions: readonly Suggestion[]) => Promise<boolean>;

function useDecide(): Decide {
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: async ({ decision, id }: { decision: "confirm" | "reject"; id: string }) => {
      const params = { path: { id } };
      if (decision === "confirm") return answer(api.POST("/v1/flows/suggestions/{id}/confirm", { params, body: {} }));
      return answer(api.POST("/v1/flows/suggestions/{id}/reject", { params, body: {} }));
    },
  });
  return async (decision, suggestions) => {
    let count = 0;
    try {
      for (const { id } of suggestions) {
        await decide.mutateAsync({ decision, id });
        count++;
      }
    } finally {
      // A refusal half-way leaves those before it decided: they are said.
      await Promise.all(["suggestions", "references"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      if (count > 0) say(t(decision === "confirm" ? "suggestions.confirmed" : "suggestions.rejected", { count }));
    }
    return true;
  };
}

const states = ["open", "confirmed", "rejected"] as const;

function suggestionsTable(
  systems: readonly { value: string; label: string }[],
  decide: Decide | undefined,
): TableSpec<Suggestion> {
  return {
    id: "suggestions",
    title: "suggestions.title",
    columns: [
      {
        id: "from",
        title: "graph.path.from",
        value: ({ from }) => endText(from),
        cell: ({ from, from_name: system }) => <End place={from} system={system} />,
      },
      {
        id: "to",
        title: "graph.path.to",
        value: ({ to }) => endText(to),
        cell: ({ to, to_name: system }) => <End place={to} system={system} />,
      },
      {
        id: "share",
        title: "suggestions.share",
        value: ({ share }) => percent(share),
        cell: ({ share }) => <Confidence value={share} />,
      },
      { id: "values", title: "suggestions.values", value: ({ distinct_values: count }) => count, numeric: true },
      { id: "form", title: "suggestions.form", value: ({ form }) => nameOf("flow_form", form) },
      { id: "reason", title: "fields.verdict.reason", value: ({ reason }) => reason || null, hiddenAtFirst: true },
    ],
    filters: [
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "state",
        title: "changes.state",
        choices: states.slice(1).map((state) => ({ value: state, label: nameOf("suggestion_state", state) })),
      },
    ],
    load: ({ filters: { system, state = "open" }, limit, cursor, signal }) => {
      const query = { system, state: states.find((known) => known === state), limit, cursor };
      return page(api.GET("/v1/flows/suggestions", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ from, to }) => t("references.named", { from: endText(from), to: endText(to) }),
    ...(decide === undefined
      ? {}
      : {
          bulk: [
            {
              id: "confirm",
              title: "changes.confirm",
              icon: IconCheck,
              key: "c",
              run: (rows: readonly Suggestion[]) => decide("confirm", rows),
            },
            {
              id: "reject",
              title: "suggestions.reject",
              icon: IconShieldX,
              key: "r",
              run: (rows: readonly Suggestion[]) => decide("reject", rows),
            },
          ] as const,
        }),
    empty: (
      <EmptyState icon={<IconLink size={28} />} title={t("suggestions.none")}>
        {t("suggestions.none.lead")}
      </EmptyState>
    ),
  };
}

function endText({ dataset = "", collection, fields }: Place): string {
  return `${placeText({ dataset, name: collection })} (${fields.join(", ")})`;
}

function End({ place, system }: { place: Place; system: string }) {
  return (
    <span className={styles.found}>
      {endText(place)}
      <small>{system}</small>
    </span>
  );
}
