// What the public portal says in the company's own words: chosen by place and language, looked at in both themes while it is written, and
// taken back to the built-in words.
import { Badge, Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { TextChoice } from "../../ui/TextChoice";
import { refuse, say, undoBy } from "../../ui/toasts";
import { paragraphsOf } from "../../words/formatted";
import { nameOf, t } from "../../words/words";
import { PortalSample, type Face } from "./PortalSample";
import styles from "./settings.module.css";

type Text = Schemas["PortalText"];

const queryKey = ["settings", "portal", "texts"];
const textLengthMax = 2000;

export function PortalTextsPanel({ face }: { face: Face }) {
  const [place, setPlace] = useState("start_lead");
  const [language, setLanguage] = useState("en");
  const texts = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/settings/portal/texts", { signal }))).items,
  });
  return (
    <Panel title={t("portal_texts.title")} lead={t("portal_texts.lead")}>
      <Loaded from={texts}>
        {(all) => {
          const chosen = all.find((one) => one.place === place && one.language === language);
          const isOwn = (value: string) => all.some((one) => one.place === value && one.is_own);
          const nameOfPlace = (value: string) =>
            isOwn(value)
              ? t("portal_texts.place.own", { place: nameOf("portal_place", value) })
              : nameOf("portal_place", value);
          return (
            <>
              <TextChoice
                which={{
                  label: t("portal_texts.place"),
                  all: all.map((one) => one.place),
                  nameOf: nameOfPlace,
                  value: place,
                  choose: setPlace,
                }}
                language={{
                  label: t("portal_texts.language"),
                  all: all.map((one) => one.language),
                  value: language,
                  choose: setLanguage,
                }}
              />
              {chosen !== undefined && (
                <Editor key={`${place}/${language}/${chosen.version}`} text={chosen} face={face} />
              )}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function useSave() {
  const queries = useQueryClient();
  return async ({ place, language }: Text, words: string, version: number) => {
    const params = { path: { place, language }, header: { "If-Match": `"v${version}"` } };
    await answer(api.PUT("/v1/settings/portal/texts/{place}/{language}", { params, body: { text: words } }));
    await queries.invalidateQueries({ queryKey });
  };
}

function Editor({ text, face }: { text: Text; face: Face }) {
  const may = useMay();
  const save = useSave();
  const [draft, setDraft] = useState(text.text);
  return (
    <>
      <p className={styles.standing}>
        <Badge variant="light">{t(text.is_own ? "portal_texts.own" : "portal_texts.built_in")}</Badge>
      </p>
      {may("settings.write") && (
        <SchemaForm
          schema={requestSchema("portal_texts.set")}
          only={["text"]}
          initial={{ text: text.text }}
          labels={{ text: t("portal_texts.text") }}
          custom={{
            text: (field) => (
              <Textarea
                key="text"
                {...field}
                lang={text.language}
                description={t("portal_texts.text.help")}
                autosize
                minRows={4}
                maxLength={textLengthMax}
                value={typeof field.value === "string" ? field.value : ""}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setDraft(value);
                  field.onChange(value);
                }}
              />
            ),
          }}
          submitLabel={t("portal_texts.save")}
          submit={async (values) => {
            await save(text, String(values["text"] ?? ""), text.version);
            say(t("portal_texts.saved"));
          }}
        />
      )}
      <section aria-label={t("portal_texts.preview")} className={styles.preview}>
        <h3>{t("portal_texts.preview")}</h3>
        <div className={styles.themes}>
          {(["light", "dark"] as const).map((theme) => (
            <PortalSample key={theme} face={face} theme={theme}>
              <div lang={text.language}>
                <Formatted text={draft} />
              </div>
            </PortalSample>
          ))}
        </div>
      </section>
      {text.is_own && (
        <>
          <details className={styles.builtIn}>
            <summary>{t("portal_texts.built_in.show")}</summary>
            <p lang={text.language}>{text.built_in === "" ? t("portal_texts.nothing") : text.built_in}</p>
          </details>
          {may("settings.write") && <TakeBack text={text} />}
        </>
      )}
    </>
  );
}

// As the portal draws it; its links are not followed from here.
function Formatted({ text }: { text: string }) {
  const paragraphs = paragraphsOf(text);
  if (paragraphs.length === 0) return <p>{t("portal_texts.nothing")}</p>;
  return paragraphs.map((pieces, at) => (
    <p key={at} className={styles.paragraph}>
      {pieces.map((piece, index) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <span key={index} className={styles.sampleLink} title={piece.href}>
            {piece.words}
          </span>
        ),
      )}
    </p>
  ));
}

function TakeBack({ text }: { text: Text }) {
  const queries = useQueryClient();
  const save = useSave();
  const { place, language } = text;
  const reset = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/v1/settings/portal/texts/{place}/{language}", { params: { path: { place, language } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey });
      say(
        t("portal_texts.reset.said"),
        undoBy(() => save(text, text.text, 0)),
      );
    },
    onError: refuse,
  });
  return (
    <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
      {t("portal_texts.reset")}
    </Button>
  );
}
