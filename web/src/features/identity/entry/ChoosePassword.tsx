// Where one-time links from a mail lead: accepting an invitation, and choosing a new password. Both ask for the same thing.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useAdoptSession } from "../../../api/session";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { t } from "../../../words/words";
import { EntryFrame } from "./EntryFrame";
import { takeFragment } from "./fragment";
import styles from "./entry.module.css";

export function AcceptInvitation() {
  const adopt = useAdoptSession();
  const navigate = useNavigate();
  const [token] = useState(takeFragment);
  return (
    <EntryFrame title={t("invitation.title")} lead={token === "" ? t("entry.no_link") : t("invitation.lead")}>
      {token !== "" && (
        <div className={styles.form}>
          <SchemaForm
            schema={requestSchema("invitations.accept")}
            only={["password"]}
            initial={{ token }}
            submitLabel={t("invitation.submit")}
            submit={async (values) => {
              const body = values as Schemas["InvitationAcceptance"];
              adopt(await answer(api.POST("/v1/session/invitation", { body })));
              void navigate("/account", { replace: true });
            }}
          />
        </div>
      )}
    </EntryFrame>
  );
}

export function ResetPassword() {
  const navigate = useNavigate();
  const [token] = useState(takeFragment);
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <EntryFrame title={t("password.changed")} lead={t("reset.done")}>
        <div className={styles.form}>
          <Button onClick={() => void navigate("/sign-in", { replace: true })}>{t("sign_in.title")}</Button>
        </div>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("reset.title")} lead={token === "" ? t("entry.no_link") : t("reset.lead")}>
      {token !== "" && (
        <div className={styles.form}>
          <SchemaForm
            schema={requestSchema("session.reset_password")}
            only={["password"]}
            initial={{ token }}
            submitLabel={t("password.change")}
            submit={async (values) => {
              await answer(api.POST("/v1/session/password-reset", { body: values as Schemas["PasswordReset"] }));
              setDone(true);
            }}
          />
        </div>
      )}
    </EntryFrame>
  );
}
