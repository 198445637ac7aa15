// Ways to the portal from the company's own pages: a link or button to paste, and a link made for one person, sealed and expiring.
import { Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { portalAddressQuery } from "../../api/portalAddress";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { CopyButton, ExactInstant } from "../../ui/bits";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { inPlace } from "../../ui/inPlace";
import { Panel } from "../../ui/Page";
import { nameOf, t } from "../../words/words";
import styles from "./settings.module.css";

const rights = [
  "access",
  "portability",
  "correction",
  "erasure",
  "restriction",
  "objection",
  "consent_withdrawal",
] as const;

export function PortalLinksPanel() {
  const may = useMay();
  const { data: address } = useQuery(portalAddressQuery);
  return (
    <Panel title={t("portal_links.title")} lead={t("portal_links.lead")}>
      {address === "" && <p>{t("portal_links.off")}</p>}
      {address && <Snippets address={address} />}
      {address && may("rights.link") && <PersonalLink />}
    </Panel>
  );
}

function Snippets({ address }: { address: string }) {
  const [right, setRight] = useState<string | null>(null);
  const query = right === null ? "" : `?right=${right}`;
  const words = t("portal_links.words");
  const link = `<a href="${address}/ask${query}">${words}</a>`;
  const button = `<a href="${address}/ask${query}" style="display:inline-block;padding:.75em 1.25em;border-radius:.5em;background:#1b6f5d;color:#fff;text-decoration:none;font:inherit">${words}</a>`;
  return (
    <div className={styles.snippets}>
      <Select
        label={t("portal_links.right")}
        description={t("portal_links.right.help")}
        clearable
        comboboxProps={inPlace}
        data={rights.map((value) => ({ value, label: nameOf("choice.right", value) }))}
        value={right}
        onChange={setRight}
      />
      <Snippet label={t("portal_links.link")} text={link} />
      <Snippet label={t("portal_links.button")} text={button} />
    </div>
  );
}

function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Textarea
        label={label}
        readOnly
        autosize={false}
        rows={3}
        value={text}
        classNames={{ input: styles.code ?? "" }}
      />
      <CopyButton text={text} label={t("portal_links.copy", { what: label })} />
    </div>
  );
}

function PersonalLink() {
  const [link, setLink] = useState<Schemas["PortalLink"] | null>(null);
  return (
    <>
      <h3>{t("portal_links.personal")}</h3>
      <p>{t("portal_links.personal.help")}</p>
      <SchemaForm
        schema={requestSchema("portal.link")}
        only={["email", "law", "right", "language", "valid_hours"]}
        initial={{ valid_hours: 72 }}
        labels={{ valid_hours: t("portal_links.valid_hours") }}
        submitLabel={t("portal_links.make")}
        submit={async (values) => {
          const body = values as unknown as Schemas["PortalLinkOrder"];
          setLink(await answer(api.POST("/v1/rights/portal-links", { body })));
        }}
      />
      {link !== null && (
        <div role="status">
          <Snippet label={t("portal_links.made")} text={link.url} />
          <p>
            {t("portal_links.until")} <ExactInstant at={link.expires_at} />
          </p>
        </div>
      )}
    </>
  );
}
