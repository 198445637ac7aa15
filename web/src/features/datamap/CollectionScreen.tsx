// One table or file: what is known of it, and every field that it holds.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { answer, api } from "../../api/client";
import { ExactInstant, Instant } from "../../ui/bits";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { DataTable } from "../../ui/table/DataTable";
import { nameOf, t } from "../../words/words";
import { useCategories } from "./category";
import { fieldsTable } from "./fields";
import { StewardshipPanel } from "./StewardshipPanel";
import { storedProblem } from "./storedProblem";
import { FreshnessBadge, placeText, type Collection } from "./system";
import styles from "./datamap.module.css";

export default function CollectionScreen() {
  const { id = "" } = useParams();
  const collection = useQuery({
    queryKey: ["collections", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/collections/{id}", { params: { path: { id } }, signal })),
  });
  const categories = useCategories();
  const spec = useMemo(() => fieldsTable({ categories, collection: id }), [categories, id]);
  const data = collection.data;
  return (
    <Page
      title={data === undefined ? t("collections.one") : placeText(data)}
      back={
        data === undefined
          ? { to: "/systems", label: t("systems.title") }
          : { to: `/systems/${data.system}`, label: data.system_name }
      }
    >
      <Loaded from={collection}>
        {(loaded) => (
          <>
            <div className={styles.columns}>
              <div>
                <CollectionFacts collection={loaded} />
              </div>
              <div>
                <StewardshipPanel of="collections" id={id} />
              </div>
            </div>
            <DataTable spec={spec} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function CollectionFacts({ collection }: { collection: Collection }) {
  const { unread } = collection;
  return (
    <Panel title={t("collections.one")}>
      <Facts
        facts={[
          [t("collections.shape"), nameOf("collection_shape", collection.shape)],
          [t("collections.records"), collection.estimated_records ?? "–"],
          [t("collections.key"), collection.key.length === 0 ? "–" : collection.key.join(", ")],
          [t("fields.freshness"), <FreshnessBadge key="freshness" freshness={collection.freshness} />],
          [t("fields.last_seen"), <SeenBy key="seen" at={collection.last_seen_at} scan={collection.last_scan} />],
          [t("fields.first_seen"), <SeenBy key="first" at={collection.first_seen_at} scan={collection.first_scan} />],
          [t("collections.read"), <Instant key="read" at={collection.read_at} absent={t("fields.never_judged")} />],
          ...(collection.no_reads_since == null
            ? []
            : [[t("collections.no_reads"), <Instant key="reads" at={collection.no_reads_since} />] as const]),
          ...(unread === ""
            ? []
            : [[t("collections.unread"), storedProblem({ code: unread, parameters: {} }).why] as const]),
        ]}
      />
    </Panel>
  );
}

// When, and by which scan: every fact says how it came to be known.
export function SeenBy({ at, scan }: { at: string; scan: string }) {
  return (
    <Link to={`/scans/${scan}`}>
      <ExactInstant at={at} />
    </Link>
  );
}
