import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Facts, Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { t } from "../../../words/words";
import styles from "../identity.module.css";

// Whether this server and the provider can talk, before anybody depends on it.
export function ConnectionPanel({ id }: { id: string }) {
  const test = useMutation({
    mutationFn: () => answer(api.POST("/v1/identity-providers/{id}/test", { params: { path: { id } } })),
  });
  return (
    <Panel title={t("providers.test.title")} lead={t("providers.test.lead")}>
      <div className={styles.stack}>
        {test.isError && <ProblemCard problem={problemOf(test.error)} />}
        <div role="status">{test.isSuccess && <Found check={test.data} />}</div>
        <div>
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {t("providers.test")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Found({ check }: { check: Schemas["OidcCheck"] }) {
  return (
    <>
      <p>{t("providers.test.well")}</p>
      <Facts
        facts={[
          [t("providers.test.authorization"), check.authorization_endpoint],
          [t("providers.test.token"), check.token_endpoint],
          [t("providers.test.keys"), check.keys],
          [
            t("providers.test.issuer"),
            check.answers_with_issuer ? t("providers.test.issuer.yes") : t("providers.test.issuer.no"),
          ],
        ]}
      />
    </>
  );
}
