// Which records point at which: what stores declare themselves, and what people state, also from one store to another. The search for a
// person follows them; one that is ignored is not followed.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, page, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Confirm, StateBadge } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { IconLink, IconPlus, IconSearch } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { refuse, say, undoBy } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { nameOf, t } from "../../../words/words";
import { FreshnessBadge, lastSeen, placeText, useSystemChoices } from "../system";
import { PlaceField } from "./PlaceField";
import styles from "../datamap.module.css";

type Reference = Schemas["DataReference"];
type Place = Schemas["ReferencePlace"];

export default function ReferencesScreen() {
  const may = useMay();
  const systems = useSystemChoices();
  const [creating, setCreating] = useFlag("create");
  return (
    <Page
      title={t("references.title")}
      lead={t("references.lead")}
      actions={
        <>
          <Button component={Link} to="/references/suggested" variant="default" leftSection={<IconSearch size={16} />}>
            {t("suggestions.title")}
          </Button>
          {may("map.write") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
              {t("references.create")}
            </Button>
          )}
        </>
      }
    >
      <DataTable spec={referencesTable(systems, may("map.write"))} />
      <Dialog title={t("references.create")} opened={creating && may("map.write")} onClose={() => setCreating(false)}>
        <CreateForm onDone={() => setCreating(false)} />
      </Dialog>
    </Page>
  );
}

function CreateForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("references.create")}
      labels={{ from: t("references.from"), to: t("references.to"), reason: t("references.reason") }}
      custom={{
        from: (field) => <PlaceField key="from" field={field} />,
        to: (field) => <PlaceField key="to" field={field} />,
      }}
      submitLabel={t("references.create.submit")}
      onCancel={onDone}
      submit={async (values) => {
        await answer(api.POST("/v1/references", { body: values as unknown as Schemas["ReferenceStatement"] }));
        onDone();
        await queries.invalidateQueries({ queryKey: ["references"] });
        say(t("references.created"));
      }}
    />
  );
}

type SystemChoices = readonly { value: string; label: string }[];

function endText({ dataset = "", collection, fields }: Place): string {
  return `${placeText({ dataset, name: collection })} (${fields.join(", ")})`;
}

function End({ place, systems }: { place: Place; systems: SystemChoices }) {
  return (
    <span className={styles.found}>
      {endText(place)}
      <small>{systems.find(({ value }) => value === place.system)?.label}</small>
    </span>
  );
}

const origins = ["foreign_key", "stated"] as const;

