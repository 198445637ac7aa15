import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { ExactInstant } from "../../ui/bits";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { ThingName } from "../../ui/ThingName";
import { Verbatim } from "../../ui/Verbatim";
import { nameOf, t } from "../../words/words";
import { useActorName } from "../identity/people";
import { ProofPanel } from "./ProofPanel";
import styles from "./ledger.module.css";

export default function EntryScreen() {
  const index = Number(useParams()["index"]);
  const entry = useQuery({
    queryKey: ["ledger", "entry", index],
    queryFn: ({ signal }) => answer(api.GET("/v1/ledger/entries/{index}", { params: { path: { index } }, signal })),
    staleTime: Infinity,
  });
  return (
    <Page
      title={t("ledger.entry_number", { index })}
      back={{ to: "/ledger", label: t("ledger.title") }}
      lead={entry.data === undefined ? undefined : nameOf("ledger_action", entry.data.entry.action)}
    >
      <Loaded from={entry}>
        {(record) => (
          <>
            <EntryFacts record={record} />
            <ProofPanel key={record.index} index={record.index} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function EntryFacts({ record }: { record: Schemas["LedgerRecord"] }) {
  const { entry } = record;
  const actorName = useActorName();
  return (
    <Panel title={t("ledger.entry")}>
      <Facts
        facts={[
          [t("ledger.time"), <ExactInstant key="time" at={record.time} />],
          [
            t("ledger.action"),
            <span key="action">
              {nameOf("ledger_action", entry.action)} <code className={styles.code}>{entry.action}</code>
            </span>,
          ],
          [t("ledger.actor"), actorName(entry.actor)],
          [t("ledger.actor_kind"), nameOf("actor_kind", entry.actor.kind)],
          [t("ledger.actor_id"), entry.actor.id ?? t("ledger.no_object")],
          [
            t("ledger.object"),
            entry.object == null ? t("ledger.no_object") : <ThingName key="object" thing={entry.object} />,
          ],
          [t("ledger.request"), entry.request ?? t("ledger.no_request")],
          [t("ledger.subjects"), t("ledger.subject_count", { count: entry.subjects?.length ?? 0 })],
        ]}
      />
      {entry.details != null && (
        <Verbatim label={t("ledger.details")}>{JSON.stringify(entry.details, null, 2)}</Verbatim>
      )}
      {entry.object != null && (
        <p className={styles.more}>
          <Link to={`/ledger?object_kind=${entry.object.kind}&object_id=${entry.object.id}`}>
            {t("ledger.same_object")}
          </Link>
        </p>
      )}
    </Panel>
  );
}
