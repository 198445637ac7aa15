import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Confirm, Instant } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { IconFingerprint } from "../../../ui/icons";
import { Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { createPasskey, passkeysWork } from "../entry/webauthn";
import { RecoveryCodes } from "./RecoveryCodes";
import styles from "../identity.module.css";

type Passkey = Schemas["PasskeyInfo"];

// Passkeys sign in without a password and cannot be phished: they answer only to this address.
export function PasskeyPanel({ passkeys }: { passkeys: readonly Passkey[] }) {
  const [removing, setRemoving] = useState<Passkey | null>(null);
  return (
    <Panel title={t("passkeys.title")} lead={t("passkeys.lead")}>
      {passkeys.length > 0 && (
        <ul className={styles.rows}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div>
                {passkey.name}
                <small>
                  {t("tokens.last_used")} <Instant at={passkey.last_used_at} absent={t("tokens.never_used")} />
                </small>
              </div>
              <Button
                size="xs"
                variant="default"
                aria-label={t("passkeys.remove.named", { name: passkey.name })}
                onClick={() => setRemoving(passkey)}
              >
                {t("passkeys.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {passkeysWork() ? <AddPasskey /> : <p className={styles.none}>{t("passkeys.unsupported")}</p>}
      <RemovePasskey passkey={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}

function AddPasskey() {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: async () => {
      const options = await answer(api.POST("/v1/me/passkeys/options"));
      const credential = await createPasskey(options.public_key as object);
      return answer(api.POST("/v1/me/passkeys", { body: { name: name.trim(), credential } }));
    },
    onSuccess: async () => {
      say(t("passkeys.added", { name: name.trim() }));
      setName("");
      await queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  // The first second factor brings recovery codes.
  const codes = add.data?.codes ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <>
      {add.isError && <ProblemCard problem={problemOf(add.error)} />}
      <form className={styles.inline} onSubmit={submit}>
        <TextInput
          label={t("passkeys.name")}
          placeholder={t("passkeys.name.example")}
          required
          withAsterisk={false}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={add.isPending}
          leftSection={<IconFingerprint size={16} />}
          disabled={name.trim() === ""}
        >
          {t("passkeys.add")}
        </Button>
      </form>
      <Dialog title={t("recovery.title")} opened={codes.length > 0} onClose={add.reset}>
        <RecoveryCodes codes={codes} onDone={add.reset} />
      </Dialog>
    </>
  );
}

function RemovePasskey({ passkey, onClose }: { passkey: Passkey | null; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = async () => {
    if (passkey === null) return;
    await answer(api.DELETE("/v1/me/passkeys/{id}", { params: { path: { id: passkey.id } } }));
    await queries.invalidateQueries({ queryKey: ["me"] });
    say(t("passkeys.removed", { name: passkey.name }));
  };
  return (
    <Confirm
      title={t("passkeys.remove.title", { name: passkey?.name ?? "" })}
      act={t("passkeys.remove")}
      opened={passkey !== null}
      onClose={onClose}
      run={remove}
    >
      {t("passkeys.remove.lead")}
    </Confirm>
  );
}
