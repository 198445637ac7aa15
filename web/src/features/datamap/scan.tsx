// What the screens of scans share: states in words, live progress, and the button that starts one.
import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { Instant, StateBadge, type Tone } from "../../ui/bits";
import { IconPlay } from "../../ui/icons";
import { refuse } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import styles from "./datamap.module.css";

export type Scan = Schemas["MapScan"];

const tones: Record<Scan["state"], Tone> = {
  waiting: "quiet",
  running: "busy",
  complete: "good",
  incomplete: "warn",
  failed: "bad",
  cancelled: "quiet",
};

export function isScanning(scan: Scan): boolean {
  return scan.state === "waiting" || scan.state === "running";
}

// Server events tell those who may see jobs at once; everybody else looks again this often.
export const scanRefreshMilliseconds = 2_000;

export function scansOf(system: string) {
  return {
    queryKey: ["scans", "of", system],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      page(api.GET("/v1/scans", { params: { query: { system, limit: 10 } }, signal })),
  };
}

export function ScanBadge({ scan }: { scan: Scan }) {
  return <StateBadge family="scan_state" value={scan.state} tone={tones[scan.state]} />;
}

export function ScanProgress({ scan }: { scan: Scan }) {
  if (scan.collections_total === 0) return <>{t("scans.progress.listing")}</>;
  const text = t("scans.progress", { done: scan.collections_done, total: scan.collections_total });
  return (
    <div className={styles.progress}>
      <Progress value={Math.min(100, (100 * scan.collections_done) / scan.collections_total)} aria-label={text} />
      <small>{text}</small>
    </div>
  );
}

// "12 added, 1 changed, 3 could not be read"
export function scanOutcome(scan: Scan): string {
  const parts = [
    scan.added > 0 ? t("scans.added", { count: scan.added }) : "",
    scan.changed > 0 ? t("scans.changed", { count: scan.changed }) : "",
    scan.gone > 0 ? t("scans.gone", { count: scan.gone }) : "",
    scan.gaps > 0 ? t("scans.gaps_count", { count: scan.gaps }) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? t("scans.no_change") : parts.join(", ");
}

export function StartScan({ system, variant = "filled" }: { system: string; variant?: "filled" | "default" }) {
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => answer(api.POST("/v1/scans", { body: { system } })),
    onSuccess: async (scan) => {
      await queries.invalidateQueries({ queryKey: ["scans"] });
      void navigate(`/scans/${scan.id}`);
    },
    onError: refuse,
  });
  if (!may("scans.start")) return null;
  return (
    <Button
      variant={variant}
      leftSection={<IconPlay size={16} />}
      loading={start.isPending}
      onClick={() => start.mutate()}
    >
      {t("scans.start")}
    </Button>
  );
}

// The newest ones of a system, with what each found.
export function ScanList({ scans }: { scans: readonly Scan[] }) {
  if (scans.length === 0) return <p className={styles.quiet}>{t("scans.none_of_system")}</p>;
  return (
    <ul className={styles.list}>
      {scans.map((scan) => (
        <li key={scan.id}>
          <div>
            <Link to={`/scans/${scan.id}`}>
              <Instant at={scan.started_at} />
            </Link>
            <small>{isScanning(scan) ? nameOf("scan_state", scan.state) : scanOutcome(scan)}</small>
          </div>
          <ScanBadge scan={scan} />
        </li>
      ))}
    </ul>
  );
}
