import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { Confirm, Instant } from "../../../ui/bits";
import { Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { ProviderButton } from "../entry/ProviderButton";
import { linkWith, offeredProvidersQuery } from "../entry/providers";
import { takeRefusal } from "../entry/refusal";
import styles from "../identity.module.css";

type Link = Schemas["ExternalLink"];

// Accounts at identity providers that open this one. Nothing is shown where the organization has no provider.
export function ProviderPanel({ links }: { links: readonly Link[] }) {
  const offered = useQuery(offeredProvidersQuery).data ?? [];
  const [removing, setRemoving] = useState<Link | null>(null);
  const [refusal] = useState(takeRefusal);
  const open = offered.filter(({ id }) => !links.some((link) => link.provider_id === id));
  if (links.length === 0 && open.length === 0) return null;
  return (
    <Panel title={t("linked_providers.title")} lead={t("linked_providers.lead")}>
      {refusal !== null && <ProblemCard problem={refusal} />}
      {links.length > 0 && (
        <ul className={styles.rows}>
          {links.map((link) => (
            <li key={link.provider_id}>
              <div>
                {link.provider_name}
                <small>
                  {t("linked_providers.since")} <Instant at={link.linked_at} />
                </small>
              </div>
              <Button
                size="xs"
                variant="default"
                aria-label={t("linked_providers.remove.named", { name: link.provider_name })}
                onClick={() => setRemoving(link)}
              >
                {t("linked_providers.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.stack}>
        {open.map((provider) => (
          <ProviderButton
            key={provider.id}
            label={t("linked_providers.add", { name: provider.name })}
            leave={() => linkWith(provider.id)}
          />
        ))}
      </div>
      <RemoveLink link={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}

function RemoveLink({ link, onClose }: { link: Link | null; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = async () => {
    if (link === null) return;
    await answer(api.DELETE("/v1/me/providers/{provider}", { params: { path: { provider: link.provider_id } } }));
    await queries.invalidateQueries({ queryKey: ["me"] });
    say(t("linked_providers.removed", { name: link.provider_name }));
  };
  return (
    <Confirm
      title={t("linked_providers.remove.title", { name: link?.provider_name ?? "" })}
      act={t("linked_providers.remove")}
      opened={link !== null}
      onClose={onClose}
      run={remove}
    >
      {t("linked_providers.remove.lead")}
    </Confirm>
  );
}
