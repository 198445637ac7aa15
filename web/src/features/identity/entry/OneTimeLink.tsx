// Where one-time links lead: accepting an invitation, and choosing a new password. The link is looked at first, so that one sees
// whose account it opens before anything is typed.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useAdoptSession } from "../../../api/session";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { Loaded } from "../../../ui/Loaded";
import { t } from "../../../words/words";
import { EntryFrame } from "./EntryFrame";
import { ProviderButton } from "./ProviderButton";
import { joinWith, offeredProvidersQuery } from "./providers";
import { takeFragment } from "./fragment";
import styles from "./entry.module.css";

export function AcceptInvitation() {
  return <OneTimeLink title={t("invitation.title")} lead={t("invitation.lead")} submitLabel={t("invitation.submit")} />;
}

export function ResetPassword() {
  return <OneTimeLink title={t("reset.title")} lead={t("reset.lead")} submitLabel={t("password.change")} />;
}

interface OneTimeLinkProps {
  title: string;
  lead: string;
  submitLabel: string;
}

function OneTimeLink({ title, lead, submitLabel }: OneTimeLinkProps) {
  const [token] = useState(takeFragment);
  const link = useQuery({
    queryKey: ["link"],
    queryFn: () => answer(api.POST("/v1/session/link/look", { body: { token } })),
    enabled: token !== "",
    gcTime: 0,
  });
  return (
    <EntryFrame title={title} lead={token === "" ? t("entry.no_link") : lead}>
      {token !== "" && (
        <div className={styles.form}>
          <Loaded from={link}>{(view) => <NewPassword token={token} view={view} submitLabel={submitLabel} />}</Loaded>
        </div>
      )}
    </EntryFrame>
  );
}

interface NewPasswordProps {
  token: string;
  view: Schemas["LinkView"];
  submitLabel: string;
}

function NewPassword({ token, view, submitLabel }: NewPasswordProps) {
  const adopt = useAdoptSession();
  const navigate = useNavigate();
  return (
    <>
      <p className={styles.whose}>
        {view.name} · {view.email} · {view.organization}
      </p>
      <SchemaForm
        schema={requestSchema("session.accept_link")}
        only={["password"]}
        initial={{ token }}
        submitLabel={submitLabel}
        submit={async (values) => {
          adopt(await answer(api.POST("/v1/session/link", { body: values as Schemas["LinkAcceptance"] })));
          // The sign-in page asks for the second factor where there is one, and else leads on.
          void navigate("/sign-in", { replace: true });
        }}
      />
      {view.kind === "invitation" && <JoinWithProvider token={token} />}
    </>
  );
}

// Who joins with a provider needs no password here.
function JoinWithProvider({ token }: { token: string }) {
  const offered = useQuery(offeredProvidersQuery).data ?? [];
  if (offered.length === 0) return null;
  return (
    <>
      <div className={styles.or}>{t("sign_in.or")}</div>
      <div className={styles.others}>
        {offered.map((provider) => (
          <ProviderButton
            key={provider.id}
            label={t("sign_in.provider", { name: provider.name })}
            leave={() => joinWith(provider.id, token)}
          />
        ))}
      </div>
    </>
  );
}
