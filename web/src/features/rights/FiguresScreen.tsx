// How requests were answered in a year: by law and right, with median days and what is overdue.
import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { api, page, type Schemas } from "../../api/client";
import { IconCalendar, IconDownload } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { csv, download } from "../../ui/table/csv";
import { nameOf, t, type WordKey } from "../../words/words";
import styles from "./rights.module.css";

type Figures = Schemas["RightsFigures"];

const yearsBack = 5;

export default function FiguresScreen() {
  const [params, setParams] = useSearchParams();
  const now = new Date().getFullYear();
  const year = Number(params.get("year") ?? now);
  const figures = useQuery({
    queryKey: ["requests", "figures", year],
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/rights/figures", { params: { query: { year } }, signal }))).items,
  });
  const laws = useQuery({
    queryKey: ["law"],
    queryFn: ({ signal }) => page(api.GET("/v1/law", { signal })),
  });
  const nameOfLaw = (id: string) => laws.data?.items.find((law) => law.id === id)?.short_name ?? id;
  return (
    <Page
      title={t("figures.title")}
      lead={t("figures.lead")}
      back={{ to: "/requests", label: t("requests.title") }}
      actions={
        <>
          <Select
            aria-label={t("figures.year")}
            allowDeselect={false}
            data={Array.from({ length: yearsBack }, (_, back) => String(now - back))}
            value={String(year)}
            onChange={(chosen) => setParams({ year: chosen ?? String(now) }, { replace: true })}
            w={110}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            disabled={(figures.data ?? []).length === 0}
            onClick={() => save(year, figures.data ?? [], nameOfLaw)}
          >
            {t("figures.download")}
          </Button>
        </>
      }
    >
      <Loaded from={figures}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconCalendar size={28} />} title={t("figures.none", { year: String(year) })}>
              {t("figures.none.lead")}
            </EmptyState>
          ) : (
            byLaw(rows).map(([law, ofLaw]) => <LawFigures key={law} name={nameOfLaw(law)} rows={ofLaw} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function byLaw(rows: readonly Figures[]): readonly (readonly [string, readonly Figures[]])[] {
  const laws = [...new Set(rows.map(({ law }) => law))];
  return laws.map((law) => [law, rows.filter((row) => row.law === law)] as const);
}

const counts = ["received", "answered", "refused", "withdrawn", "open", "overdue"] as const;
const titles: Record<(typeof counts)[number], WordKey> = {
  received: "requests.received",
  answered: "figures.answered",
  refused: "figures.refused",
  withdrawn: "figures.withdrawn",
  open: "requests.open",
  overdue: "requests.overdue",
};

function LawFigures({ name, rows }: { name: string; rows: readonly Figures[] }) {
  const sum = (count: (typeof counts)[number]) => rows.reduce((total, row) => total + row[count], 0);
  return (
    <Panel title={name}>
      <div className={styles.figures} tabIndex={0} role="region" aria-label={t("figures.of", { law: name })}>
        <table aria-label={t("figures.of", { law: name })}>
          <thead>
            <tr>
              <th scope="col">{t("field.right")}</th>
              {counts.map((count) => (
                <th key={count} scope="col">
                  {t(titles[count])}
                </th>
              ))}
              <th scope="col">{t("figures.median_days")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.right}>
                <th scope="row">{nameOf("choice.right", row.right)}</th>
                {counts.map((count) => (
                  <td key={count}>{row[count]}</td>
                ))}
                <td>{medianOf(row) ?? "–"}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("figures.all")}</th>
              {counts.map((count) => (
                <td key={count}>{sum(count)}</td>
              ))}
              <td>–</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

// To a tenth of a day.
function medianOf({ median_days: days }: Figures): number | null {
  return days == null ? null : Math.round(10 * days) / 10;
}

function save(year: number, rows: readonly Figures[], nameOfLaw: (id: string) => string): void {
  const head = [t("field.law"), t("field.right"), ...counts.map((count) => t(titles[count])), t("figures.median_days")];
  const lines = rows.map((row) => [
    nameOfLaw(row.law),
    nameOf("choice.right", row.right),
    ...counts.map((count) => row[count]),
    medianOf(row),
  ]);
  download(`requests-${year}.csv`, csv(head, lines), "text/csv;charset=utf-8");
}
