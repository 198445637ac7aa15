// How requests are worked on: whose holidays count, who approves, until when content is kept; which mailbox is read; how codes are
// texted; what people are written; and whose signed tokens prove people in the portal.
import { Button, TagsInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, answerWithTag, api, type Schemas, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { IconUsers } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Facts, Page, Panel } from "../../ui/Page";
import { say } from "../../ui/toasts";
import { t } from "../../words/words";
import { MailIntakePanel, TextsPanel } from "./IntakePanels";
import { LettersPanel } from "./LettersPanel";
import { TextSetting } from "./TextSetting";

type Settings = Schemas["RightsSettings"];
type Assertions = Schemas["AssertionSettings"];

export default function CaseworkScreen() {
  return (
    <Page
      title={t("casework.title")}
      lead={t("casework.lead")}
      back={{ to: "/requests", label: t("requests.title") }}
      actions={
        <Button component={Link} to="/agents" variant="default" leftSection={<IconUsers size={16} />}>
          {t("agents.title")}
        </Button>
      }
      narrow
    >
      <SettingsPanel />
      <MailIntakePanel />
      <TextsPanel />
      <LettersPanel />
      <AssertionsPanel />
    </Page>
  );
}

function SettingsPanel() {
  const may = useMay();
  const settings = useQuery({
    queryKey: ["casework", "settings"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/rights/settings", { signal })),
  });
  return (
    <Panel title={t("casework.requests")}>
      <Loaded from={settings}>
        {(tagged) =>
          may("rights.settings") ? (
            <SettingsForm key={tagged.etag} tagged={tagged} reload={() => void settings.refetch()} />
          ) : (
            <Facts
              facts={[
                [t("casework.place"), tagged.value.place ?? "–"],
                [t("casework.second_person"), yesOrNo(tagged.value.second_person)],
                [t("casework.keep_days"), tagged.value.keep_days ?? "–"],
                [t("casework.remember_days"), tagged.value.remember_days ?? "–"],
                [t("casework.pace"), tagged.value.records_per_minute ?? "–"],
                [t("casework.documents"), yesOrNo(tagged.value.documents)],
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function yesOrNo(is: boolean | undefined): string {
  return t(is === true ? "fields.key.yes" : "fields.key.no");
}

interface FormProps<Value> {
  tagged: Tagged<Value>;
  reload: () => void;
}

function SettingsForm({ tagged, reload }: FormProps<Settings>) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("requests.set")}
      only={["place", "second_person", "keep_days", "remember_days", "records_per_minute", "documents"]}
      initial={{ ...tagged.value }}
      labels={{
        second_person: t("casework.second_person"),
        keep_days: t("casework.keep_days"),
        remember_days: t("casework.remember_days"),
        records_per_minute: t("casework.pace"),
        documents: t("casework.documents"),
      }}
      helps={{
        remember_days: t("casework.remember_days.help"),
        records_per_minute: t("casework.pace.help"),
        documents: t("casework.documents.help"),
      }}
      custom={{
        place: (field) => (
          <TextSetting key="place" field={{ ...field, label: t("casework.place") }} help={t("casework.place.help")} />
        ),
      }}
      submitLabel={t("action.save")}
      onReload={reload}
      submit={async (values) => {
        const header = { "If-Match": tagged.etag ?? "*" };
        await answer(api.PUT("/v1/rights/settings", { params: { header }, body: values as unknown as Settings }));
        await queries.invalidateQueries({ queryKey: ["casework"] });
        say(t("casework.saved"));
      }}
    />
  );
}

function AssertionsPanel() {
  const may = useMay();
  const assertions = useQuery({
    queryKey: ["casework", "assertions"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/rights/assertions", { signal })),
  });
  return (
    <Panel title={t("casework.login")} lead={t("casework.login.lead")}>
      <Loaded from={assertions}>
        {(tagged) =>
          may("rights.settings") ? (
            <AssertionsForm key={tagged.etag} tagged={tagged} reload={() => void assertions.refetch()} />
          ) : (
            <Facts
              facts={[
                [t("casework.enabled"), yesOrNo(tagged.value.enabled)],
                [t("field.issuer"), tagged.value.issuer || "–"],
                [t("casework.audience"), tagged.value.audience || "–"],
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function AssertionsForm({ tagged, reload }: FormProps<Assertions>) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("assertions.set")}
      only={["enabled", "issuer", "audience", "keys", "email_claim", "identifier_claims"]}
      initial={{ ...tagged.value }}
      labels={{
        enabled: t("casework.enabled"),
        keys: t("casework.keys"),
        email_claim: t("casework.email_claim"),
        identifier_claims: t("casework.identifier_claims"),
      }}
      custom={{
        issuer: (field) => <TextSetting key="issuer" field={field} help={t("casework.issuer.help")} />,
        audience: (field) => (
          <TextSetting
            key="audience"
            field={{ ...field, label: t("casework.audience") }}
            help={t("casework.audience.help")}
          />
        ),
        identifier_claims: (field) => <ClaimsField key="identifier_claims" field={field} />,
      }}
      submitLabel={t("casework.login.save")}
      onReload={reload}
      submit={async (values) => {
        const header = { "If-Match": tagged.etag ?? "*" };
        await answer(api.PUT("/v1/rights/assertions", { params: { header }, body: values as unknown as Assertions }));
        await queries.invalidateQueries({ queryKey: ["casework"] });
        say(t("casework.saved"));
      }}
    />
  );
}

// "customer_number=sub": a kind of identifier, and the claim that holds it. What is no such pair is not taken.
function ClaimsField({ field }: { field: FieldControl }) {
  const { value, onChange, ...rest } = field;
  const pairs = Object.entries((value ?? {}) as Record<string, string>).map(([kind, claim]) => `${kind}=${claim}`);
  return (
    <TagsInput
      {...rest}
      description={t("casework.identifier_claims.help")}
      value={pairs}
      onChange={(typed) => onChange(Object.fromEntries(typed.map(pairOf).filter((pair) => pair !== null)))}
    />
  );
}

function pairOf(text: string): readonly [string, string] | null {
  const [kind = "", claim = ""] = text.split("=").map((part) => part.trim());
  return kind === "" || claim === "" ? null : [kind, claim];
}
