// One field: which personal data it holds, what speaks for that, what a person said about it, and when it was last seen.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { t } from "../../words/words";
import { useActorName } from "../identity/people";
import { CategoryName, useCategoryText } from "./category";
import { SeenBy } from "./CollectionScreen";
import { CategoryField } from "./DecisionDialog";
import { Clues } from "./evidence";
import { Confidence, VerdictBadge } from "./fields";
import { StewardshipPanel } from "./StewardshipPanel";
import { FreshnessBadge, placeText, type Field } from "./system";
import styles from "./datamap.module.css";

export default function FieldScreen() {
  const { id = "" } = useParams();
  const field = useQuery({
    queryKey: ["fields", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/fields/{id}", { params: { path: { id } }, signal })),
  });
  const data = field.data;
  return (
    <Page
      title={data?.name ?? t("fields.one")}
      back={
        data === undefined
          ? { to: "/fields", label: t("fields.title") }
          : {
              to: `/collections/${data.collection}`,
              label: placeText({ dataset: data.dataset, name: data.collection_name }),
            }
      }
    >
      <Loaded from={field}>
        {(loaded) => (
          <div className={styles.columns}>
            <div>
              <Evidence field={loaded} />
              <StewardshipPanel of="fields" id={id} />
            </div>
            <div>
              <Verdict field={loaded} />
              <Seen field={loaded} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Evidence({ field }: { field: Field }) {
  const categoryText = useCategoryText();
  return (
    <Panel title={t("fields.evidence")} lead={t("fields.evidence.lead")}>
      <Facts
        facts={[
          [t("fields.category"), <CategoryName key="category" category={field.category} special={field.is_special} />],
          [t("fields.category.whole"), categoryText(field.category)],
          [t("fields.detected"), categoryText(field.detected_category)],
          [t("fields.confidence"), <Confidence key="confidence" value={field.confidence} />],
          [t("fields.judged"), t("fields.judged.count", { count: field.distinct_values })],
          [t("fields.type"), field.declared_type || "–"],
          [t("fields.key"), t(field.is_key ? "fields.key.yes" : "fields.key.no")],
        ]}
      />
      <div>
        <strong>{t("fields.reason")}</strong>
        {field.reason === "" ? <p className={styles.text}>–</p> : <Clues reason={field.reason} />}
      </div>
    </Panel>
  );
}

function Verdict({ field }: { field: Field }) {
  const actorName = useActorName();
  const may = useMay();
  const [deciding, setDeciding] = useState(false);
  return (
    <Panel
      title={t("fields.verdict")}
      actions={
        may("map.write") && (
          <Button size="xs" variant="default" onClick={() => setDeciding(true)}>
            {t("fields.decide")}
          </Button>
        )
      }
    >
      <Dialog
        title={t("fields.decide.title", { name: field.name })}
        opened={deciding}
        onClose={() => setDeciding(false)}
      >
        <DecideForm field={field} onDone={() => setDeciding(false)} />
      </Dialog>
      <Facts
        facts={[
          [t("fields.verdict"), <VerdictBadge key="verdict" field={field} />],
          ...(field.verdict_by == null ? [] : [[t("fields.verdict.by"), actorName(field.verdict_by)] as const]),
          ...(field.verdict_at == null
            ? []
            : [[t("fields.verdict.at"), <Instant key="at" at={field.verdict_at} />] as const]),
          ...(field.verdict_reason === "" ? [] : [[t("fields.verdict.reason"), field.verdict_reason] as const]),
        ]}
      />
    </Panel>
  );
}

function DecideForm({ field, onDone }: { field: Field; onDone: () => void }) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("fields.decide")}
      initial={{ category: field.category, reason: "" }}
      labels={{ category: t("fields.category"), reason: t("changes.reason") }}
      custom={{ category: (control) => <CategoryField key="category" field={control} withNone /> }}
      submitLabel={t("fields.decide.submit")}
      onCancel={onDone}
      submit={async (values) => {
        const body = values as unknown as Schemas["FieldDecision"];
        await answer(api.POST("/v1/fields/{id}/decide", { params: { path: { id: field.id } }, body }));
        onDone();
        await Promise.all(
          ["fields", "changes", "systems", "collections", "map"].map((key) =>
            queries.invalidateQueries({ queryKey: [key] }),
          ),
        );
        say(t("fields.decided", { name: field.name }));
      }}
    />
  );
}

function Seen({ field }: { field: Field }) {
  return (
    <Panel title={t("fields.freshness")}>
      <Facts
        facts={[
          [t("fields.freshness"), <FreshnessBadge key="freshness" freshness={field.freshness} />],
          [
            t("systems.one"),
            <Link key="system" to={`/systems/${field.system}`}>
              {field.system_name}
            </Link>,
          ],
          [t("fields.last_seen"), <SeenBy key="seen" at={field.last_seen_at} scan={field.last_scan} />],
          [t("fields.first_seen"), <SeenBy key="first" at={field.first_seen_at} scan={field.first_scan} />],
          [t("fields.judged_at"), <Instant key="judged" at={field.judged_at} absent={t("fields.never_judged")} />],
          ...(field.gone_at == null ? [] : [[t("fields.gone_at"), <Instant key="gone" at={field.gone_at} />] as const]),
        ]}
      />
    </Panel>
  );
}
