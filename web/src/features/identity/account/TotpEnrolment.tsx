import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { ShownOnce } from "../../../ui/bits";
import { Loaded } from "../../../ui/Loaded";
import { ProblemCard } from "../../../ui/ProblemCard";
import { QrCode } from "../../../ui/QrCode";
import { t } from "../../../words/words";
import { RecoveryCodes } from "./RecoveryCodes";
import styles from "../identity.module.css";

// Setting up an authenticator app: scan, prove with a code, keep the recovery codes.
export function TotpEnrolment({ onDone }: { onDone: () => void }) {
  const enrolment = useQuery({
    queryKey: ["me", "totp", "enrolment"],
    queryFn: () => answer(api.POST("/v1/me/totp")),
    staleTime: Infinity,
    gcTime: 0,
  });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return <Loaded from={enrolment}>{(secret) => <Prove secret={secret} onProved={setCodes} />}</Loaded>;
}

interface ProveProps {
  secret: Schemas["TotpSetup"];
  onProved: (codes: readonly string[]) => void;
}

function Prove({ secret, onProved }: ProveProps) {
  const [code, setCode] = useState("");
  const prove = useMutation({
    mutationFn: () => answer(api.POST("/v1/me/totp/confirm", { body: { code } })),
    onSuccess: ({ codes }) => onProved(codes),
    onError: () => setCode(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  return (
    <form className={styles.enrol} onSubmit={submit}>
      <QrCode className={styles.qr} text={secret.uri} label={t("totp.qr")} />
      <div>
        <p>{t("totp.scan")}</p>
        <ShownOnce secret={secret.secret} copyLabel={t("totp.copy")} />
        {prove.isError && <ProblemCard problem={problemOf(prove.error)} />}
        <TextInput
          label={t("field.totp_code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={prove.isPending}>
            {t("totp.confirm")}
          </Button>
        </div>
      </div>
    </form>
  );
}