function referencesTable(systems: SystemChoices, mayWrite: boolean): TableSpec<Reference> {
  return {
    id: "references",
    title: "references.title",
    columns: [
      {
        id: "from",
        title: "graph.path.from",
        value: ({ from }) => endText(from),
        cell: ({ from }) => <End place={from} systems={systems} />,
      },
      {
        id: "to",
        title: "graph.path.to",
        value: ({ to }) => endText(to),
        cell: ({ to }) => <End place={to} systems={systems} />,
      },
      { id: "origin", title: "references.origin", value: ({ origin }) => nameOf("reference_origin", origin) },
      {
        id: "use",
        title: "references.use",
        value: ({ is_ignored: ignored }) => nameOf("reference_use", ignored ? "ignored" : "followed"),
        cell: ({ is_ignored: ignored }) => (
          <StateBadge
            family="reference_use"
            value={ignored ? "ignored" : "followed"}
            tone={ignored ? "warn" : "good"}
          />
        ),
      },
      { id: "reason", title: "fields.verdict.reason", value: ({ reason }) => reason || null },
      {
        id: "freshness",
        title: "fields.freshness",
        value: ({ freshness }) => nameOf("freshness", freshness),
        cell: ({ freshness }) => <FreshnessBadge freshness={freshness} />,
        hiddenAtFirst: true,
      },
      { ...lastSeen, hiddenAtFirst: true },
    ],
    filters: [
      { id: "system", title: "systems.one", choices: systems },
      {
        id: "origin",
        title: "references.origin",
        choices: origins.map((origin) => ({ value: origin, label: nameOf("reference_origin", origin) })),
      },
      { id: "gone", title: "fields.gone", choices: [{ value: "true", label: t("fields.gone.too") }] },
    ],
    load: ({ filters: { system, origin, gone }, limit, cursor, signal }) => {
      const query = { system, origin: origins.find((known) => known === origin), gone: gone === "true", limit, cursor };
      return page(api.GET("/v1/references", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ from, to }) => t("references.named", { from: endText(from), to: endText(to) }),
    ...(mayWrite ? { rowActions: (reference: Reference) => <Steps reference={reference} /> } : {}),
    empty: (
      <EmptyState icon={<IconLink size={28} />} title={t("references.none")}>
        {t("references.none.lead")}
      </EmptyState>
    ),
  };
}

function useReferenceUse(reference: Reference) {
  const queries = useQueryClient();
  const { id } = reference;
  return async (body: Schemas["ReferenceUse"]) => {
    await answer(api.PUT("/v1/references/{id}", { params: { path: { id }, header: { "If-Match": "*" } }, body }));
    await queries.invalidateQueries({ queryKey: ["references"] });
  };
}

function Steps({ reference }: { reference: Reference }) {
  const [asking, setAsking] = useState<"ignore" | "remove" | null>(null);
  const change = useReferenceUse(reference);
  const name = t("references.named", { from: endText(reference.from), to: endText(reference.to) });
  const follow = useMutation({
    mutationFn: () => change({ is_ignored: false, reason: reference.reason }),
    onSuccess: () => say(t("references.followed")),
    onError: refuse,
  });
  if (reference.gone_at != null) return null;
  return (
    <div className={styles.rowSteps}>
      {reference.is_ignored ? (
        <Button size="xs" variant="default" loading={follow.isPending} onClick={() => follow.mutate()}>
          {t("references.follow")}
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={() => setAsking("ignore")}>
          {t("references.ignore")}
        </Button>
      )}
      {reference.origin === "stated" && (
        <Button size="xs" variant="default" onClick={() => setAsking("remove")}>
          {t("references.remove")}
        </Button>
      )}
      <Dialog title={t("references.ignore.title")} opened={asking === "ignore"} onClose={() => setAsking(null)}>
        <IgnoreForm reference={reference} name={name} onDone={() => setAsking(null)} />
      </Dialog>
      <RemoveStep reference={reference} name={name} opened={asking === "remove"} onClose={() => setAsking(null)} />
    </div>
  );
}

interface StepProps {
  reference: Reference;
  name: string;
}

function IgnoreForm({ reference, name, onDone }: StepProps & { onDone: () => void }) {
  const change = useReferenceUse(reference);
  const { is_ignored: before, reason } = reference;
  return (
    <>
      <p className={styles.text}>{name}</p>
      <SchemaForm
        schema={requestSchema("references.update")}
        only={["reason"]}
        initial={{ is_ignored: true, reason }}
        labels={{ reason: t("references.reason") }}
        submitLabel={t("references.ignore")}
        onCancel={onDone}
        submit={async (values) => {
          await change(values as unknown as Schemas["ReferenceUse"]);
          onDone();
          say(
            t("references.ignored"),
            undoBy(() => change({ is_ignored: before, reason })),
          );
        }}
      />
    </>
  );
}

function RemoveStep({ reference, name, opened, onClose }: StepProps & { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <Confirm
      title={t("references.remove.title")}
      act={t("references.remove")}
      opened={opened}
      onClose={onClose}
      run={async () => {
        const params = { path: { id: reference.id }, header: { "If-Match": "*" } };
        await answer(api.DELETE("/v1/references/{id}", { params }));
        await queries.invalidateQueries({ queryKey: ["references"] });
        say(t("references.removed"));
      }}
    >
      {name}
    </Confirm>
  );
}
