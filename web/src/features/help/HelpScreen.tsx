// Where to find what: the keys of this console, the command line, the API, what is written elsewhere, and whom to ask. No page of the
// console leads to another origin, so documents are named, not linked.
import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { useMay } from "../../api/session";
import ShortcutList from "../../app/ShortcutList";
import { Page, Panel } from "../../ui/Page";
import { t } from "../../words/words";
import styles from "./help.module.css";

const commands = [
  ["privity --help", "help.terminal.all"],
  ["privity tasks list", "help.terminal.example"],
  ["privity tasks list --json", "help.terminal.json"],
  ["privity completion bash", "help.terminal.completion"],
  ["privity man", "help.terminal.man"],
] as const;

const guides = [
  ["sign-in.md", "help.guides.sign_in"],
  ["keys.md", "help.guides.keys"],
  ["checkpoints-outside.md", "help.guides.checkpoints"],
  ["scan-a-store.md", "help.guides.scan"],
  ["add-a-playbook.md", "help.guides.playbook"],
  ["configuration.md", "help.guides.configuration"],
  ["upgrade-and-support.md", "help.guides.upgrade"],
] as const;

export default function HelpScreen() {
  const may = useMay();
  return (
    <Page title={t("help.title")} lead={t("help.lead")} narrow>
      <Panel title={t("shortcuts.title")} lead={t("help.shortcuts.lead")}>
        <ShortcutList />
      </Panel>
      <Panel title={t("help.terminal")} lead={t("help.terminal.lead")}>
        <Named entries={commands} />
      </Panel>
      <Panel title={t("help.api")} lead={t("help.api.lead")}>
        <ul className={styles.links}>
          <li>
            <Anchor href="/v1/openapi.json">{t("help.api.document")}</Anchor>
          </li>
          {may("tokens.read") && (
            <li>
              <Anchor component={Link} to="/tokens">
                {t("tokens.title")}
              </Anchor>
            </li>
          )}
        </ul>
      </Panel>
      <Panel title={t("help.guides")} lead={t("help.guides.lead")}>
        <Named entries={guides} />
      </Panel>
      <Panel title={t("help.support")} lead={may("support.read") ? t("help.support.lead") : t("help.support.ask")}>
        {may("health.read") && (
          <Anchor component={Link} to="/health">
            {t("health.title")}
          </Anchor>
        )}
      </Panel>
    </Page>
  );
}

type Entries = typeof commands | typeof guides;

function Named({ entries }: { entries: Entries }) {
  return (
    <dl className={styles.named}>
      {entries.map(([name, words]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>{t(words)}</dd>
        </div>
      ))}
    </dl>
  );
}
