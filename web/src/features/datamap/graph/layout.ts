// Where each part of the drawn map stands: systems on the left, in a box for each product that they run on, categories on the right.
// The same map is drawn the same way every time. With many systems a product is one part until somebody opens it.
import type { Schemas } from "../../../api/client";

export type Node = Schemas["MapNode"];
export type Edge = Schemas["MapEdge"];
export type Graph = Pick<Schemas["MapGraph"], "nodes" | "edges">;

export interface Part {
  readonly id: string;
  readonly kind: "system" | "category" | "group";
  readonly name: string;
  // Of a group: how many systems it stands for.
  readonly systems: number;
  readonly special: boolean;
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: "holds" | "points";
  readonly count: number;
  readonly special: boolean;
}

export interface Box {
  readonly group: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
  readonly boxes: readonly Box[];
  readonly width: number;
  readonly height: number;
}

export const part = { width: 220, height: 34, gap: 10 } as const;
// Few systems stand in one column, so that no line runs behind one.
const systemsInColumn = 12;
const columnsMax = 3;
const pad = 16;
const boxHead = 26;
const between = 132;
// More than so many are drawn as products first.
export const systemsMax = 40;

export function groupId(group: string): string {
  return `group ${group}`;
}

// The part of the map around one place: it, what it holds, and what it is joined with.
export function around({ nodes, edges }: Graph, id: string): Graph {
  const touching = edges.filter(({ from, to }) => from === id || to === id);
  const near = new Set([id, ...touching.flatMap(({ from, to }) => [from, to])]);
  return {
    nodes: nodes.filter((node) => near.has(node.id)),
    edges: edges.filter(({ from, to }) => near.has(from) && near.has(to)),
  };
}

// What is found by its name, with what it is joined with.
export function matching(graph: Graph, words: string): Graph {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return graph;
  const found = new Set(graph.nodes.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }) => id));
  const edges = graph.edges.filter(({ from, to }) => found.has(from) || found.has(to));
  const near = new Set([...found, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { nodes: graph.nodes.filter(({ id }) => near.has(id)), edges };
}

export function groupsIn({ nodes }: Graph): readonly string[] {
  return [...new Set(nodes.filter(({ kind }) => kind === "system").map(({ group }) => group))].sort();
}

// `opened`: the products whose systems are drawn one by one, where there are too many systems for all.
export function drawn(graph: Graph, opened: ReadonlySet<string>): Drawing {
  const systems = graph.nodes.filter(({ kind }) => kind === "system");
  const isFolded = (group: string) => systems.length > systemsMax && !opened.has(group);
  const { parts: left, boxes, width: leftWidth, height: leftHeight } = placeSystems(graph, isFolded);
  const right = placeCategories(graph, leftWidth + between);
  const height = Math.max(leftHeight, right.length * (part.height + part.gap) + pad);
  const folded = new Map(systems.map(({ id, group }) => [id, isFolded(group) ? groupId(group) : id]));
  return {
    parts: [...left, ...right],
    lines: linesOf(graph.edges, folded),
    boxes,
    width: leftWidth + between + part.width + pad,
    height,
  };
}

function placeSystems(graph: Graph, isFolded: (group: string) => boolean) {
  const parts: Part[] = [];
  const boxes: Box[] = [];
  const groups = groupsIn(graph).map((group) => {
    const members = graph.nodes.filter((node) => node.kind === "system" && node.group === group);
    return { group, shown: isFolded(group) ? [foldedPart(group, members)] : members.map(systemPart).sort(byName) };
  });
  const shownInAll = groups.reduce((sum, { shown }) => sum + shown.length, 0);
  const columns = Math.min(columnsMax, Math.max(1, Math.ceil(shownInAll / systemsInColumn)));
  const width = columns * (part.width + part.gap) - part.gap + 2 * pad;
  let y = pad;
  for (const { group, shown } of groups) {
    const rows = Math.ceil(shown.length / columns);
    const height = boxHead + rows * (part.height + part.gap) + pad - part.gap;
    boxes.push({ group, x: pad, y, width, height });
    for (const [index, one] of shown.entries()) {
      const column = index % columns;
      const row = Math.floor(index / columns);
      const x = 2 * pad + column * (part.width + part.gap);
      parts.push({ ...one, x, y: y + boxHead + row * (part.height + part.gap) });
    }
    y += height + pad;
  }
  return { parts, boxes, width: pad + width, height: y };
}

type Unplaced = Omit<Part, "x" | "y">;

function systemPart({ id, name, special_fields: special }: Node): Unplaced {
  return { id, kind: "system", name, systems: 1, special: special > 0 };
}

function foldedPart(group: string, members: readonly Node[]): Unplaced {
  const special = members.some(({ special_fields: fields }) => fields > 0);
  return { id: groupId(group), kind: "group", name: group, systems: members.length, special };
}

function byName(one: Unplaced, other: Unplaced): number {
  return one.name.localeCompare(other.name, "en", { numeric: true });
}

function placeCategories({ nodes, edges }: Graph, x: number): readonly Part[] {
  const special = new Set(edges.filter((edge) => edge.is_special).map(({ to }) => to));
  return nodes
    .filter(({ kind }) => kind === "category")
    .sort((one, other) => one.id.localeCompare(other.id))
    .map(({ id, name }, index) => ({
      id,
      kind: "category",
      name,
      systems: 0,
      special: special.has(id),
      x,
      y: pad + index * (part.height + part.gap),
    }));
}

// References of both origins are one line, and those within what is folded are none.
function linesOf(edges: readonly Edge[], folded: ReadonlyMap<string, string>): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const edge of edges) {
    const [from, to] = [folded.get(edge.from) ?? edge.from, folded.get(edge.to) ?? edge.to];
    if (from === to) continue;
    const kind = edge.kind === "holds" ? "holds" : "points";
    const key = `${kind} ${from} ${to}`;
    const before = lines.get(key);
    lines.set(key, {
      from,
      to,
      kind,
      count: (before?.count ?? 0) + edge.count,
      special: (before?.special ?? false) || edge.is_special,
    });
  }
  return [...lines.values()];
}

// A curve: from the right side of one to the left side of what it holds, or in a bow between two systems.
export function curve(from: Part, to: Part): string {
  const middle = part.height / 2;
  const [x1, y1, y2] = [from.x + part.width, from.y + middle, to.y + middle];
  if (to.kind === "category") {
    const bend = (to.x - x1) / 2;
    return `M${x1} ${y1} C${x1 + bend} ${y1} ${to.x - bend} ${y2} ${to.x} ${y2}`;
  }
  const x2 = to.x + part.width;
  const bow = Math.max(x1, x2) + 36;
  return `M${x1} ${y1} C${bow} ${y1} ${bow} ${y2} ${x2} ${y2}`;
}

export type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

const ways: Record<Way, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

// The nearest part in that direction: what lies aside counts three times as far.
export function neighbor(parts: readonly Part[], from: Part, way: Way): Part | undefined {
  const [dx, dy] = ways[way];
  const distance = ({ x, y }: Part) => {
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    return along <= 0 ? Infinity : along + 3 * aside;
  };
  const nearest = [...parts].sort((one, other) => distance(one) - distance(other))[0];
  return nearest === undefined || distance(nearest) === Infinity ? undefined : nearest;
}
