// A text or a table goes in; what was found in a text is marked, and what went in comes out without it. Nothing is kept: neither on the server nor in
// the address, the browser's storage or the cache of queries.
import { Button, PasswordInput, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { CopyButton } from "../../ui/bits";
import { IconEyeOff } from "../../ui/icons";
import { Page, Panel } from "../../ui/Page";
import { EmptyState, ProblemCard } from "../../ui/ProblemCard";
import { Verbatim } from "../../ui/Verbatim";
import { nameOf, t } from "../../words/words";
import { countsOf, piecesOf } from "./pieces";
import styles from "./redaction.module.css";

type Manner = Schemas["RedactionRequest"]["manner"];
type Result = Schemas["RedactionResult"];

const manners: readonly Manner[] = ["label", "mask", "pseudonym", "format"];
const needsKey = (manner: Manner) => manner === "pseudonym" || manner === "format";
const forms = ["text", "csv"] as const;
type Form = (typeof forms)[number];
const charactersMax: Record<Form, number> = { text: 100_000, csv: 500_000 };

interface Asked {
  readonly text: string;
  readonly form: Form;
  readonly manner: Manner;
  readonly key: string;
}

async function redact({ text, form, manner, key }: Asked): Promise<{ asked: Asked; result: Result }> {
  const body = { [form]: text, manner, ...(needsKey(manner) ? { key } : {}) };
  return { asked: { text, form, manner, key: "" }, result: await answer(api.POST("/v1/redact", { body })) };
}

export default function RedactScreen() {
  const redaction = useMutation({ mutationFn: redact, gcTime: 0 });
  return (
    <Page title={t("redaction.title")} lead={t("redaction.lead")}>
      <RedactForm busy={redaction.isPending} submit={(asked) => redaction.mutate(asked)} />
      <div aria-live="polite">
        {redaction.isIdle && (
          <EmptyState icon={<IconEyeOff size={28} />} title={t("redaction.none")}>
            {t("redaction.none.lead")}
          </EmptyState>
        )}
        {redaction.isPending && <p role="status">{t("redaction.looking")}</p>}
        {redaction.isError && <ProblemCard problem={problemOf(redaction.error)} />}
        {redaction.isSuccess && <Answer asked={redaction.data.asked} result={redaction.data.result} />}
      </div>
    </Page>
  );
}

function RedactForm({ busy, submit }: { busy: boolean; submit: (asked: Asked) => void }) {
  const [text, setText] = useState("");
  const [form, setForm] = useState<Form>("text");
  const [manner, setManner] = useState<Manner>("label");
  const [key, setKey] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit({ text, form, manner, key });
  };
  return (
    <Panel title={t("redaction.text")} lead={t("redaction.text.lead")}>
      <form className={styles.form} onSubmit={send}>
        <Select
          label={t("redaction.form")}
          description={nameOf("redaction_form_help", form)}
          allowDeselect={false}
          data={forms.map((value) => ({ value, label: nameOf("redaction_form", value) }))}
          value={form}
          onChange={(value) => setForm(forms.find((each) => each === value) ?? "text")}
        />
        <Textarea
          label={nameOf("redaction_form", form)}
          rows={10}
          maxLength={charactersMax[form]}
          required
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label={t("redaction.manner")}
          description={nameOf("redaction_manner_help", manner)}
          allowDeselect={false}
          data={manners.map((value) => ({ value, label: nameOf("redaction_manner", value) }))}
          value={manner}
          onChange={(value) => setManner(manners.find((each) => each === value) ?? "label")}
        />
        {needsKey(manner) && (
          <PasswordInput
            label={t("redaction.key")}
            description={t("redaction.key.help")}
            required
            autoComplete="off"
            maxLength={64}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit" loading={busy} disabled={text.trim() === ""}>
            {t("redaction.run")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Answer({ asked, result }: { asked: Asked; result: Result }) {
  const redacted = result.text ?? result.csv ?? "";
  return (
    <>
      <Panel title={t("redaction.found")} lead={t("redaction.found.lead", { count: result.replaced })}>
        {asked.form === "text" && <Found text={asked.text} result={result} />}
      </Panel>
      <Panel title={t("redaction.redacted")} actions={<CopyButton text={redacted} label={t("redaction.copy")} />}>
        <Verbatim label={t("redaction.redacted")}>{redacted}</Verbatim>
      </Panel>
    </>
  );
}

function Found({ text, result }: { text: string; result: Result }) {
  return (
    <>
      <ul className={styles.counts} aria-label={t("redaction.kinds")}>
        {countsOf(result.spans).map(([entity, count]) => (
          <li key={entity}>
            {nameOf("entity", entity)} <strong>{count}</strong>
          </li>
        ))}
      </ul>
      <div className={styles.marked} tabIndex={0} role="group" aria-label={t("redaction.marked")}>
        {piecesOf(text, result.spans).map((piece) =>
          piece.span === undefined ? (
            <span key={piece.at}>{piece.text}</span>
          ) : (
            <mark key={piece.at} title={`${nameOf("entity", piece.span.entity)} · ${piece.span.category}`}>
              {piece.text}
            </mark>
          ),
        )}
      </div>
    </>
  );
}
