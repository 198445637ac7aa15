// What people say of a table, file or field: who decides about it, how long it may be kept, what else is to be known. Beside it what the
// newest scan counted that is kept longer, and everything that was said before.
import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, answerWithTag, api, type Schemas, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { ExactInstant, Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import type { FieldControl } from "../../ui/form/fields";
import type { Values } from "../../ui/form/schema";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Facts, Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { t } from "../../words/words";
import { useActorName, usePersonName } from "../identity/people";
import { CustomFieldsField } from "./customFields";
import { PersonField } from "../identity/PersonField";
import { RetentionField, retentionText } from "./retention";
import { storedProblem } from "./storedProblem";
import styles from "./datamap.module.css";

type Stewardship = Schemas["Stewardship"];
type StewardshipRequest = Schemas["StewardshipRequest"];

interface StewardshipPanelProps {
  of: "collections" | "fields";
  id: string;
}

export function StewardshipPanel({ of, id }: StewardshipPanelProps) {
  const said = useQuery({
    queryKey: [of, id, "stewardship"],
    queryFn: ({ signal }) => {
      const params = { path: { id } };
      return answerWithTag(
        of === "collections"
          ? api.GET("/v1/collections/{id}/stewardship", { params, signal })
          : api.GET("/v1/fields/{id}/stewardship", { params, signal }),
      );
    },
  });
  const may = useMay();
  const [open, setOpen] = useState<"edit" | "history" | null>(null);
  const close = () => setOpen(null);
  const version = said.data?.value.version ?? 0;
  return (
    <Panel
      title={t("stewardship.title")}
      actions={
        <>
          {version > 0 && (
            <Button size="xs" variant="default" onClick={() => setOpen("history")}>
              {t("stewardship.history")}
            </Button>
          )}
          {may("map.write") && said.data !== undefined && (
            <Button size="xs" variant="default" onClick={() => setOpen("edit")}>
              {t("stewardship.edit")}
            </Button>
          )}
        </>
      }
    >
      <Loaded from={said}>
        {(tagged) => (
          <>
            <Said said={tagged.value} />
            <Dialog title={t("stewardship.edit.title")} opened={open === "edit"} onClose={close}>
              <Editing of={of} id={id} tagged={tagged} onDone={close} onReload={() => void said.refetch()} />
            </Dialog>
          </>
        )}
      </Loaded>
      <Dialog title={t("stewardship.history")} opened={open === "history"} onClose={close}>
        <History of={of} id={id} version={version} />
      </Dialog>
    </Panel>
  );
}

function Said({ said: { content, overdue, version } }: { said: Stewardship }) {
  const facts = useFacts();
  if (version === 0) return <p className={styles.quiet}>{t("stewardship.none")}</p>;
  return (
    <Facts
      facts={[
        ...facts(content),
        ...(overdue == null ? [] : [[t("retention.overdue"), <Overdue key="overdue" overdue={overdue} />] as const]),
      ]}
    />
  );
}

// What is said, part by part.
function useFacts() {
  const personName = usePersonName();
  return ({ steward, retention, date_field: dateField, custom_fields: custom }: StewardshipRequest) => [
    [t("field.steward"), personName(steward)] as const,
    [t("retention.one"), retention == null ? t("retention.unlimited") : retentionText(retention)] as const,
    ...(dateField == null || dateField === "" ? [] : [[t("field.date_field"), dateField] as const]),
    ...(custom ?? []).map(({ name, value }) => [name, value || "–"] as const),
  ];
}

function Overdue({ overdue }: { overdue: Schemas["OverdueRecords"] }) {
  if (overdue.problem != null) return <>{storedProblem(overdue.problem).what}</>;
  return (
    <>
      {t("retention.overdue.count", { count: overdue.records ?? 0, day: overdue.before.slice(0, 10) })}
      <br />
      <small>
        {t("retention.counted")} <Instant at={overdue.counted_at} />
      </small>
    </>
  );
}

interface EditingProps extends StewardshipPanelProps {
  tagged: Tagged<Stewardship>;
  onDone: () => void;
  onReload: () => void;
}

function Editing({ of, id, tagged: { value, etag }, onDone, onReload }: EditingProps) {
  const queries = useQueryClient();
  const schema = requestSchema(`${of}.set_stewardship`);
  const save = async (values: Values) => {
    const body = values as unknown as StewardshipRequest;
    const params = { path: { id }, header: { "If-Match": etag ?? "*" } };
    await answer(
      of === "collections"
        ? api.PUT("/v1/collections/{id}/stewardship", { params, body })
        : api.PUT("/v1/fields/{id}/stewardship", { params, body }),
    );
    onDone();
    await Promise.all([of, "stewardship"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    say(t("stewardship.saved"));
  };
  const { steward, custom_fields, retention, date_field } = value.content;
  return (
    <SchemaForm
      schema={schema}
      initial={{ steward: steward ?? undefined, custom_fields, retention: retention ?? undefined, date_field }}
      only={["steward", "retention", "date_field", "custom_fields"]}
      helps={{ steward: t("stewardship.steward.help") }}
      custom={{
        steward: (field) => <PersonField key="steward" field={field} />,
        retention: (field) => (
          <RetentionField key="retention" field={field} schema={schema.properties?.["retention"] ?? {}} />
        ),
        date_field: (field) => <DateField key="date_field" field={field} collection={value.collection} />,
        custom_fields: (field) => <CustomFieldsField key="custom_fields" field={field} />,
      }}
      submitLabel={t("action.save")}
      onCancel={onDone}
      onReload={onReload}
      submit={save}
    />
  );
}

const fieldsMax = 200;

function DateField({ field, collection }: { field: FieldControl; collection: string }) {
  const { onChange, value, ...rest } = field;
  const fields = useQuery({
    queryKey: ["fields", "of", collection],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/v1/fields", { params: { query: { collection, limit: fieldsMax } }, signal }))).items,
  });
  return (
    <Select
      {...rest}
      clearable
      searchable
      data={(fields.data ?? []).map(({ name }) => name)}
      value={typeof value === "string" && value !== "" ? value : null}
      onChange={(name) => onChange(name ?? undefined)}
    />
  );
}

function History({ of, id, version }: StewardshipPanelProps & { version: number }) {
  const actorName = useActorName();
  const facts = useFacts();
  const versions = useQuery({
    queryKey: [of, id, "stewardship", "history", version],
    queryFn: async ({ signal }) => {
      const params = { path: { id } };
      const list = await answer(
        of === "collections"
          ? api.GET("/v1/collections/{id}/stewardship/history", { params, signal })
          : api.GET("/v1/fields/{id}/stewardship/history", { params, signal }),
      );
      return list.items;
    },
  });
  return (
    <Loaded from={versions}>
      {(items) => (
        <ol className={styles.entries}>
          {items.map((one) => (
            <li key={one.version}>
              <Facts facts={facts(one.content)} />
              <small>
                {actorName(one.by)} · <ExactInstant at={one.at} />
              </small>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
