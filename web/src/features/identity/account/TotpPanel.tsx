// The authenticator app: set up with a code, then the recovery codes, once.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Confirm } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import type { Me } from "./me";
import { RecoveryCodes } from "./RecoveryCodes";
import { TotpEnrolment } from "./TotpEnrolment";
import styles from "../identity.module.css";

export function TotpPanel({ me }: { me: Me }) {
  const [step, setStep] = useState<"none" | "enrol" | "remove">("none");
  const queries = useQueryClient();
  const close = () => {
    setStep("none");
    void queries.invalidateQueries({ queryKey: ["me"] });
  };
  const remove = async () => {
    await answer(api.DELETE("/v1/me/totp"));
    await queries.invalidateQueries({ queryKey: ["me"] });
    say(t("totp.removed"));
  };
  return (
    <Panel title={t("totp.title")} lead={me.totp ? t("totp.on") : t("totp.off")}>
      <div className={styles.buttons}>
        {me.totp ? (
          <>
            <NewRecoveryCodes left={me.recovery_codes_left} />
            <Button variant="default" size="xs" onClick={() => setStep("remove")}>
              {t("totp.remove")}
            </Button>
          </>
        ) : (
          <Button size="xs" onClick={() => setStep("enrol")}>
            {t("totp.set_up")}
          </Button>
        )}
      </div>
      <Dialog title={t("totp.set_up")} opened={step === "enrol"} onClose={close}>
        <TotpEnrolment onDone={close} />
      </Dialog>
      <Confirm
        title={t("totp.remove.title")}
        act={t("totp.remove")}
        opened={step === "remove"}
        onClose={() => setStep("none")}
        run={remove}
      >
        {t("totp.remove.lead")}
      </Confirm>
    </Panel>
  );
}

function NewRecoveryCodes({ left }: { left: number }) {
  const make = useMutation({ mutationFn: () => answer(api.POST("/v1/me/recovery-codes")) });
  return (
    <>
      <Button variant="default" size="xs" loading={make.isPending} onClick={() => make.mutate()}>
        {t("recovery.make_new", { count: left })}
      </Button>
      <Dialog title={t("recovery.title")} opened={make.isSuccess} onClose={make.reset}>
        <RecoveryCodes codes={make.data?.codes ?? []} onDone={make.reset} />
      </Dialog>
      {make.isError && <ProblemCard problem={problemOf(make.error)} />}
    </>
  );
}
