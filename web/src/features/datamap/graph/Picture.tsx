// The picture itself. Its parts are one stop of the Tab key; arrow keys go from part to part, Enter opens a product or looks at what is
// around a system or category, Escape leaves that. What is under the pointer or the focus stands out with its lines.
import { useRef, useState, type KeyboardEvent } from "react";
import { t } from "../../../words/words";
import { curve, neighbor, part as size, type Drawing, type Line, type Part, type Way } from "./layout";
import styles from "./graph.module.css";

interface PictureProps {
  drawing: Drawing;
  chosen: string | null;
  // Systems on a way between two, which stand out.
  way: readonly string[];
  onChoose: (part: Part) => void;
  onLeave: () => void;
}

export function Picture({ drawing, chosen, way, onChoose, onLeave }: PictureProps) {
  const { parts, lines, boxes, width, height } = drawing;
  const [current, setCurrent] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const frame = useRef<SVGSVGElement>(null);
  const stop = parts.find(({ id }) => id === current) ?? parts.find(({ id }) => id === chosen) ?? parts[0];
  const active = pointed ?? current ?? chosen;
  const near = nearOf(lines, active, way);

  const go = (event: KeyboardEvent, from: Part) => {
    const next = event.key.startsWith("Arrow") ? neighbor(parts, from, event.key as Way) : undefined;
    if (next !== undefined) frame.current?.querySelector<SVGGElement>(`[data-part="${CSS.escape(next.id)}"]`)?.focus();
    else if (event.key === "Enter" || event.key === " ") onChoose(from);
    else if (event.key === "Escape") onLeave();
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
  };

  return (
    <div className={styles.scroll} role="region" aria-label={t("graph.picture")} tabIndex={0}>
      <svg
        ref={frame}
        className={styles.picture}
        data-lit={near !== null || undefined}
        data-many={lines.length > linesSeen || undefined}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={t("graph.picture")}
      >
        {boxes.map(({ group, ...place }) => (
          <g key={group} className={styles.box}>
            <rect {...place} rx={10} />
            <text x={place.x + 12} y={place.y + 18}>
              {groupName(group)}
            </text>
          </g>
        ))}
        <Lines drawing={drawing} active={active} way={way} />
        {parts.map((one) => (
          <g
            key={one.id}
            className={styles.part}
            data-part={one.id}
            data-kind={one.kind}
            data-special={one.special || undefined}
            data-on={near === null || near.has(one.id) || undefined}
            data-chosen={one.id === chosen || undefined}
            role="button"
            tabIndex={one === stop ? 0 : -1}
            aria-label={nameOfPart(one, lines)}
            onFocus={() => setCurrent(one.id)}
            onBlur={() => setCurrent(null)}
            onMouseEnter={() => setPointed(one.id)}
            onMouseLeave={() => setPointed(null)}
            onClick={() => onChoose(one)}
            onKeyDown={(event) => go(event, one)}
            transform={`translate(${one.x} ${one.y})`}
          >
            <rect width={size.width} height={size.height} rx={7} />
            <text x={12} y={22}>
              {short(textOf(one))}
            </text>
            {one.special && <SpecialSign />}
          </g>
        ))}
      </svg>
    </div>
  );
}

// A sign and not only a color; what it says is in the name of the part.
function SpecialSign() {
  return <path className={styles.sign} d={`M${size.width - 18} 11 l7 12 h-14 z`} aria-hidden="true" />;
}

function Lines({
  drawing: { parts, lines },
  active,
  way,
}: { drawing: Drawing } & Pick<PictureProps, "way"> & { active: string | null }) {
  const places = new Map(parts.map((one) => [one.id, one]));
  return (
    <g aria-hidden="true">
      {lines.map((line) => {
        const [from, to] = [places.get(line.from), places.get(line.to)];
        if (from === undefined || to === undefined) return null;
        const isOn =
          way.length > 1 ? isOnWay(line, way) : active === null || line.from === active || line.to === active;
        return (
          <path
            key={`${line.kind} ${line.from} ${line.to}`}
            className={styles.line}
            data-kind={line.kind}
            data-special={line.special || undefined}
            data-on={isOn || undefined}
            strokeWidth={1 + Math.min(Math.log2(line.count + 1), 5) / 2}
            d={curve(from, to)}
          />
        );
      })}
    </g>
  );
}

function isOnWay({ from, to }: Line, way: readonly string[]): boolean {
  return way.some((id, index) => {
    const next = way[index + 1];
    return (id === from && next === to) || (id === to && next === from);
  });
}

// What stands out; null: everything alike.
function nearOf(lines: readonly Line[], active: string | null, way: readonly string[]): ReadonlySet<string> | null {
  if (active === null) return way.length === 0 ? null : new Set(way);
  const touching = lines.filter(({ from, to }) => from === active || to === active);
  return new Set([active, ...touching.flatMap(({ from, to }) => [from, to])]);
}

function groupName(group: string): string {
  return group === "" ? t("graph.group.none") : group;
}

function textOf({ kind, name, systems }: Part): string {
  return kind === "group" ? t("graph.systems_of", { name: groupName(name), count: systems }) : name;
}

// More lines than these are faint until a part stands out.
const linesSeen = 40;
const shownLetters = 24;

function short(name: string): string {
  const letters = [...name];
  return letters.length > shownLetters ? `${letters.slice(0, shownLetters - 1).join("")}…` : name;
}

function nameOfPart(one: Part, lines: readonly Line[]): string {
  const joined = lines.filter(({ from, to }) => from === one.id || to === one.id).length;
  const words = { name: one.kind === "group" ? groupName(one.name) : one.name, count: one.systems, joined };
  const text = t(`graph.part.${one.kind}`, words);
  return one.special ? t("graph.part.special", { text }) : text;
}
