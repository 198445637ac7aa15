// The ways to prove that it is still the same person: what their account has.
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { settleProof } from "../../../api/proof";
import { IconFingerprint } from "../../../ui/icons";
import { LinesSkeleton, Loaded } from "../../../ui/Loaded";
import { ProblemCard } from "../../../ui/ProblemCard";
import { t } from "../../../words/words";
import { meQuery, type Me } from "../account/me";
import { ProviderButton } from "../entry/ProviderButton";
import { signInWith } from "../entry/providers";
import { passkeysWork, signWithPasskey } from "../entry/webauthn";
import styles from "../identity.module.css";

export default function ProofWays() {
  const me = useQuery(meQuery);
  return (
    <div className={styles.stack}>
      <p>{t("proof_again.lead")}</p>
      <Loaded from={me} skeleton={<LinesSkeleton lines={2} />}>
        {(loaded) => (
          <>
            {(loaded.has_password || loaded.totp) && <Typed me={loaded} />}
            {loaded.passkeys.length > 0 && passkeysWork() && <ByPasskey />}
            <ByProvider me={loaded} />
          </>
        )}
      </Loaded>
    </div>
  );
}

// A provider proves by signing in anew: one comes back to this page, and does the step again there.
function ByProvider({ me }: { me: Me }) {
  const here = window.location.pathname + window.location.search;
  return me.providers.map((link) => (
    <ProviderButton
      key={link.provider_id}
      label={t("sign_in.provider", { name: link.provider_name })}
      leave={() => signInWith(link.provider_id, here)}
    />
  ));
}

function Typed({ me }: { me: Me }) {
  const [text, setText] = useState("");
  const prove = useMutation({
    mutationFn: () =>
      me.has_password
        ? answer(api.POST("/v1/me/proof/password", { body: { password: text } }))
        : answer(api.POST("/v1/me/proof/totp", { body: { code: text } })),
    onSuccess: () => settleProof(true),
    onError: () => setText(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  const shared = {
    required: true,
    withAsterisk: false,
    "data-autofocus": true,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
  };
  return (
    <form className={styles.stack} onSubmit={submit}>
      {prove.isError && <ProblemCard problem={problemOf(prove.error)} />}
      {me.has_password ? (
        <PasswordInput
          {...shared}
          label={t("field.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("action.show_password") }}
        />
      ) : (
        <TextInput {...shared} label={t("field.totp_code")} inputMode="numeric" autoComplete="one-time-code" />
      )}
      <div>
        <Button type="submit" loading={prove.isPending}>
          {t("proof_again.submit")}
        </Button>
      </div>
    </form>
  );
}

function ByPasskey() {
  const prove = useMutation({
    mutationFn: async () => {
      const options = await answer(api.POST("/v1/me/proof/passkey/options"));
      const credential = await signWithPasskey(options.public_key as object);
      await answer(api.POST("/v1/me/proof/passkey", { body: { credential } }));
    },
    onSuccess: () => settleProof(true),
  });
  return (
    <>
      {prove.isError && <ProblemCard problem={problemOf(prove.error)} />}
      <div>
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} />}
          loading={prove.isPending}
          onClick={() => prove.mutate()}
        >
          {t("sign_in.passkey")}
        </Button>
      </div>
    </>
  );
}
