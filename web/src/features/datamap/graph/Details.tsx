// What the picture shows of one system or category, in words; each thing that it is joined with leads on.
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Facts, Panel } from "../../../ui/Page";
import { t, type WordKey } from "../../../words/words";
import { SpecialCount } from "../system";
import type { Edge, Graph, Node } from "./layout";
import styles from "./graph.module.css";

interface DetailsProps {
  graph: Graph;
  node: Node;
  onFocus: (id: string) => void;
}

export function Details({ graph, node, onFocus }: DetailsProps) {
  const isSystem = node.kind === "system";
  const to = isSystem ? `/systems/${node.id}` : `/fields?category=${encodeURIComponent(node.id)}`;
  const pointing = (edge: Edge) => edge.kind !== "holds";
  return (
    <Panel title={node.name} actions={<Link to={to}>{t(isSystem ? "graph.open_system" : "graph.open_category")}</Link>}>
      {isSystem && (
        <Facts
          facts={[
            [t("systems.personal_fields"), node.personal_fields],
            [t("systems.special_fields"), <SpecialCount key="special" count={node.special_fields} />],
            [
              t("systems.open_changes"),
              <Link key="changes" to={`/changes?system=${node.id}`}>
                {node.open_changes}
              </Link>,
            ],
          ]}
        />
      )}
      <Joined
        title={isSystem ? "graph.holds" : "graph.held_by"}
        graph={graph}
        edges={graph.edges.filter((edge) => edge.kind === "holds" && (isSystem ? edge.from : edge.to) === node.id)}
        end={isSystem ? "to" : "from"}
        onFocus={onFocus}
      />
      <Joined
        title="graph.points_at"
        graph={graph}
        edges={graph.edges.filter((edge) => pointing(edge) && edge.from === node.id)}
        end="to"
        onFocus={onFocus}
      />
      <Joined
        title="graph.pointed_at_by"
        graph={graph}
        edges={graph.edges.filter((edge) => pointing(edge) && edge.to === node.id)}
        end="from"
        onFocus={onFocus}
      />
    </Panel>
  );
}

const counted: Record<Edge["kind"], WordKey> = {
  holds: "graph.fields",
  foreign_key: "graph.references",
  stated: "graph.references",
  flow: "graph.flow",
};

interface JoinedProps {
  title: WordKey;
  graph: Graph;
  edges: readonly Edge[];
  end: "from" | "to";
  onFocus: (id: string) => void;
}

function Joined({ title, graph, edges, end, onFocus }: JoinedProps) {
  if (edges.length === 0) return null;
  const name = (id: string) => graph.nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <div>
      <strong>{t(title)}</strong>
      <ul className={styles.joined}>
        {edges.map((edge) => (
          <li key={`${edge.kind} ${edge[end]}`}>
            <Button size="compact-sm" variant="subtle" onClick={() => onFocus(edge[end])}>
              {name(edge[end])}
            </Button>
            <small>{t(counted[edge.kind], { count: edge.count })}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
