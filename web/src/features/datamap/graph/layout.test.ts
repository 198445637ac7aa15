import { expect, it } from "vitest";
import { around, drawn, groupId, matching, neighbor, type Edge, type Graph, type Node } from "./layout";

function node(id: string, kind: Node["kind"], group = "", special = 0): Node {
  return {
    id,
    kind,
    name: id,
    group,
    freshness: "fresh",
    collections: 1,
    fields: 4,
    personal_fields: 2,
    special_fields: special,
    open_changes: 0,
  };
}

function edge(from: string, to: string, kind: Edge["kind"], count = 1, special = false): Edge {
  return { from, to, kind, count, is_special: special };
}

const small: Graph = {
  nodes: [
    node("shop", "system", "SQLite", 1),
    node("crm", "system", "CSV"),
    node("logs", "system", "CSV"),
    node("user.contact", "category"),
    node("user.health_and_medical", "category"),
  ],
  edges: [
    edge("shop", "user.contact", "holds", 3),
    edge("shop", "user.health_and_medical", "holds", 1, true),
    edge("crm", "user.contact", "holds", 2),
    edge("crm", "shop", "stated"),
    edge("crm", "shop", "foreign_key", 2),
  ],
};

function many(count: number): Graph {
  const systems = Array.from({ length: count }, (_, at) => node(`system ${at}`, "system", at % 2 === 0 ? "A" : "B"));
  const edges = systems.map(({ id }) => edge(id, "user.contact", "holds", 2));
  return { nodes: [...systems, node("user.contact", "category")], edges };
}

it("draws nothing over anything else", () => {
  for (const graph of [small, many(40), many(200)]) {
    const places = drawn(graph, new Set()).parts.map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  }
});

it("stays within its frame", () => {
  const { parts, width, height } = drawn(many(200), new Set(["A", "B"]));
  expect(parts.every(({ x, y }) => x >= 0 && y >= 0 && x + 220 <= width && y + 34 <= height)).toBe(true);
});

it("draws two hundred systems as the few products that they run on, until one is opened", () => {
  const folded = drawn(many(200), new Set());
  expect(folded.parts.map(({ name, systems }) => [name, systems])).toEqual([
    ["A", 100],
    ["B", 100],
    ["user.contact", 0],
  ]);
  expect(folded.lines).toContainEqual({
    from: groupId("A"),
    to: "user.contact",
    kind: "holds",
    count: 200,
    special: false,
  });
  expect(drawn(many(200), new Set(["A"])).parts).toHaveLength(102);
});

it("adds up the references between two systems, whoever stated them", () => {
  expect(drawn(small, new Set()).lines).toContainEqual({
    from: "crm",
    to: "shop",
    kind: "points",
    count: 3,
    special: false,
  });
});

it("leaves around one system only what it is joined with", () => {
  expect(around(small, "shop").nodes.map(({ id }) => id)).toEqual([
    "shop",
    "crm",
    "user.contact",
    "user.health_and_medical",
  ]);
  expect(around(small, "logs").nodes.map(({ id }) => id)).toEqual(["logs"]);
});

it("finds by name, with what it is joined with", () => {
  expect(matching(small, " CRM ").nodes.map(({ id }) => id)).toEqual(["shop", "crm", "user.contact"]);
  expect(matching(small, "nowhere").nodes).toEqual([]);
  expect(matching(small, "")).toBe(small);
});

it("goes by arrow keys to what lies next in that direction, and no further than the last", () => {
  const { parts } = drawn(small, new Set());
  const named = (id: string) => parts.find((one) => one.id === id) ?? expect.fail(id);
  expect(neighbor(parts, named("crm"), "ArrowRight")?.id).toBe("user.health_and_medical");
  expect(neighbor(parts, named("crm"), "ArrowDown")?.id).toBe("logs");
  expect(neighbor(parts, named("logs"), "ArrowDown")?.id).toBe("shop");
  expect(neighbor(parts, named("user.contact"), "ArrowDown")?.id).toBe("user.health_and_medical");
  expect(neighbor(parts, named("crm"), "ArrowLeft")).toBeUndefined();
});

it("puts few systems in one column, so that no line to a category runs behind a system, and many in three", () => {
  const columns = (count: number) =>
    new Set(
      drawn(many(count), new Set())
        .parts.filter(({ kind }) => kind === "system")
        .map(({ x }) => x),
    ).size;
  expect(columns(12)).toBe(1);
  expect(columns(13)).toBe(2);
  expect(columns(40)).toBe(3);
});
