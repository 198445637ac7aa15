// The data map in a few figures, and the systems of which it may be wrong: not looked through, or not wholly.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, page } from "../../api/client";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import { LinesSkeleton, Loaded } from "../../ui/Loaded";
import { Facts, Panel } from "../../ui/Page";
import { t } from "../../words/words";
import { isScanning, ScanBadge, type Scan } from "../datamap/scan";
import type { System } from "../datamap/system";
import styles from "./home.module.css";

const systemsMax = 200;
const scansMax = 50;
const shownMax = 5;

export function MapPanel() {
  const map = useQuery({
    queryKey: ["systems", "overview"],
    queryFn: async ({ signal }) => {
      const [systems, scans] = await Promise.all([
        page(api.GET("/v1/systems", { params: { query: { limit: systemsMax } }, signal })),
        page(api.GET("/v1/scans", { params: { query: { limit: scansMax } }, signal })),
      ]);
      return { systems: systems.items, scans: troubled(scans.items) };
    },
  });
  return (
    <Panel title={t("navigation.map")} actions={<Link to="/systems">{t("home.all_systems")}</Link>}>
      <Loaded from={map} skeleton={<LinesSkeleton lines={3} />}>
        {({ systems, scans }) =>
          systems.length === 0 ? (
            <NoSystems />
          ) : (
            <>
              <Figures systems={systems} />
              <Troubled scans={scans} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function NoSystems() {
  const may = useMay();
  return (
    <p className={styles.quiet}>
      {t("home.no_systems")}{" "}
      {may("connections.write") && <Link to="/connections?create=1">{t("connections.create")}</Link>}
    </p>
  );
}

function Figures({ systems }: { systems: readonly System[] }) {
  const sum = (count: (system: System) => number) => systems.reduce((total, system) => total + count(system), 0);
  const unseen = systems.filter(({ connection, fresh_since }) => connection != null && fresh_since == null).length;
  return (
    <Facts
      facts={[
        [t("systems.title"), systems.length],
        [
          t("systems.personal_fields"),
          <Link key="personal" to="/fields">
            {sum((system) => system.personal_fields)}
          </Link>,
        ],
        [
          t("systems.special_fields"),
          <Link key="special" to="/fields?special=true">
            {sum((system) => system.special_fields)}
          </Link>,
        ],
        [
          t("systems.open_changes"),
          <Link key="changes" to="/changes">
            {sum((system) => system.open_changes)}
          </Link>,
        ],
        [t("home.never_scanned"), unseen],
      ]}
    />
  );
}

function Troubled({ scans }: { scans: readonly Scan[] }) {
  if (scans.length === 0) return <p className={styles.quiet}>{t("home.scans_well")}</p>;
  return (
    <ul className={styles.list}>
      {scans.slice(0, shownMax).map((scan) => (
        <li key={scan.id}>
          <div>
            <Link to={`/scans/${scan.id}`}>{t("scans.titled", { system: scan.system_name })}</Link>
            <small>
              <Instant at={scan.finished_at ?? scan.started_at} />
            </small>
          </div>
          <ScanBadge scan={scan} />
        </li>
      ))}
    </ul>
  );
}

// The newest scan of each system, where it ended and did not read everything. They come newest first.
export function troubled(scans: readonly Scan[]): readonly Scan[] {
  const seen = new Set<string>();
  return scans.filter((scan) => {
    if (isScanning(scan) || seen.has(scan.system)) return false;
    seen.add(scan.system);
    return scan.state !== "complete";
  });
}
