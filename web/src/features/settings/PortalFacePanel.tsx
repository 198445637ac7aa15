// How the public portal looks: name, logo, colors, with a preview that follows what is typed. The server refuses what cannot be read or
// could act. Below it, what the portal says.
import { Button, FileButton, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { answer, answerWithTag, api, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { t } from "../../words/words";
import { PortalSample, type Face } from "./PortalSample";
import { PortalTextsPanel } from "./PortalTextsPanel";
import styles from "./settings.module.css";

const logoKinds = "image/png,image/jpeg,image/webp";

export function PortalFacePanel({ organization }: { organization: string }) {
  const face = useQuery({
    queryKey: ["settings", "portal"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/settings/portal", { signal })),
  });
  return (
    <>
      <Panel title={t("portal_face.title")} lead={t("portal_face.lead")}>
        <Loaded from={face}>
          {(tagged) => (
            <FaceForm
              key={tagged.etag}
              tagged={tagged}
              organization={organization}
              reload={() => void face.refetch()}
            />
          )}
        </Loaded>
      </Panel>
      {face.data !== undefined && <PortalTextsPanel face={face.data.value} />}
    </>
  );
}

function FaceForm(props: { tagged: Tagged<Face>; organization: string; reload: () => void }) {
  const { tagged, organization, reload } = props;
  const may = useMay();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Face>(tagged.value);
  if (!may("settings.write")) return <Preview face={shown} organization={organization} />;
  // The preview follows every field that it shows.
  const followed = (name: keyof Face, draw: (field: FieldControl) => ReactNode) => (field: FieldControl) =>
    draw({
      ...field,
      onChange: (value) => {
        setShown((now) => ({ ...now, [name]: value }));
        field.onChange(value);
      },
    });
  return (
    <>
      <SchemaForm
        schema={requestSchema("portal.replace")}
        only={["name", "accent", "accent_dark", "logo", "show_holdings"]}
        initial={{ ...tagged.value }}
        labels={labels()}
        custom={{
          name: followed("name", (field) => <TextFace key="name" field={field} help={t("portal_face.name.help")} />),
          accent: followed("accent", (field) => (
            <TextFace key="accent" field={field} help={t("portal_face.accent.help")} />
          )),
          accent_dark: followed("accent_dark", (field) => (
            <TextFace key="accent_dark" field={field} help={t("portal_face.accent.help")} />
          )),
          logo: followed("logo", (field) => <LogoField key="logo" field={field} />),
        }}
        submitLabel={t("portal_face.save")}
        onReload={reload}
        submit={async (values) => {
          const body = { show_holdings: false, ...values } as Face;
          await answer(
            api.PUT("/v1/settings/portal", { params: { header: { "If-Match": tagged.etag ?? "*" } }, body }),
          );
          await queries.invalidateQueries({ queryKey: ["settings", "portal"] });
          say(t("portal_face.saved"));
        }}
      />
      <Preview face={shown} organization={organization} />
    </>
  );
}

function labels(): Record<string, string> {
  return {
    name: t("portal_face.name"),
    accent: t("portal_face.accent"),
    accent_dark: t("portal_face.accent_dark"),
    logo: t("portal_face.logo"),
    show_holdings: t("portal_face.show_holdings"),
  };
}

function TextFace({ field, help }: { field: FieldControl; help: string }) {
  const { value, onChange, ...rest } = field;
  const text = typeof value === "string" ? value : "";
  const change = (typed: string) => onChange(typed === "" ? undefined : typed);
  return (
    <TextInput {...rest} description={help} value={text} onChange={(event) => change(event.currentTarget.value)} />
  );
}

function LogoField({ field }: { field: FieldControl }) {
  const take = async (file: File | null) => {
    if (file === null) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    field.onChange(`data:${file.type};base64,${btoa(text)}`);
  };
  return (
    <div role="group" aria-label={field.label} className={styles.logo}>
      <p>
        <strong>{field.label}</strong>
        <small>{t("portal_face.logo.help")}</small>
      </p>
      <FileButton accept={logoKinds} onChange={(file) => void take(file)}>
        {(button) => (
          <Button {...button} id={field.id} variant="default">
            {t("portal_face.logo.choose")}
          </Button>
        )}
      </FileButton>
      {typeof field.value === "string" && (
        <Button variant="subtle" onClick={() => field.onChange(undefined)}>
          {t("portal_face.logo.remove")}
        </Button>
      )}
    </div>
  );
}

function Preview({ face, organization }: { face: Face; organization: string }) {
  const name = face.name ?? organization;
  return (
    <section aria-label={t("portal_face.preview")} className={styles.preview}>
      <h3>{t("portal_face.preview")}</h3>
      <div className={styles.themes}>
        {(["light", "dark"] as const).map((theme) => (
          <PortalSample key={theme} face={face} theme={theme}>
            <p className={styles.brand}>
              {face.logo != null && <img src={face.logo} alt="" />}
              {name}
            </p>
            <p>{t("portal_face.preview.lead", { name })}</p>
            <span className={styles.sampleLink}>{t("portal_face.preview.link")}</span>
            <span className={styles.sampleButton}>{t("portal_face.preview.button")}</span>
          </PortalSample>
        ))}
      </div>
    </section>
  );
}
