// One scan: how far it is while it runs, what it found, what it could not read and why.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { useMay } from "../../api/session";
import { ExactInstant, Instant } from "../../ui/bits";
import { IconCheck } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { t } from "../../words/words";
import { useActorName } from "../identity/people";
import {
  isScanning,
  ScanBadge,
  scanOutcome,
  ScanProgress,
  scanRefreshMilliseconds,
  StartScan,
  type Scan,
} from "./scan";
import { storedProblem } from "./storedProblem";
import styles from "./datamap.module.css";

export default function ScanScreen() {
  const { id = "" } = useParams();
  const scan = useQuery({
    queryKey: ["scans", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/scans/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isScanning(state.data) ? scanRefreshMilliseconds : false,
  });
  useFreshMap(scan.data);
  return (
    <Page
      title={scan.data === undefined ? t("scans.one") : t("scans.titled", { system: scan.data.system_name })}
      back={{ to: "/scans", label: t("scans.title") }}
      actions={scan.data !== undefined && !isScanning(scan.data) && <StartScan system={scan.data.system} />}
    >
      <Loaded from={scan}>
        {(loaded) => (
          <>
            <ScanFacts scan={loaded} />
            {loaded.problem != null && <ProblemCard problem={storedProblem(loaded.problem)} />}
            <Gaps scan={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

// What a scan found is in the register when it has ended: everything shown of it before is old.
function useFreshMap(scan: Scan | undefined): void {
  const queries = useQueryClient();
  const ended = scan !== undefined && !isScanning(scan);
  useEffect(() => {
    if (!ended) return;
    for (const key of ["systems", "collections", "fields", "changes"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  }, [ended, queries]);
}

function ScanFacts({ scan }: { scan: Scan }) {
  const may = useMay();
  const actorName = useActorName();
  return (
    <Panel
      title={t("scans.one")}
      actions={isScanning(scan) && may("jobs.read") && <Link to={`/jobs/${scan.id}`}>{t("scans.stop_it")}</Link>}
    >
      {isScanning(scan) && <ScanProgress scan={scan} />}
      <Facts
        facts={[
          [t("scans.state"), <ScanBadge key="state" scan={scan} />],
          [
            t("systems.one"),
            <Link key="system" to={`/systems/${scan.system}`}>
              {scan.system_name}
            </Link>,
          ],
          [t("scans.started"), <ExactInstant key="started" at={scan.started_at} />],
          [t("scans.finished"), <Instant key="finished" at={scan.finished_at} />],
          [t("scans.started_by"), actorName(scan.started_by)],
          [t("systems.fields"), t("systems.fields_of", { fields: scan.fields, personal: scan.personal_fields })],
          [t("scans.outcome"), isScanning(scan) ? "–" : scanOutcome(scan)],
        ]}
      />
    </Panel>
  );
}

function Gaps({ scan }: { scan: Scan }) {
  const gaps = useQuery({
    queryKey: ["scans", scan.id, "gaps", scan.gaps],
    queryFn: ({ signal }) => page(api.GET("/v1/scans/{id}/gaps", { params: { path: { id: scan.id } }, signal })),
  });
  return (
    <Panel title={t("scans.gaps")} lead={t("scans.gaps.lead")}>
      <Loaded from={gaps}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>
              <IconCheck size={16} /> {t(isScanning(scan) ? "scans.gaps.none_yet" : "scans.gaps.none")}
            </p>
          ) : (
            <ul className={styles.entries}>
              {items.map((gap) => (
                <GapRow key={gap.dataset + gap.collection + gap.problem.code} gap={gap} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function GapRow({ gap }: { gap: Schemas["ScanGap"] }) {
  const problem = storedProblem(gap.problem);
  const place = [gap.dataset, gap.collection].filter((part) => part !== "").join(".");
  return (
    <li>
      <strong>{place === "" ? t("scans.gaps.store") : place}</strong>
      <p className={styles.text}>{problem.what}</p>
      <small>{`${problem.why} ${problem.mend}`.trim()}</small>
    </li>
  );
}
