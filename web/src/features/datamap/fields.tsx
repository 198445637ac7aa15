// The table of fields, for the browser over all systems and for one table or file.
import { Progress } from "@mantine/core";
import { api, page } from "../../api/client";
import { StateBadge, type Tone } from "../../ui/bits";
import { IconTable } from "../../ui/icons";
import { EmptyState } from "../../ui/ProblemCard";
import type { Column, Filter, TableSpec } from "../../ui/table/spec";
import { nameOf, t } from "../../words/words";
import { CategoryName, categoryText, type Category } from "./category";
import { FreshnessBadge, lastSeen, type Field } from "./system";
import styles from "./datamap.module.css";

interface FieldsOf {
  readonly categories: readonly Category[];
  // One table or file; all of them when left out.
  readonly collection?: string;
  readonly systems?: readonly { value: string; label: string }[];
}

export function fieldsTable({ categories, collection, systems = [] }: FieldsOf): TableSpec<Field> {
  const isWhole = collection === undefined;
  return {
    id: "fields",
    title: isWhole ? "fields.title" : "systems.fields",
    columns: [...(isWhole ? [] : [nameColumn]), ...(isWhole ? placeColumns : []), ...factColumns(categories)],
    filters: [
      { id: "q", title: "fields.search" },
      ...(isWhole ? [{ id: "system", title: "systems.one", choices: systems } as const] : []),
      categoryFilter(categories),
      { id: "special", title: "categories.special", choices: [{ value: "true", label: t("fields.special.only") }] },
      { id: "show", title: "fields.show", choices: showChoices(isWhole) },
    ],
    load: ({ filters, limit, cursor, signal }) => {
      const { q, system, category, special, show } = filters;
      const query = {
        collection,
        q,
        system,
        category,
        special: special === "true",
        limit,
        cursor,
        ...shown(isWhole, show),
      };
      return page(api.GET("/v1/fields", { params: { query }, signal }));
    },
    rowKey: (field) => field.id,
    rowName: (field) => field.name,
    rowTo: (field) => `/fields/${field.id}`,
    empty: (
      <EmptyState icon={<IconTable size={28} />} title={t("fields.none")}>
        {t("fields.none.lead")}
      </EmptyState>
    ),
  };
}

// Over all systems one looks for personal data; in one table one wants to see each field.
function showChoices(isWhole: boolean) {
  return [
    isWhole ? { value: "all", label: t("fields.show.all") } : { value: "personal", label: t("fields.show.personal") },
    { value: "gone", label: t("fields.gone.too") },
  ];
}

function shown(isWhole: boolean, show: string | undefined): { personal: boolean; gone: boolean } {
  return { personal: isWhole ? show === undefined : show === "personal", gone: show === "gone" };
}

function categoryFilter(categories: readonly Category[]): Filter {
  const choices = categories.map(({ key }) => ({ value: key, label: categoryText(categories, key) }));
  return { id: "category", title: "fields.category", choices };
}

const nameColumn: Column<Field> = { id: "name", title: "fields.one", value: (field) => field.name };

const placeColumns: readonly Column<Field>[] = [
  nameColumn,
  { id: "collection", title: "collections.one", value: collectionText },
  { id: "system", title: "systems.one", value: (field) => field.system_name },
];

function collectionText({ dataset, collection_name: name }: Field): string {
  return dataset === "" ? name : `${dataset}.${name}`;
}

function factColumns(categories: readonly Category[]): readonly Column<Field>[] {
  return [
    {
      id: "category",
      title: "fields.category",
      value: (field) => categoryText(categories, field.category),
      cell: (field) => <CategoryName category={field.category} special={field.is_special} />,
    },
    {
      id: "confidence",
      title: "fields.confidence",
      value: (field) => percent(field.confidence),
      cell: (field) => <Confidence value={field.confidence} />,
    },
    {
      id: "verdict",
      title: "fields.verdict",
      value: (field) => nameOf("verdict", field.verdict),
      cell: (field) => <VerdictBadge field={field} />,
    },
    {
      id: "freshness",
      title: "fields.freshness",
      value: (field) => nameOf("freshness", field.freshness),
      cell: (field) => <FreshnessBadge freshness={field.freshness} />,
    },
    { id: "reason", title: "fields.reason", value: (field) => field.reason, hiddenAtFirst: true },
    { id: "type", title: "fields.type", value: (field) => field.declared_type || null, hiddenAtFirst: true },
    { ...lastSeen, hiddenAtFirst: true },
  ];
}

const verdictTones: Record<Field["verdict"], Tone> = {
  proposed: "warn",
  confirmed: "good",
  rejected: "quiet",
  changed: "good",
};

export function VerdictBadge({ field }: { field: Field }) {
  return <StateBadge family="verdict" value={field.verdict} tone={verdictTones[field.verdict]} />;
}

export function percent(confidence: number): string {
  return `${Math.round(100 * confidence)} %`;
}

export function Confidence({ value }: { value: number }) {
  return (
    <span className={styles.confidence}>
      <Progress value={100 * value} size="sm" aria-hidden="true" />
      {percent(value)}
    </span>
  );
}
