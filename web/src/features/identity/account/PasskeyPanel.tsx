import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { Confirm, Instant } from "../../../ui/bits";
import { IconFingerprint } from "../../../ui/icons";
import { Loaded } from "../../../ui/Loaded";
import { Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { createPasskey, passkeysWork } from "../entry/webauthn";
import { passkeysQuery } from "./me";
import styles from "../identity.module.css";

type Passkey = Schemas["Passkey"];

// Passkeys sign in without a password and cannot be phished: they answer only to this address.
export function PasskeyPanel() {
  const passkeys = useQuery(passkeysQuery);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  return (
    <Panel title={t("passkeys.title")} lead={t("passkeys.lead")}>
      <Loaded from={passkeys}>
        {(items) =>
          items.length > 0 && (
            <ul className={styles.rows}>
              {items.map((passkey) => (
                <li key={passkey.id}>
                  <div>
                    {passkey.name}
                    <small>
                      {t("tokens.last_used")} <Instant at={passkey.last_used_at} absent={t("tokens.never_used")} />
                    </small>
                  </div>
                  <Button size="xs" variant="default" onClick={() => setRemoving(passkey)}>
                    {t("passkeys.remove")}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
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
      const credential = await createPasskey(options.public_key);
      return answer(api.POST("/v1/me/passkeys", { body: { name, credential } }));
    },
    onSuccess: async (passkey) => {
      setName("");
      say(t("passkeys.added", { name: passkey.name }));
      await queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
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
