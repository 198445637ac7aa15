import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { nameOf, t } from "../../words/words";
import { HealthBadge, healthQuery } from "./health";
import styles from "./health.module.css";

export default function HealthScreen() {
  const health = useQuery(healthQuery);
  return (
    <Page title={t("health.title")} lead={t("health.lead")} narrow>
      <Loaded from={health}>
        {(loaded) => (
          <Panel title={t("health.version", { version: loaded.version })} actions={<HealthBadge ok={loaded.ready} />}>
            <ul className={styles.checks}>
              {loaded.checks.map((check) => (
                <li key={check.name}>
                  <div>
                    {nameOf("health_check", check.name)}
                    {check.error != null && <small>{check.error}</small>}
                  </div>
                  <HealthBadge ok={check.ok} />
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
