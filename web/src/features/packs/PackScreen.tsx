import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { Verbatim } from "../../ui/Verbatim";
import { nameOf, t } from "../../words/words";
import styles from "./packs.module.css";

type Pack = Schemas["PackView"];

export default function PackScreen() {
  const { kind = "", id = "", version = "" } = useParams();
  const pack = useQuery({
    queryKey: ["packs", kind, id, version],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/packs/{kind}/{id}", { params: { path: { kind, id }, query: { version } }, signal })),
  });
  return (
    <Page title={pack.data?.header.title ?? t("packs.one")} back={{ to: "/packs", label: t("packs.title") }}>
      <Loaded from={pack}>
        {(loaded) => (
          <>
            <PackFacts pack={loaded} />
            <Sources pack={loaded} />
            <Panel title={t("packs.text")}>
              <Verbatim label={t("packs.text")}>{loaded.text}</Verbatim>
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function PackFacts({ pack: { header, installed } }: { pack: Pack }) {
  return (
    <Panel title={t("packs.one")}>
      <Facts
        facts={[
          [t("packs.kind"), nameOf("pack_kind", header.kind)],
          [t("packs.id"), <code key="id">{header.id}</code>],
          [t("packs.version"), header.version],
          [t("packs.valid_from"), header.valid_from ?? t("packs.always")],
          [t("packs.origin"), nameOf("pack_origin", installed ? "installed" : "built_in")],
        ]}
      />
    </Panel>
  );
}

// Sources are shown, not linked: no page of the console leads to another origin.
function Sources({ pack }: { pack: Pack }) {
  return (
    <Panel title={t("packs.sources")} lead={t("packs.sources.lead")}>
      <ol className={styles.sources}>
        {pack.header.sources.map((source) => (
          <li key={source.title}>
            {source.title}
            {source.url != null && <small>{source.url}</small>}
            {source.read_on != null && <small>{t("packs.read_on", { day: source.read_on })}</small>}
            {source.note != null && <small>{source.note}</small>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
