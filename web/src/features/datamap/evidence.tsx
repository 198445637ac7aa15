// What speaks for a category, as people read it. The server says it in one line, "name_cue email +0.80; values_match email 98% of 60
// values, chance 1% +0.94" (detect/detector.h, ColumnJudgement::Reason); words that this page does not know stand as they are.
import { hasWords, t } from "../../words/words";
import styles from "./datamap.module.css";

export interface Clue {
  readonly text: string;
  readonly against: boolean;
}

export function cluesIn(reason: string): readonly Clue[] {
  return reason
    .split("; ")
    .filter((part) => part !== "")
    .map(clueOf);
}

function clueOf(part: string): Clue {
  const [, kind = "", detail = "", sign] = /^([a-z_]+) (.*?) ?([+-])\d+\.\d+$/.exec(part) ?? [];
  const key = `evidence.${kind}`;
  if (!hasWords(key)) return { text: part, against: false };
  const [, what = detail, share, count, chance] = /^(.+) (\d+)% of (\d+) values, chance (\d+)%$/.exec(detail) ?? [];
  const text =
    share === undefined || count === undefined || chance === undefined
      ? withoutEnd(t(key, { detail: detail.trim() }))
      : t("evidence.values", { what, share: Number(share) / 100, count: Number(count), chance: Number(chance) / 100 });
  return { text, against: sign === "-" };
}

// A collection may speak for a category without one word of its name doing so.
function withoutEnd(text: string): string {
  return text.replace(/: $/, "");
}

export function Clues({ reason }: { reason: string }) {
  return (
    <ul className={styles.clues}>
      {cluesIn(reason).map(({ text, against }) => (
        <li key={text}>{against ? t("evidence.against", { text }) : text}</li>
      ))}
    </ul>
  );
}
