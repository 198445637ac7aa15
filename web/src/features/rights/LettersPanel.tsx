// What people who ask are written, in the company's own words: chosen by text and language, looked at before it counts, and taken back.
import { Badge, Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { TextChoice } from "../../ui/TextChoice";
import { refuse, say, undoBy } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import styles from "./rights.module.css";

type Letter = Schemas["RequestText"];
type Words = Schemas["RequestTextWords"];

const queryKey = ["casework", "letters"];

export function LettersPanel() {
  const [name, setName] = useState<string>("mail_received");
  const [language, setLanguage] = useState<string>("en");
  const letters = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/rights/texts", { signal }))).items,
  });
  return (
    <Panel title={t("letters.title")} lead={t("letters.lead")}>
      <Loaded from={letters}>
        {(all) => {
          const chosen = all.find((one) => one.name === name && one.language === language);
          return (
            <>
              <TextChoice
                which={{
                  label: t("letters.which"),
                  all: all.map((one) => one.name),
                  nameOf: (value) => nameOf("letter", value),
                  value: name,
                  choose: setName,
                }}
                language={{
                  label: t("field.language"),
                  all: all.map((one) => one.language),
                  value: language,
                  choose: setLanguage,
                }}
              />
              {chosen !== undefined && <Editor key={`${name}/${language}/${chosen.version}`} letter={chosen} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

const pathOf = ({ name, language }: Letter) => ({ name, language });

function useSave() {
  const queries = useQueryClient();
  return async (letter: Letter, words: Words, tag: string) => {
    const params = { path: pathOf(letter), header: { "If-Match": tag } };
    await answer(api.PUT("/v1/rights/texts/{name}/{language}", { params, body: words }));
    await queries.invalidateQueries({ queryKey });
  };
}

function Editor({ letter }: { letter: Letter }) {
  const may = useMay();
  const save = useSave();
  const [draft, setDraft] = useState<Words>({ subject: letter.subject, text: letter.text });
  const placeholders = letter.placeholders.map((one) => `{${one}}`).join(", ");
  // What is being written is also what the preview shows.
  const written = (field: FieldControl, part: keyof Words) => ({
    ...field,
    value: typeof field.value === "string" ? field.value : "",
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((now) => ({ ...now, [part]: value }));
      field.onChange(value);
    },
  });
  return (
    <>
      <p className={styles.text}>
        <Badge variant="light">{t(letter.is_own ? "letters.own" : "letters.built_in")}</Badge>{" "}
        {t("letters.placeholders", { placeholders })}
      </p>
      {may("rights.settings") ? (
        <SchemaForm
          schema={requestSchema("letters.set")}
          only={letter.subject === "" ? ["text"] : ["subject", "text"]}
          initial={{ subject: letter.subject, text: letter.text }}
          labels={{ subject: t("letters.subject"), text: t("letters.text") }}
          custom={{
            subject: (field) => <TextInput key="subject" {...written(field, "subject")} maxLength={200} />,
            text: (field) => <Textarea key="text" {...written(field, "text")} autosize minRows={6} maxLength={5000} />,
          }}
          submitLabel={t("letters.save")}
          submit={async (values) => {
            await save(letter, values as unknown as Words, `"v${letter.version}"`);
            say(t("letters.saved"));
          }}
        />
      ) : (
        <>
          {letter.subject !== "" && <p className={styles.text}>{letter.subject}</p>}
          <p className={styles.letter}>{letter.text}</p>
        </>
      )}
      <Preview letter={letter} draft={draft} />
      {letter.is_own && may("rights.settings") && <TakeBack letter={letter} />}
    </>
  );
}

function Preview({ letter, draft }: { letter: Letter; draft: Words }) {
  const preview = useMutation({
    mutationFn: () =>
      answer(api.POST("/v1/rights/texts/{name}/{language}/preview", { params: { path: pathOf(letter) }, body: draft })),
  });
  return (
    <div>
      <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
        {t("letters.preview")}
      </Button>
      {preview.isError && <ProblemCard problem={problemOf(preview.error)} />}
      {preview.data !== undefined && (
        <section aria-label={t("letters.preview.of")} className={styles.preview}>
          {preview.data.subject !== "" && <strong>{preview.data.subject}</strong>}
          <p className={styles.letter}>{preview.data.text}</p>
        </section>
      )}
    </div>
  );
}

function TakeBack({ letter }: { letter: Letter }) {
  const queries = useQueryClient();
  const save = useSave();
  const reset = useMutation({
    mutationFn: () => answer(api.DELETE("/v1/rights/texts/{name}/{language}", { params: { path: pathOf(letter) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey });
      say(
        t("letters.reset.said"),
        undoBy(() => save(letter, { subject: letter.subject, text: letter.text }, '"v0"')),
      );
    },
    onError: refuse,
  });
  return (
    <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
      {t("letters.reset")}
    </Button>
  );
}
