import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { SchemeChoice } from "../../../app/UserMenu";
import { density, setDensity, type Density } from "../../../ui/density";
import { Loaded } from "../../../ui/Loaded";
import { Page, Panel } from "../../../ui/Page";
import { t } from "../../../words/words";
import { meQuery } from "./me";
import { OwnSessions } from "./OwnSessions";
import { PasskeyPanel } from "./PasskeyPanel";
import { PasswordPanel } from "./PasswordPanel";
import { ProviderPanel } from "./ProviderPanel";
import { ProfilePanel } from "./ProfilePanel";
import { TotpPanel } from "./TotpPanel";
import styles from "../identity.module.css";

export default function AccountScreen() {
  const me = useQuery(meQuery);
  return (
    <Page title={t("account.title")} lead={t("account.lead")}>
      <Loaded from={me}>
        {(loaded) => (
          <div className={styles.columns}>
            <div>
              <ProfilePanel me={loaded} />
              <TotpPanel me={loaded} />
              <PasskeyPanel passkeys={loaded.passkeys} />
              <ProviderPanel links={loaded.providers} />
              {loaded.has_password && <PasswordPanel />}
            </div>
            <div>
              <LookPanel />
              <OwnSessions />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function LookPanel() {
  return (
    <Panel title={t("look.title")} lead={t("look.lead")}>
      <div className={styles.look}>
        <span>{t("look.scheme")}</span>
        <SchemeChoice />
        <span>{t("look.density")}</span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t("look.density")}
          value={density.use()}
          onChange={(value) => setDensity(value as Density)}
          data={[
            { value: "comfortable", label: t("look.density.comfortable") },
            { value: "compact", label: t("look.density.compact") },
          ]}
        />
      </div>
    </Panel>
  );
}
