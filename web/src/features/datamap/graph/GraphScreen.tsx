// The data map drawn: which systems hold which categories, and how records of one point at those of another. As a picture, and with
// all that is in it as a table; both follow the same filters, which stand in the address.
import { Button, Checkbox, SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../../api/client";
import { IconServer } from "../../../ui/icons";
import { Loaded } from "../../../ui/Loaded";
import { Page, Panel } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import { TextFilter } from "../../../ui/table/TableTools";
import { useAddress, withParam } from "../../../ui/useAddress";
import { t } from "../../../words/words";
import { categoryText, noCategory, useCategories } from "../category";
import { Details } from "./Details";
import { around, drawn, groupsIn, matching, systemsMax, type Graph } from "./layout";
import { levels, mapTable } from "./mapTable";
import { PathPanel } from "./PathPanel";
import { Picture } from "./Picture";
import styles from "./graph.module.css";

export default function GraphScreen() {
  const [params, change] = useAddress();
  const categories = useCategories();
  const view = params.get("view") ?? "picture";
  const set = (name: string, value: string | null) => change((now) => withParam(now, name, value));
  return (
    <Page
      title={t("graph.title")}
      lead={t("graph.lead")}
      actions={
        <SegmentedControl
          aria-label={t("graph.view")}
          data={[
            { value: "picture", label: t("graph.picture") },
            { value: "table", label: t("graph.table") },
          ]}
          value={view}
          onChange={(chosen) => set("view", chosen === "picture" ? null : chosen)}
        />
      }
    >
      {view === "table" ? <DataTable spec={mapTable(categories)} /> : <DrawnMap params={params} set={set} />}
    </Page>
  );
}

interface DrawnMapProps {
  params: URLSearchParams;
  set: (name: string, value: string | null) => void;
}

function DrawnMap({ params, set }: DrawnMapProps) {
  const category = params.get("category") ?? "";
  const special = params.get("special") === "true";
  const graph = useQuery({
    queryKey: ["map", "graph", category, special],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/map/graph", { params: { query: { category, special, levels } }, signal })),
  });
  return (
    <>
      <Filters params={params} set={set} />
      <Loaded from={graph}>
        {(loaded) =>
          loaded.nodes.length === 0 ? (
            <EmptyState icon={<IconServer size={28} />} title={t("graph.none")}>
              {t("graph.none.lead")}
            </EmptyState>
          ) : (
            <Parts graph={loaded} leftOut={loaded.left_out} params={params} set={set} />
          )
        }
      </Loaded>
    </>
  );
}

const search = { id: "q", title: "graph.search" } as const;

function Filters({ params, set }: DrawnMapProps) {
  const categories = useCategories();
  return (
    <div className={styles.filters} role="group" aria-label={t("table.tools")}>
      <TextFilter filter={search} value={params.get("q") ?? ""} onChange={(words) => set("q", words)} />
      <Select
        aria-label={t("fields.category")}
        placeholder={t("fields.category")}
        searchable
        clearable
        data={categories
          .filter(({ key }) => key !== noCategory)
          .map(({ key }) => ({ value: key, label: categoryText(categories, key) }))}
        value={params.get("category")}
        onChange={(category) => set("category", category)}
      />
      <Checkbox
        label={t("fields.special.only")}
        checked={params.get("special") === "true"}
        onChange={(event) => set("special", event.currentTarget.checked ? "true" : null)}
      />
    </div>
  );
}

interface PartsProps extends DrawnMapProps {
  graph: Graph;
  leftOut: number;
}

function Parts({ graph, leftOut, params, set }: PartsProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [way, setWay] = useState<readonly string[]>([]);
  const focus = params.get("focus");
  const focused = graph.nodes.find(({ id }) => id === focus);
  const shown = focused === undefined ? matching(graph, params.get("q") ?? "") : around(graph, focused.id);
  const systems = graph.nodes.filter(({ kind }) => kind === "system");
  const many = systems.length > systemsMax;
  return (
    <>
      <Panel
        title={focused === undefined ? t("graph.whole") : t("graph.around", { name: focused.name })}
        lead={t("graph.keys")}
        actions={
          <>
            {focused !== undefined && (
              <Button size="xs" variant="default" onClick={() => set("focus", null)}>
                {t("graph.show_all")}
              </Button>
            )}
            {focused === undefined && many && (
              <Button
                size="xs"
                variant="default"
                onClick={() => setOpened(opened.size > 0 ? new Set() : new Set(groupsIn(graph)))}
              >
                {t(opened.size > 0 ? "graph.fold" : "graph.unfold")}
              </Button>
            )}
          </>
        }
      >
        {leftOut > 0 && <p className={styles.quiet}>{t("graph.left_out", { count: leftOut })}</p>}
        {shown.nodes.length === 0 ? (
          <p className={styles.quiet}>{t("table.nothing_matches")}</p>
        ) : (
          <Picture
            drawing={drawn(shown, opened)}
            chosen={focus}
            way={way}
            onChoose={(part) =>
              part.kind === "group" ? setOpened(new Set([...opened, part.name])) : set("focus", part.id)
            }
            onLeave={() => set("focus", null)}
          />
        )}
      </Panel>
      <div className={styles.pair}>
        {focused !== undefined && <Details graph={graph} node={focused} onFocus={(id) => set("focus", id)} />}
        <PathPanel systems={systems} onWay={setWay} />
      </div>
    </>
  );
}
