// The proof of an entry, checked in this browser: nothing that the server says about itself decides. The verifier key is what the
// reader brings along; it is kept in the browser once given, because it is public and belongs to the installation.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api } from "../../api/client";
import { problemOf } from "../../api/problem";
import { check, type Verdict } from "../../proof/check";
import { parseVerifier } from "../../proof/note";
import { IconShieldCheck, IconShieldX } from "../../ui/icons";
import { Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { Verbatim } from "../../ui/Verbatim";
import { t } from "../../words/words";
import { keepVerifier, keptVerifier } from "./verifier";
import styles from "./ledger.module.css";

type Outcome = Verdict | { state: "no_verifier" };

interface Checked {
  readonly verdict: Outcome;
  // The very bytes that were hashed, for reading.
  readonly leaf: string;
}

export function ProofPanel({ index }: { index: number }) {
  const [key, setKey] = useState(keptVerifier);
  const run = useMutation({ mutationFn: () => fetchAndCheck(index, key) });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate();
  };
  return (
    <Panel title={t("proof.title")} lead={t("proof.lead")}>
      <form className={styles.proof} onSubmit={onSubmit}>
        <Textarea
          label={t("proof.verifier")}
          description={t("proof.verifier.help")}
          autosize={false}
          rows={2}
          spellCheck={false}
          value={key}
          error={run.data?.verdict.state === "no_verifier" ? t("proof.verifier.wrong") : undefined}
          onChange={(event) => {
            setKey(event.currentTarget.value);
            run.reset();
          }}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={run.isPending} leftSection={<IconShieldCheck size={16} />}>
            {t("proof.check")}
          </Button>
          {key === "" && <OwnKeyButton onKey={setKey} />}
        </div>
      </form>
      {run.isError && <ProblemCard problem={problemOf(run.error)} />}
      {run.data !== undefined && run.data.verdict.state !== "no_verifier" && (
        <VerdictView verdict={run.data.verdict} leaf={run.data.leaf} />
      )}
    </Panel>
  );
}

async function fetchAndCheck(index: number, key: string): Promise<Checked> {
  const verifier = await parseVerifier(key);
  if (verifier === null) return { verdict: { state: "no_verifier" }, leaf: "" };
  keepVerifier(key);
  const proof = await answer(api.GET("/v1/ledger/entries/{index}/proof", { params: { path: { index } } }));
  const verdict = await check(proof, new TextEncoder().encode(proof.leaf), index, verifier);
  return { verdict, leaf: proof.leaf };
}

// Taking the key from the server that is being checked shows that it agrees with itself, and no more: the button says so.
function OwnKeyButton({ onKey }: { onKey: (key: string) => void }) {
  const checkpoint = useQuery({
    queryKey: ["ledger", "checkpoint"],
    queryFn: ({ signal }) => answer(api.GET("/v1/ledger/checkpoint", { signal })),
  });
  const own = checkpoint.data?.verifier;
  if (own == null) return null;
  return (
    <Button variant="default" onClick={() => onKey(own)}>
      {t("proof.use_own_key")}
    </Button>
  );
}

function VerdictView({ verdict, leaf }: { verdict: Verdict; leaf: string }) {
  if (verdict.state === "refuted") {
    return (
      <div className={styles.verdict} data-good={false} role="alert">
        <IconShieldX size={24} />
        <div>
          <strong>{t("proof.refuted")}</strong>
          <p>{t(`proof.refuted.${verdict.reason}`)}</p>
        </div>
      </div>
    );
  }
  return (
    <>
      <div className={styles.verdict} data-good role="status">
        <IconShieldCheck size={24} />
        <div>
          <strong>{t("proof.proved")}</strong>
          <p>
            {t("proof.proved.lead", {
              index: verdict.index,
              size: verdict.checkpoint.size,
              origin: verdict.checkpoint.origin,
            })}
          </p>
        </div>
      </div>
      <Verbatim label={t("proof.leaf")}>{leaf}</Verbatim>
    </>
  );
}
