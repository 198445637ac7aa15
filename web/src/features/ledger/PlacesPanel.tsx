// Where checkpoints leave the machine to, and whether they arrive. Places are configured by whoever runs the machine: here they are
// looked at, and one is tried at once.
import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { useMay } from "../../api/session";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { IconShieldCheck } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { say } from "../../ui/toasts";
import { Verbatim } from "../../ui/Verbatim";
import { nameOf, t } from "../../words/words";
import styles from "./ledger.module.css";

type Place = Schemas["CheckpointPlace"];

const refreshMilliseconds = 10_000;

const placesQuery = queryOptions({
  queryKey: ["ledger", "places"],
  queryFn: ({ signal }) => answer(api.GET("/v1/ledger/places", { signal })),
  refetchInterval: refreshMilliseconds,
});

export function PlacesPanel() {
  const places = useQuery(placesQuery);
  return (
    <Panel title={t("places.title")} lead={t("places.lead")}>
      <Loaded from={places}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconShieldCheck size={28} />} title={t("places.none")}>
              {t("places.none.lead")}
            </EmptyState>
          ) : (
            <ul className={styles.places}>
              {items.map((place) => (
                <PlaceItem key={place.name} place={place} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function PlaceItem({ place }: { place: Place }) {
  const name = nameOf("place", place.name);
  const state = stateOf(place);
  return (
    <li>
      <div className={styles.placeHead}>
        <h3>{name}</h3>
        <StateBadge family="place_state" value={state} tone={tones[state]} />
        {place.is_sent_by_job && <SendButton name={place.name} label={name} />}
      </div>
      <Facts
        facts={[
          [t("places.place"), <code key="place">{place.place}</code>],
          [t("places.size"), place.size == null ? t("places.nothing_yet") : t("places.entries", { count: place.size })],
          [t("places.delivered"), <Instant key="delivered" at={place.delivered_at} absent={t("places.never")} />],
          ...(place.error == null ? [] : [failureFact(place)]),
        ]}
      />
      {place.receipt != null && (
        <details>
          <summary>{t("places.receipt")}</summary>
          <Verbatim label={t("places.receipt")}>{place.receipt}</Verbatim>
        </details>
      )}
    </li>
  );
}

type PlaceState = "waiting" | "kept" | "failing";
const tones: Record<PlaceState, Tone> = { waiting: "quiet", kept: "good", failing: "bad" };

function stateOf(place: Place): PlaceState {
  if (place.error != null) return "failing";
  return place.size == null ? "waiting" : "kept";
}

function failureFact(place: Place): [string, ReactNode] {
  return [
    t("places.failed", { count: place.failures }),
    <span key="failed">
      <code>{place.problem ?? place.error}</code> · <Instant at={place.attempted_at} />
    </span>,
  ];
}

function SendButton({ name, label }: { name: string; label: string }) {
  const may = useMay();
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () => answer(api.POST("/v1/ledger/places/{name}/send", { params: { path: { name } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: placesQuery.queryKey });
      say(t("places.sent", { place: label }));
    },
    onError: (thrown) => say(problemOf(thrown).what),
  });
  if (!may("ledger.publish")) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={send.isPending}
      aria-label={t("places.send_to", { place: label })}
      onClick={() => send.mutate()}
    >
      {t("places.send")}
    </Button>
  );
}
