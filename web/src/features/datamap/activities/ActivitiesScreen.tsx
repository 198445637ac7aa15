// The record of processing activities: what is done with personal data, what the law asks for and is not said yet, and the record as
// a file for an authority.
import { Button, Menu } from "@mantine/core";
import { Link } from "react-router";
import { api, page } from "../../../api/client";
import { useMay } from "../../../api/session";
import { Instant } from "../../../ui/bits";
import { IconChevronDown, IconDownload, IconFile, IconPlus } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { nameOf, t } from "../../../words/words";
import { GapCount, type Activity } from "./activity";

export default function ActivitiesScreen() {
  const may = useMay();
  return (
    <Page
      title={t("activities.title")}
      lead={t("activities.lead")}
      actions={
        <>
          <RegisterMenu />
          {may("activities.write") && (
            <Button component={Link} to="/activities/new" leftSection={<IconPlus size={16} />}>
              {t("activities.create")}
            </Button>
          )}
        </>
      }
    >
      <DataTable spec={activitiesTable} />
    </Page>
  );
}

const roles = ["controller", "processor"] as const;
const formats = ["pdf", "html", "xlsx", "csv", "json"] as const;

function RegisterMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>
          {t("activities.register")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {roles.map((role) => (
          <div key={role} role="group" aria-label={nameOf("activities.record_of", role)}>
            <Menu.Label>{nameOf("activities.record_of", role)}</Menu.Label>
            {formats.map((format) => (
              <Menu.Item
                key={format}
                component="a"
                href={`/v1/activities/register?role=${role}&format=${format}`}
                download={`record-of-processing-${role}.${format}`}
              >
                {nameOf("register_format", format)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const activitiesTable: TableSpec<Activity> = {
  id: "activities",
  title: "activities.title",
  columns: [
    { id: "name", title: "field.name", value: ({ content }) => content.name },
    { id: "role", title: "activities.role", value: ({ content }) => nameOf("choice.role", content.role) },
    {
      id: "purposes",
      title: "field.purposes",
      value: ({ content }) => (content.purposes ?? []).map(({ purpose }) => purpose).join("; ") || null,
    },
    {
      id: "gaps",
      title: "activities.gaps",
      value: ({ gaps }) => gaps.map(({ article }) => article).join("; "),
      cell: (activity) => <GapCount activity={activity} />,
    },
    {
      id: "systems",
      title: "systems.title",
      value: ({ content }) => (content.systems ?? []).length,
      numeric: true,
    },
    {
      id: "changed",
      title: "activities.changed",
      value: ({ changed_at: at }) => at,
      cell: ({ changed_at: at }) => <Instant at={at} />,
    },
    {
      id: "ended",
      title: "activities.ended",
      value: ({ ended_at: at }) => at ?? null,
      cell: ({ ended_at: at }) => <Instant at={at} />,
      hiddenAtFirst: true,
    },
  ],
  filters: [
    { id: "q", title: "activities.search" },
    {
      id: "role",
      title: "activities.role",
      choices: roles.map((role) => ({ value: role, label: nameOf("choice.role", role) })),
    },
    { id: "incomplete", title: "activities.gaps", choices: [{ value: "true", label: t("activities.gaps.only") }] },
    { id: "ended", title: "activities.ended", choices: [{ value: "true", label: t("activities.ended.too") }] },
  ],
  load: ({ filters: { q, role, incomplete, ended }, limit, cursor, signal }) => {
    const query = {
      q,
      role: roles.find((known) => known === role),
      incomplete: incomplete === "true",
      ended: ended === "true",
      limit,
      cursor,
    };
    return page(api.GET("/v1/activities", { params: { query }, signal }));
  },
  rowKey: ({ id }) => id,
  rowName: ({ content }) => content.name,
  rowTo: ({ id }) => `/activities/${id}`,
  empty: (
    <EmptyState icon={<IconFile size={28} />} title={t("activities.none")}>
      {t("activities.none.lead")}
    </EmptyState>
  ),
};
