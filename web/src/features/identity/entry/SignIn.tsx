// Signing in: password and then a second factor, or a passkey, or the organization's identity provider. The server says which step
// comes next; this page draws that step.
import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Navigate, useLocation } from "react-router";
import { answer, api } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { useAdoptSession, useSession, type Session } from "../../../api/session";
import { IconFingerprint } from "../../../ui/icons";
import { LinesSkeleton, Loaded } from "../../../ui/Loaded";
import { ProblemCard } from "../../../ui/ProblemCard";
import { t } from "../../../words/words";
import { EntryForm } from "./EntryForm";
import { EntryFrame } from "./EntryFrame";
import { ProviderButton } from "./ProviderButton";
import { offeredProvidersQuery, signInWith } from "./providers";
import { refused, takeRefusal } from "./refusal";
import { passkeysWork, signWithPasskey } from "./webauthn";
import styles from "./entry.module.css";

export default function SignIn() {
  const session = useSession();
  return (
    <Loaded
      from={session}
      skeleton={
        <EntryFrame title={t("sign_in.title")}>
          <LinesSkeleton />
        </EntryFrame>
      }
    >
      {(data) => <Step session={data} />}
    </Loaded>
  );
}

function Step({ session }: { session: Session }) {
  const location = useLocation();
  switch (session.state) {
    case "signed_in":
      // Who came back refused while signed in wanted to link an account.
      return <Navigate to={refused() ? `/account${window.location.hash}` : whereTo(location.state)} replace />;
    case "second_factor":
      return <SecondFactor factors={session.second_factors} />;
    case "signed_out":
      return <FirstFactor to={whereTo(location.state)} />;
  }
}

// The address that led here, if it is one of ours: never an address from outside.
function whereTo(state: unknown): string {
  const from = typeof state === "object" && state !== null && "from" in state ? state.from : undefined;
  return typeof from === "string" && from.startsWith("/") && !from.startsWith("//") ? from : "/";
}

function FirstFactor({ to }: { to: string }) {
  const [refusal] = useState(takeRefusal);
  return (
    <EntryFrame title={t("sign_in.title")}>
      {refusal !== null && <ProblemCard problem={refusal} />}
      <PasswordForm />
      <OtherWays to={to} />
    </EntryFrame>
  );
}

function PasswordForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const adopt = useAdoptSession();
  const signIn = useMutation({
    mutationFn: () => answer(api.POST("/v1/session/password", { body: { email, password } })),
    onSuccess: adopt,
    onError: () => setPassword(""),
  });
  return (
    <EntryForm error={signIn.error} onSubmit={() => signIn.mutate()}>
      <TextInput
        label={t("field.email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("field.password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        visibilityToggleButtonProps={{ "aria-label": t("action.show_password") }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={signIn.isPending}>
        {t("sign_in.submit")}
      </Button>
      <Anchor component={Link} to="/forgotten-password" size="sm">
        {t("forgotten.title")}
      </Anchor>
    </EntryForm>
  );
}

function OtherWays({ to }: { to: string }) {
  const offered = useQuery(offeredProvidersQuery).data ?? [];
  if (!passkeysWork() && offered.length === 0) return null;
  return (
    <>
      <div className={styles.or}>{t("sign_in.or")}</div>
      <div className={styles.others}>
        {passkeysWork() && <PasskeyButton />}
        {offered.map((provider) => (
          <ProviderButton
            key={provider.id}
            label={t("sign_in.provider", { name: provider.name })}
            leave={() => signInWith(provider.id, to)}
          />
        ))}
      </div>
    </>
  );
}

function PasskeyButton() {
  const adopt = useAdoptSession();
  const signIn = useMutation({
    mutationFn: async () => {
      const options = await answer(api.POST("/v1/session/passkey/options"));
      const credential = await signWithPasskey(options.public_key as object);
      return answer(api.POST("/v1/session/passkey", { body: { credential } }));
    },
    onSuccess: adopt,
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFingerprint size={18} />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t("sign_in.passkey")}
      </Button>
      {signIn.isError && <ProblemCard problem={problemOf(signIn.error)} />}
    </>
  );
}

function SecondFactor({ factors }: { factors: readonly string[] }) {
  const [useRecovery, setUseRecovery] = useState(!factors.includes("totp"));
  return (
    <EntryFrame
      title={t("second_factor.title")}
      lead={useRecovery ? t("second_factor.recovery.lead") : t("second_factor.totp.lead")}
    >
      <CodeForm key={String(useRecovery)} kind={useRecovery ? "recovery" : "totp"} />
      {factors.includes("passkey") && passkeysWork() && (
        <>
          <div className={styles.or}>{t("sign_in.or")}</div>
          <div className={styles.others}>
            <PasskeyButton />
          </div>
        </>
      )}
      {factors.includes("totp") && (
        <Anchor component="button" type="button" mt="md" size="sm" onClick={() => setUseRecovery(!useRecovery)}>
          {useRecovery ? t("second_factor.use_totp") : t("second_factor.use_recovery")}
        </Anchor>
      )}
    </EntryFrame>
  );
}

function CodeForm({ kind }: { kind: "totp" | "recovery" }) {
  const [code, setCode] = useState("");
  const adopt = useAdoptSession();
  const check = useMutation({
    mutationFn: () =>
      kind === "totp"
        ? answer(api.POST("/v1/session/totp", { body: { code } }))
        : answer(api.POST("/v1/session/recovery-code", { body: { code } })),
    onSuccess: adopt,
    onError: () => setCode(""),
  });
  return (
    <EntryForm error={check.error} onSubmit={() => check.mutate()}>
      <TextInput
        label={kind === "totp" ? t("field.totp_code") : t("field.recovery_code")}
        autoComplete="one-time-code"
        inputMode={kind === "totp" ? "numeric" : "text"}
        required
        withAsterisk={false}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={check.isPending}>
        {t("second_factor.submit")}
      </Button>
    </EntryForm>
  );
}
