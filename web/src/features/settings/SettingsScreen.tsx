import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, answerWithTag, api, type Schemas, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { TimeZoneField } from "../../ui/form/TimeZoneField";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { showIn } from "../../words/dates";
import { t } from "../../words/words";
import { LanguageField } from "./LanguageField";
import { PortalFacePanel } from "./PortalFacePanel";
import { PortalLinksPanel } from "./PortalLinksPanel";

type Organization = Schemas["Organization"];

export default function SettingsScreen() {
  const may = useMay();
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/settings/organization", { signal })),
  });
  return (
    <Page title={t("settings.title")} lead={t("settings.lead")} narrow>
      <Loaded from={settings}>
        {(tagged) => (
          <>
            <Panel>
              {may("settings.write") ? (
                <OrganizationForm key={tagged.etag} tagged={tagged} reload={() => void settings.refetch()} />
              ) : (
                <OrganizationFacts organization={tagged.value} />
              )}
            </Panel>
            <PortalFacePanel organization={tagged.value.name} />
            <PortalLinksPanel />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function OrganizationForm({ tagged, reload }: { tagged: Tagged<Organization>; reload: () => void }) {
  const queries = useQueryClient();
  const { value, etag } = tagged;
  return (
    <SchemaForm
      schema={requestSchema("organization.replace")}
      only={["name", "time_zone", "language", "privacy_contact"]}
      initial={{ ...value }}
      custom={{
        time_zone: (field) => <TimeZoneField key="time_zone" field={field} />,
        language: (field) => <LanguageField key="language" field={field} />,
      }}
      submitLabel={t("action.save")}
      onReload={reload}
      submit={async (values) => {
        const body = values as Organization;
        const saved = await answer(
          api.PUT("/v1/settings/organization", { params: { header: { "If-Match": etag ?? "*" } }, body }),
        );
        showIn(saved.time_zone);
        await Promise.all([
          queries.invalidateQueries({ queryKey: ["settings"], exact: true }),
          queries.invalidateQueries({ queryKey: ["session"] }),
        ]);
        say(t("settings.saved"));
      }}
    />
  );
}

function OrganizationFacts({ organization }: { organization: Organization }) {
  return (
    <Facts
      facts={[
        [t("field.name"), organization.name],
        [t("field.time_zone"), organization.time_zone],
        [t("field.language"), organization.language],
        [t("field.privacy_contact"), organization.privacy_contact ?? "–"],
      ]}
    />
  );
}
