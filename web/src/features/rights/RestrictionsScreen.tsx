// What people forbade: restrictions, objections, withdrawn consents. Nothing here names them; each leads to the request that it came from.
// One ends only with words to the person.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconBan } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { referenceOf } from "./request";

type Restriction = Schemas["Restriction"];

export default function RestrictionsScreen() {
  const may = useMay();
  return (
    <Page title={t("restrictions.title")} lead={t("restrictions.lead")}>
      <DataTable spec={restrictionsTable(may("rights.lift"))} />
    </Page>
  );
}

const forbidding = ["restriction", "objection", "consent_withdrawal"] as const;

function restrictionsTable(mayLift: boolean): TableSpec<Restriction> {
  return {
    id: "restrictions",
    title: "restrictions.title",
    columns: [
      { id: "right", title: "field.right", value: ({ right }) => nameOf("choice.right", right) },
      {
        id: "purpose",
        title: "restrictions.purpose",
        value: ({ purpose }) => purpose ?? t("restrictions.every_purpose"),
      },
      {
        id: "request",
        title: "requests.one",
        value: ({ request }) => referenceOf({ id: request }),
        cell: ({ request }) => <Link to={`/requests/${request}`}>{referenceOf({ id: request })}</Link>,
      },
      {
        id: "since",
        title: "restrictions.since",
        value: ({ since }) => since,
        cell: ({ since }) => <Instant at={since} />,
      },
      {
        id: "lifted",
        title: "restrictions.lifted",
        value: ({ lifted_at: at }) => at ?? null,
        cell: ({ lifted_at: at }) => <Instant at={at} absent={t("restrictions.stands")} />,
      },
    ],
    filters: [
      {
        id: "right",
        title: "field.right",
        choices: forbidding.map((right) => ({ value: right, label: nameOf("choice.right", right) })),
      },
      { id: "lifted", title: "restrictions.lifted", choices: [{ value: "true", label: t("restrictions.lifted.too") }] },
    ],
    load: ({ filters: { right, lifted }, limit, cursor, signal }) => {
      const query = { right: forbidding.find((known) => known === right), lifted: lifted === "true", limit, cursor };
      return page(api.GET("/v1/restrictions", { params: { query }, signal }));
    },
    rowKey: ({ id }) => id,
    rowName: ({ right, request }) => `${nameOf("choice.right", right)}, ${referenceOf({ id: request })}`,
    ...(mayLift ? { rowActions: (one: Restriction) => <LiftStep restriction={one} /> } : {}),
    empty: (
      <EmptyState icon={<IconBan size={28} />} title={t("restrictions.none")}>
        {t("restrictions.none.lead")}
      </EmptyState>
    ),
  };
}

function LiftStep({ restriction: { id, lifted_at: lifted } }: { restriction: Restriction }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  if (lifted != null) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t("restrictions.lift")}
      </Button>
      <Dialog title={t("restrictions.lift.title")} opened={asking} onClose={() => setAsking(false)}>
        <SchemaForm
          schema={requestSchema("restrictions.lift")}
          labels={{ text: t("restrictions.lift.text") }}
          submitLabel={t("restrictions.lift")}
          onCancel={() => setAsking(false)}
          submit={async (values) => {
            const body = { text: String(values["text"]) };
            await answer(api.POST("/v1/restrictions/{id}/lift", { params: { path: { id } }, body }));
            setAsking(false);
            await queries.invalidateQueries({ queryKey: ["restrictions"] });
            say(t("restrictions.lift.said"));
          }}
        />
      </Dialog>
    </>
  );
}
