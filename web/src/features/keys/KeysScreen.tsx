// The key home: which keys there are and how old they are, and new ones in their place. What replaces keys wants a fresh proof of
// who is there; the way to the API asks for it by itself (api/proof.ts).
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { Confirm, Instant, StateBadge, type Tone } from "../../ui/bits";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import styles from "./keys.module.css";

type KeyHome = Schemas["KeyHomeState"];
type NamedKey = KeyHome["named"][number];

// The named keys that can be replaced, and how they are called in the catalog.
const rotatable = { "ledger.signing": "ledger", backup: "backup", "rights.index": "index" } as const;
type RotatableName = keyof typeof rotatable;
type Rotation = "root" | "buckets" | (typeof rotatable)[RotatableName];

function isRotatable(name: string): name is RotatableName {
  return Object.hasOwn(rotatable, name);
}

const refreshMilliseconds = 2_000;

export default function KeysScreen() {
  const keys = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => answer(api.GET("/v1/keys", { signal })),
    refetchInterval: ({ state }) => (state.data?.buckets.rotation == null ? false : refreshMilliseconds),
  });
  const [asked, setAsked] = useState<Rotation | null>(null);
  return (
    <Page title={t("keys.title")} lead={t("keys.lead")} narrow>
      <Loaded from={keys}>
        {(home) => (
          <>
            <RootPanel home={home} onRotate={() => setAsked("root")} />
            <BucketsPanel home={home} onRotate={() => setAsked("buckets")} />
            <NamedPanel home={home} onRotate={setAsked} />
          </>
        )}
      </Loaded>
      <RotateDialog rotation={asked} onClose={() => setAsked(null)} />
    </Page>
  );
}

function RotateButton({
  label,
  disabled = false,
  onClick,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
}) {
  const may = useMay();
  if (!may("keys.rotate")) return null;
  return (
    <Button variant="default" disabled={disabled} onClick={onClick}>
      {label}
    </Button>
  );
}

function RootPanel({ home, onRotate }: { home: KeyHome; onRotate: () => void }) {
  return (
    <Panel
      title={t("keys.root")}
      lead={t("keys.root.lead")}
      actions={<RotateButton label={t("keys.rotate.root")} onClick={onRotate} />}
    >
      <Facts
        facts={[
          [t("keys.source"), nameOf("root_key", home.root.source)],
          [t("keys.version"), home.root.version],
          [t("keys.since"), <Instant key="since" at={home.root.since} />],
          [t("keys.backup"), <Instant key="backup" at={home.backup_at} absent={t("keys.backup.none")} />],
        ]}
      />
    </Panel>
  );
}

function BucketsPanel({ home, onRotate }: { home: KeyHome; onRotate: () => void }) {
  const { buckets } = home;
  const runs = buckets.rotation != null;
  return (
    <Panel
      title={t("keys.buckets")}
      lead={t("keys.buckets.lead", { count: buckets.count })}
      actions={<RotateButton label={t("keys.rotate.buckets")} disabled={runs} onClick={onRotate} />}
    >
      <Facts
        facts={[
          [t("keys.oldest"), <Instant key="oldest" at={buckets.oldest_at} />],
          [t("keys.newest"), <Instant key="newest" at={buckets.newest_at} />],
        ]}
      />
      {runs && (
        <p className={styles.running} role="status">
          {t("keys.rotation_runs")} <Link to={`/jobs/${buckets.rotation}`}>{t("keys.rotation_job")}</Link>
        </p>
      )}
    </Panel>
  );
}

const tones: Record<string, Tone> = { active: "good", compromised: "bad", suspended: "warn" };

function NamedPanel({ home, onRotate }: { home: KeyHome; onRotate: (rotation: Rotation) => void }) {
  return (
    <Panel title={t("keys.named")} lead={t("keys.named.lead")}>
      <ul className={styles.named}>
        {home.named.map((key) => (
          <li key={`${key.name} ${key.version}`}>
            <div>
              <code>{key.name}</code>
              <small>
                {t("keys.version_number", { version: key.version })} · <Instant at={key.created_at} />
              </small>
            </div>
            <NamedButton named={key} onRotate={onRotate} />
            <StateBadge family="key_state" value={key.state} tone={tones[key.state] ?? "quiet"} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// Beside the version in use; what is replaced already stays for what it protects.
function NamedButton({ named, onRotate }: { named: NamedKey; onRotate: (rotation: Rotation) => void }) {
  if (named.state !== "active" || !isRotatable(named.name)) return null;
  const rotation = rotatable[named.name];
  return <RotateButton label={t(`keys.rotate.${rotation}`)} onClick={() => onRotate(rotation)} />;
}

function rotateNamed(name: RotatableName) {
  return answer(api.POST("/v1/keys/named/{name}/rotation", { params: { path: { name } } }));
}

function RotateDialog({ rotation, onClose }: { rotation: Rotation | null; onClose: () => void }) {
  const queries = useQueryClient();
  const calls: Record<Rotation, () => Promise<unknown>> = {
    root: () => answer(api.POST("/v1/keys/root/rotation")),
    buckets: () => answer(api.POST("/v1/keys/buckets/rotation")),
    ledger: () => rotateNamed("ledger.signing"),
    backup: () => rotateNamed("backup"),
    index: () => rotateNamed("rights.index"),
  };
  const run = async () => {
    if (rotation === null) return;
    await calls[rotation]();
    await queries.invalidateQueries({ queryKey: ["keys"] });
    say(t(`keys.done.${rotation}`));
  };
  const what = rotation ?? "root";
  return (
    <Confirm
      title={t(`keys.ask.${what}`)}
      act={t(`keys.rotate.${what}`)}
      opened={rotation !== null}
      onClose={onClose}
      run={run}
    >
      {t(`keys.ask_lead.${what}`)}
    </Confirm>
  );
}
