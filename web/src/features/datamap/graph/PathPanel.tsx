// The shortest way by references from one system to another, step by step: how a search for a person would come from here to there.
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { t } from "../../../words/words";
import { placeText } from "../system";
import type { Node } from "./layout";
import styles from "./graph.module.css";

type Path = Schemas["MapPath"];

interface PathPanelProps {
  systems: readonly Node[];
  // The systems on the way that was found, to be shown in the picture.
  onWay: (ids: readonly string[]) => void;
}

export function PathPanel({ systems, onWay }: PathPanelProps) {
  const [ends, setEnds] = useState<{ from: string | null; to: string | null }>({ from: null, to: null });
  const path = useMutation({
    mutationFn: (query: { from: string; to: string }) => answer(api.GET("/v1/map/path", { params: { query } })),
    onSuccess: (found) => onWay(systemsOn(found)),
  });
  const change = (part: Partial<typeof ends>) => {
    setEnds({ ...ends, ...part });
    path.reset();
    onWay([]);
  };
  const { from, to } = ends;
  const choices = systems.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Panel title={t("graph.path")} lead={t("graph.path.lead")}>
      <div className={styles.ends}>
        <Select
          label={t("graph.path.from")}
          searchable
          data={choices}
          value={from}
          onChange={(id) => change({ from: id })}
        />
        <Select label={t("graph.path.to")} searchable data={choices} value={to} onChange={(id) => change({ to: id })} />
      </div>
      <Button
        variant="default"
        disabled={from === null || to === null}
        loading={path.isPending}
        onClick={() => from !== null && to !== null && path.mutate({ from, to })}
      >
        {t("graph.path.find")}
      </Button>
      <div role="status">{path.data !== undefined && <Steps path={path.data} />}</div>
      {path.isError && <ProblemCard problem={problemOf(path.error)} />}
    </Panel>
  );
}

function systemsOn({ steps }: Path): readonly string[] {
  const all = steps.flatMap(({ from, to }) => [from.system, to.system]);
  return all.filter((id, index) => id !== all[index - 1]);
}

function Steps({ path }: { path: Path }) {
  if (!path.found) return <p className={styles.quiet}>{t("graph.path.none")}</p>;
  if (path.steps.length === 0) return <p className={styles.quiet}>{t("graph.path.same")}</p>;
  return (
    <ol className={styles.way}>
      {path.steps.map(({ from, to, reference, is_forward: forward }) => (
        <li key={reference}>
          {t(forward ? "graph.path.forward" : "graph.path.backward", {
            from: placeText(from),
            in: from.system_name,
            to: placeText(to),
            there: to.system_name,
          })}
        </li>
      ))}
    </ol>
  );
}
