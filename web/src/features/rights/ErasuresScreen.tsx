// After a store was restored from a backup: whoever had been erased is looked for. The very same records are erased again at once; what may
// be somebody new waits for a person.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { Dialog } from "../../ui/Dialog";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconUndo } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { useFlag } from "../../ui/useFlag";
import { t } from "../../words/words";
import styles from "./rights.module.css";

export type Replay = Schemas["Replay"];

export default function ErasuresScreen() {
  const may = useMay();
  const [asking, setAsking] = useFlag("replay");
  const replays = useQuery({
    queryKey: ["erasures", "replays"],
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/erasures/replays", { signal }))).items,
  });
  const journal = useQuery({
    queryKey: ["erasures", "journal"],
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/erasures", { signal }))).items,
  });
  return (
    <Page
      title={t("erasures.title")}
      lead={t("erasures.lead")}
      actions={
        may("rights.approve") && (
          <Button leftSection={<IconUndo size={16} />} onClick={() => setAsking(true)}>
            {t("erasures.replay")}
          </Button>
        )
      }
    >
      <Loaded from={journal}>
        {(items) => <p className={styles.text}>{t("erasures.remembered", { count: items.length })}</p>}
      </Loaded>
      <Loaded from={replays}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState icon={<IconUndo size={28} />} title={t("erasures.none")}>
              {t("erasures.none.lead")}
            </EmptyState>
          ) : (
            <Panel title={t("erasures.replays")}>
              <ul className={styles.entries}>
                {items.map((replay) => (
                  <ReplayEntry key={replay.id} replay={replay} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Loaded>
      <Dialog title={t("erasures.replay")} opened={asking && may("rights.approve")} onClose={() => setAsking(false)}>
        <ReplayForm onCancel={() => setAsking(false)} />
      </Dialog>
    </Page>
  );
}

function ReplayForm({ onCancel }: { onCancel: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <SchemaForm
      schema={requestSchema("erasures.replay")}
      only={["dry_run"]}
      initial={{ dry_run: true }}
      labels={{ dry_run: t("erasures.dry_run") }}
      submitLabel={t("erasures.replay")}
      onCancel={onCancel}
      submit={async (values) => {
        const body = values as Schemas["ReplayOrder"];
        const replay = await answer(api.POST("/v1/erasures/replays", { body }));
        await queries.invalidateQueries({ queryKey: ["erasures"] });
        void navigate(`/erasures/${replay.id}`);
      }}
    />
  );
}

const tones: Record<Replay["state"], Tone> = {
  running: "busy",
  waiting_for_store: "warn",
  done: "good",
  failed: "bad",
};

export function ReplayBadge({ replay }: { replay: Replay }) {
  return <StateBadge family="replay_state" value={replay.state} tone={tones[replay.state]} />;
}

function ReplayEntry({ replay }: { replay: Replay }) {
  return (
    <li>
      <Link to={`/erasures/${replay.id}`}>
        {t(replay.dry_run ? "erasures.entry.dry" : "erasures.entry", { count: replay.cases.length })}
      </Link>{" "}
      <ReplayBadge replay={replay} />
      <small>
        <Instant at={replay.started_at} />
      </small>
    </li>
  );
}
