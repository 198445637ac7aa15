// One system: what it is and who answers for it, its tables and files, and the scans that looked it through.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { answer, answerWithTag, api, page, type Schemas, type Tagged } from "../../api/client";
import { useMay } from "../../api/session";
import { Confirm, Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { IconPencil, IconTable, IconTrash } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { usePersonName } from "../identity/people";
import { ScanList, scansOf, StartScan } from "./scan";
import { storedProblem } from "./storedProblem";
import { FreshnessBadge, lastSeen, placeText, SpecialCount, type Collection, type System } from "./system";
import { SystemForm } from "./SystemsScreen";
import styles from "./datamap.module.css";

export default function SystemScreen() {
  const { id = "" } = useParams();
  const system = useQuery({
    queryKey: ["systems", id],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/systems/{id}", { params: { path: { id } }, signal })),
  });
  const spec = useMemo(() => collectionsTable(id), [id]);
  return (
    <Page
      title={system.data?.value.name ?? t("systems.one")}
      lead={system.data?.value.description || undefined}
      back={{ to: "/systems", label: t("systems.title") }}
      actions={system.data !== undefined && <Steps tagged={system.data} onReload={() => system.refetch()} />}
    >
      <Loaded from={system}>
        {(loaded) => (
          <>
            <div className={styles.columns}>
              <div>
                <FactsPanel system={loaded.value} />
              </div>
              <div>{loaded.value.connection != null && <ScansPanel system={id} />}</div>
            </div>
            <DataTable spec={spec} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Steps({ tagged: { value, etag }, onReload }: { tagged: Tagged<System>; onReload: () => void }) {
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const close = () => setOpen(null);
  const params = { path: { id: value.id }, header: { "If-Match": etag ?? "*" } };
  return (
    <>
      {value.connection != null && <StartScan system={value.id} />}
      {may("map.write") && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setOpen("edit")}>
          {t("action.edit")}
        </Button>
      )}
      {may("map.write") && value.connection == null && (
        <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setOpen("remove")}>
          {t("systems.remove")}
        </Button>
      )}
      <Dialog title={t("systems.edit")} opened={open === "edit"} onClose={close}>
        <SystemForm
          initial={{
            name: value.name,
            description: value.description,
            owner: value.owner ?? undefined,
            steward: value.steward ?? undefined,
            legal_entity: value.legal_entity,
            custom_fields: value.custom_fields,
          }}
          submitLabel={t("action.save")}
          onCancel={close}
          onReload={onReload}
          submit={async (body) => {
            await answer(api.PUT("/v1/systems/{id}", { params, body }));
            await queries.invalidateQueries({ queryKey: ["systems"] });
            close();
          }}
        />
      </Dialog>
      <Confirm
        title={t("systems.remove.title", { name: value.name })}
        act={t("systems.remove")}
        opened={open === "remove"}
        onClose={close}
        run={async () => {
          await answer(api.DELETE("/v1/systems/{id}", { params }));
          void navigate("/systems");
          say(t("systems.removed", { name: value.name }));
          await queries.invalidateQueries({ queryKey: ["systems", "list"] });
        }}
      >
        {t("systems.remove.lead")}
      </Confirm>
    </>
  );
}

function FactsPanel({ system }: { system: System }) {
  const may = useMay();
  const personName = usePersonName();
  return (
    <Panel title={t("systems.one")}>
      <Facts
        facts={[
          [t("connections.product"), system.product || "–"],
          [t("field.owner"), personName(system.owner)],
          [t("field.steward"), personName(system.steward)],
          [t("field.legal_entity"), system.legal_entity || "–"],
          ...system.custom_fields.map(({ name, value }): [string, string] => [name, value || "–"]),
          [
            t("connections.last_scan"),
            <Instant key="scan" at={system.fresh_since} absent={t("connections.never_scanned")} />,
          ],
          [
            t("connections.one"),
            <ConnectionLink
              key="connection"
              id={may("connections.read") ? system.connection : null}
              connected={system.connection != null}
            />,
          ],
          ...(system.reads_problem == null ? [] : [[t("systems.reads"), readsText(system.reads_problem)] as const]),
          [t("systems.fields"), <FieldsLink key="fields" system={system} />],
          [t("systems.special_fields"), <SpecialCount key="special" count={system.special_fields} />],
          [
            t("systems.open_changes"),
            <Link key="changes" to={`/changes?system=${system.id}`}>
              {system.open_changes}
            </Link>,
          ],
        ]}
      />
    </Panel>
  );
}

// Whether anybody reads its tables, of a store that does not tell.
function readsText(problem: Schemas["StoredProblem"]): string {
  return problem.code === "connect.not_supported" ? t("systems.reads.unsupported") : storedProblem(problem).what;
}

function ConnectionLink({ id, connected }: { id: string | null | undefined; connected: boolean }) {
  if (id != null) return <Link to={`/connections/${id}`}>{t("systems.connection.show")}</Link>;
  return <>{t(connected ? "systems.connection.yes" : "systems.connection.none")}</>;
}

function FieldsLink({ system }: { system: System }) {
  return (
    <Link to={`/fields?system=${system.id}`}>
      {t("systems.fields_of", { fields: system.fields, personal: system.personal_fields })}
    </Link>
  );
}

function ScansPanel({ system }: { system: string }) {
  const scans = useQuery(scansOf(system));
  return (
    <Panel title={t("scans.title")} actions={<Link to={`/scans?system=${system}`}>{t("scans.all")}</Link>}>
      <Loaded from={scans}>{({ items }) => <ScanList scans={items.slice(0, 3)} />}</Loaded>
    </Panel>
  );
}

function collectionsTable(system: string): TableSpec<Collection> {
  return {
    id: "collections",
    title: "systems.collections",
    columns: [
      { id: "name", title: "collections.one", value: placeText },
      { id: "shape", title: "collections.shape", value: ({ shape }) => nameOf("collection_shape", shape) },
      {
        id: "records",
        title: "collections.records",
        value: ({ estimated_records }) => estimated_records ?? null,
        numeric: true,
      },
      { id: "fields", title: "systems.fields", value: ({ fields }) => fields, numeric: true },
      {
        id: "personal",
        title: "systems.personal_fields",
        value: ({ personal_fields }) => personal_fields,
        numeric: true,
      },
      {
        id: "special",
        title: "systems.special_fields",
        value: ({ special_fields }) => special_fields,
        cell: ({ special_fields }) => <SpecialCount count={special_fields} />,
        numeric: true,
      },
      {
        id: "freshness",
        title: "fields.freshness",
        value: ({ freshness }) => nameOf("freshness", freshness),
        cell: ({ freshness }) => <FreshnessBadge freshness={freshness} />,
      },
      lastSeen,
    ],
    filters: [
      { id: "q", title: "collections.search" },
      { id: "gone", title: "fields.gone", choices: [{ value: "true", label: t("fields.gone.too") }] },
    ],
    load: ({ filters: { q, gone }, limit, cursor, signal }) => {
      const query = { system, q, gone: gone === "true", limit, cursor };
      return page(api.GET("/v1/collections", { params: { query }, signal }));
    },
    rowKey: (collection) => collection.id,
    rowName: placeText,
    rowTo: (collection) => `/collections/${collection.id}`,
    empty: (
      <EmptyState icon={<IconTable size={28} />} title={t("collections.none")}>
        {t("collections.none.lead")}
      </EmptyState>
    ),
  };
}
