// The first visit, by the one-time link that the server printed: the organization and its first administrator, then a second
// factor, then in.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useAdoptSession, type Session } from "../../../api/session";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { TimeZoneField } from "../../../ui/form/TimeZoneField";
import { LinesSkeleton, Loaded } from "../../../ui/Loaded";
import { t } from "../../../words/words";
import { TotpEnrolment } from "../account/TotpEnrolment";
import { EntryFrame } from "./EntryFrame";
import { takeFragment } from "./fragment";
import styles from "./entry.module.css";

type Step = { at: "account" } | { at: "second_factor" };

export default function SetUp() {
  const [step, setStep] = useState<Step>({ at: "account" });
  const [token] = useState(takeFragment);
  const state = useQuery({
    queryKey: ["setup"],
    queryFn: ({ signal }) => answer(api.GET("/v1/setup", { signal })),
    staleTime: Infinity,
  });
  if (step.at === "second_factor") return <SecondFactorStep />;
  return (
    <Loaded
      from={state}
      skeleton={
        <EntryFrame title={t("setup.title")}>
          <LinesSkeleton />
        </EntryFrame>
      }
    >
      {({ needed }) => {
        if (!needed) return <AlreadyDone />;
        return <AccountStep token={token} onDone={() => setStep({ at: "second_factor" })} />;
      }}
    </Loaded>
  );
}

function AlreadyDone() {
  const navigate = useNavigate();
  return (
    <EntryFrame title={t("setup.done")} lead={t("setup.done.lead")}>
      <div className={styles.form}>
        <Button onClick={() => void navigate("/sign-in")}>{t("sign_in.title")}</Button>
      </div>
    </EntryFrame>
  );
}

function AccountStep({ token, onDone }: { token: string; onDone: () => void }) {
  const adopt = useAdoptSession();
  if (token === "") {
    return (
      <EntryFrame title={t("setup.title")} lead={t("setup.no_link")}>
        {null}
      </EntryFrame>
    );
  }
  return (
    <EntryFrame wide title={t("setup.title")} lead={t("setup.lead")} progress={[1, 2]}>
      <div className={styles.form}>
        <SchemaForm
          schema={requestSchema("setup.complete")}
          only={["organization", "time_zone", "name", "email", "password"]}
          initial={{ token, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }}
          labels={{ name: t("setup.your_name") }}
          custom={{ time_zone: (field) => <TimeZoneField key="time_zone" field={field} /> }}
          submitLabel={t("setup.submit")}
          submit={async (values) => {
            const session: Session = await answer(api.POST("/v1/setup", { body: values as Schemas["SetupRequest"] }));
            adopt(session);
            onDone();
          }}
        />
      </div>
    </EntryFrame>
  );
}

function SecondFactorStep() {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(false);
  const finish = () => void navigate("/", { replace: true });
  return (
    <EntryFrame wide title={t("setup.second_factor")} lead={t("setup.second_factor.lead")} progress={[2, 2]}>
      <div className={styles.form}>
        {wanted ? (
          <TotpEnrolment onDone={finish} />
        ) : (
          <>
            <Button onClick={() => setWanted(true)}>{t("totp.set_up")}</Button>
            <Button variant="subtle" color="gray" onClick={finish}>
              {t("setup.later")}
            </Button>
          </>
        )}
      </div>
    </EntryFrame>
  );
}
