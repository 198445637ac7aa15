// Invitations that nobody has accepted yet: renewed when they expired or were lost, withdrawn when they were a mistake.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, page, type Schemas } from "../../../api/client";
import { Confirm, Instant, ShownOnce } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { Panel } from "../../../ui/Page";
import { refuse, say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import styles from "../identity.module.css";

type Invitation = Schemas["Invitation"];

export function Invitations() {
  const queries = useQueryClient();
  const [renewed, setRenewed] = useState<Invitation | null>(null);
  const refresh = () =>
    Promise.all(["users", "invitations"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const invitations = useQuery({
    queryKey: ["invitations"],
    queryFn: async ({ signal }) => (await page(api.GET("/v1/invitations", { signal }))).items,
  });
  const renew = useMutation({
    mutationFn: (id: string) => answer(api.POST("/v1/invitations/{id}/renew", { params: { path: { id } } })),
    onSuccess: async (invitation) => {
      setRenewed(invitation);
      await refresh();
    },
    onError: refuse,
  });
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const withdraw = async () => {
    if (withdrawing === null) return;
    await answer(api.DELETE("/v1/invitations/{id}", { params: { path: { id: withdrawing.id } } }));
    say(t("invitations.withdrawn"));
    await refresh();
  };
  const waiting = invitations.data ?? [];
  if (waiting.length === 0) return null;
  return (
    <Panel title={t("invitations.title")}>
      <ul className={styles.rows}>
        {waiting.map((invitation) => (
          <li key={invitation.id}>
            <div>
              {invitation.name}
              <small>
                {t("invitations.expires")} <Instant at={invitation.expires_at} />
              </small>
            </div>
            <div className={styles.buttons}>
              <Button size="xs" variant="default" onClick={() => renew.mutate(invitation.id)}>
                {t("invitations.renew")}
              </Button>
              <Button size="xs" variant="default" onClick={() => setWithdrawing(invitation)}>
                {t("invitations.withdraw")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Dialog title={t("invitations.renew")} opened={renewed !== null} onClose={() => setRenewed(null)}>
        {renewed !== null && <InvitationSent invitation={renewed} onClose={() => setRenewed(null)} />}
      </Dialog>
      <Confirm
        title={t("invitations.withdraw.title", { name: withdrawing?.name ?? "" })}
        act={t("invitations.withdraw.act")}
        opened={withdrawing !== null}
        onClose={() => setWithdrawing(null)}
        run={withdraw}
      >
        {t("invitations.withdraw.lead")}
      </Confirm>
    </Panel>
  );
}

export function InvitationSent({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  return (
    <div className={styles.stack}>
      <p>{t("users.invited", { name: invitation.name })}</p>
      {invitation.link != null && <ShownOnce secret={invitation.link} copyLabel={t("action.copy_link")} />}
      <div>
        <Button onClick={onClose}>{t("action.done")}</Button>
      </div>
    </div>
  );
}
