import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { problemOf } from "../../api/problem";
import { useMay } from "../../api/session";
import { IconDownload } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { download } from "../../ui/table/csv";
import { nameOf, t } from "../../words/words";
import { HealthBadge, healthQuery } from "./health";
import styles from "./health.module.css";

export default function HealthScreen() {
  const health = useQuery(healthQuery);
  const may = useMay();
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
      {may("support.read") && <SupportPanel />}
    </Page>
  );
}

function SupportPanel() {
  const make = useMutation({
    mutationFn: () => answer(api.POST("/v1/support-bundle", { parseAs: "blob" })),
    onSuccess: (bundle) => download("privity-support.zip", bundle as unknown as Blob, "application/zip"),
  });
  return (
    <Panel
      title={t("health.support")}
      lead={t("health.support.help")}
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {t("health.support.download")}
        </Button>
      }
    >
      {make.isError && <ProblemCard problem={problemOf(make.error)} />}
    </Panel>
  );
}
