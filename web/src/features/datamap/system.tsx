// What the screens of systems, collections and fields share.
import { useQuery } from "@tanstack/react-query";
import { api, page, type Schemas } from "../../api/client";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { IconAlert } from "../../ui/icons";
import type { Column } from "../../ui/table/spec";
import styles from "./datamap.module.css";

export type System = Schemas["DataSystem"];
export type SystemRequest = Schemas["SystemRequest"];
export type Collection = Schemas["DataCollection"];
export type Field = Schemas["DataField"];

const choicesMax = 100;

// For filters; whoever has more systems than that finds one by its name.
export function useSystemChoices(): readonly { value: string; label: string }[] {
  const systems = useQuery({
    queryKey: ["systems", "choices"],
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/systems", { params: { query: { limit: choicesMax } }, signal }))).items,
  });
  return (systems.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}

const tones: Record<Field["freshness"], Tone> = { fresh: "good", stale: "warn", gone: "quiet" };

export function FreshnessBadge({ freshness }: { freshness: Field["freshness"] }) {
  return <StateBadge family="freshness" value={freshness} tone={tones[freshness]} />;
}

// The column that says when a scan last saw what the row tells.
export const lastSeen: Column<{ readonly last_seen_at: string | null }> = {
  id: "seen",
  title: "fields.last_seen",
  value: ({ last_seen_at: at }) => at,
  cell: ({ last_seen_at: at }) => <Instant at={at} />,
};

// "public.customers", or only the name where the store knows no schemas.
export function placeText({ dataset, name }: { readonly dataset: string; readonly name: string }): string {
  return dataset === "" ? name : `${dataset}.${name}`;
}

// Special categories stand out by a sign, beside the words of the column; none is a plain zero.
export function SpecialCount({ count }: { count: number }) {
  if (count === 0) return <>0</>;
  return (
    <span className={styles.specialCount}>
      <IconAlert size={14} /> {count}
    </span>
  );
}
