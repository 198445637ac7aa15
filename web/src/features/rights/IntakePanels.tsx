// Other ways in: the mailbox whose letters become requests, and the company's gateway for codes by text message.
import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, answerWithTag, api, page, type Schemas, type Tagged } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import { useMay } from "../../api/session";
import { Instant } from "../../ui/bits";
import type { FieldControl } from "../../ui/form/fields";
import { SchemaForm } from "../../ui/form/SchemaForm";
import { Loaded } from "../../ui/Loaded";
import { inPlace } from "../../ui/inPlace";
import { Facts, Panel } from "../../ui/Page";
import { refuse, say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { problemText } from "./problems";
import { TextSetting } from "./TextSetting";
import styles from "./rights.module.css";

type MailIntake = Schemas["MailIntakeSettings"];
type Texts = Schemas["TextSettings"];

interface FormProps<Value> {
  tagged: Tagged<Value>;
  reload: () => void;
}

function yesOrNo(is: boolean | undefined): string {
  return t(is === true ? "fields.key.yes" : "fields.key.no");
}

export function MailIntakePanel() {
  const may = useMay();
  const intake = useQuery({
    queryKey: ["casework", "mail-intake"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/rights/mail-intake", { signal })),
  });
  return (
    <Panel title={t("intake.mail")} lead={t("intake.mail.lead")}>
      <Loaded from={intake}>
        {(tagged) => (
          <>
            <Facts facts={[[t("intake.mail.enabled"), yesOrNo(tagged.value.enabled)], ...outcome(tagged.value)]} />
            {may("rights.settings") && may("connections.read") && (
              <MailIntakeForm key={tagged.etag} tagged={tagged} reload={() => void intake.refetch()} />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function outcome(intake: MailIntake): (readonly [string, React.ReactNode])[] {
  if (intake.version === 0) return [];
  const read = intake.read_at == null ? t("intake.mail.never") : <Instant at={intake.read_at} />;
  return [
    [t("intake.mail.read_at"), read],
    [
      t("intake.mail.outcome"),
      t("intake.mail.counts", {
        requests: intake.requests ?? 0,
        messages: intake.messages ?? 0,
        left: intake.left_alone ?? 0,
      }),
    ],
    ...(intake.problem == null ? [] : [[t("intake.mail.problem"), problemText(intake.problem)] as const]),
  ];
}

function MailIntakeForm({ tagged, reload }: FormProps<MailIntake>) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("mail_intake.set")}
      only={["enabled", "connection", "folder", "law", "right", "language"]}
      initial={{ ...tagged.value }}
      labels={{
        enabled: t("intake.mail.enabled"),
        connection: t("intake.mail.connection"),
        folder: t("intake.mail.folder"),
        right: t("intake.mail.right"),
      }}
      custom={{ connection: (field) => <MailServerField key="connection" field={field} /> }}
      submitLabel={t("intake.mail.save")}
      onReload={reload}
      submit={async (values) => {
        const header = { "If-Match": tagged.etag ?? "*" };
        await answer(api.PUT("/v1/rights/mail-intake", { params: { header }, body: values as unknown as MailIntake }));
        await queries.invalidateQueries({ queryKey: ["casework"] });
        say(t("casework.saved"));
      }}
    />
  );
}

function MailServerField({ field }: { field: FieldControl }) {
  const { value, onChange, ...rest } = field;
  const connections = useQuery({
    queryKey: ["connections", "mail-servers"],
    queryFn: ({ signal }) => page(api.GET("/v1/connections", { signal })),
  });
  const servers = connections.data?.items.filter(({ kind }) => kind === "IMAP") ?? [];
  return (
    <Select
      {...rest}
      description={connections.isSuccess && servers.length === 0 ? t("intake.mail.none") : t("intake.mail.help")}
      comboboxProps={inPlace}
      data={servers.map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof value === "string" ? value : null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}

export function TextsPanel() {
  const may = useMay();
  const texts = useQuery({
    queryKey: ["casework", "text-gateway"],
    queryFn: ({ signal }) => answerWithTag(api.GET("/v1/rights/text-gateway", { signal })),
  });
  return (
    <Panel title={t("intake.texts")} lead={t("intake.texts.lead")}>
      <Loaded from={texts}>
        {(tagged) =>
          may("rights.settings") ? (
            <>
              <TextsForm key={tagged.etag} tagged={tagged} reload={() => void texts.refetch()} />
              {tagged.value.enabled && <TextTest />}
            </>
          ) : (
            <Facts
              facts={[
                [t("intake.texts.enabled"), yesOrNo(tagged.value.enabled)],
                [t("intake.texts.url"), tagged.value.url || "–"],
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function TextsForm({ tagged, reload }: FormProps<Texts>) {
  const queries = useQueryClient();
  const { enabled, url, prefixes } = tagged.value;
  return (
    <SchemaForm
      schema={requestSchema("texts.set")}
      only={["enabled", "url", "secret", "prefixes"]}
      initial={{ enabled, url, prefixes }}
      labels={{ enabled: t("intake.texts.enabled") }}
      custom={{
        url: (field) => (
          <TextSetting key="url" field={{ ...field, label: t("intake.texts.url") }} help={t("intake.texts.url.help")} />
        ),
        secret: (field) => <SecretField key="secret" field={field} isStored={tagged.value.has_secret === true} />,
        prefixes: (field) => <PrefixesField key="prefixes" field={field} />,
      }}
      submitLabel={t("intake.texts.save")}
      onReload={reload}
      submit={async (values) => {
        const header = { "If-Match": tagged.etag ?? "*" };
        const body = values as unknown as Schemas["TextSettingsChange"];
        await answer(api.PUT("/v1/rights/text-gateway", { params: { header }, body }));
        await queries.invalidateQueries({ queryKey: ["casework"] });
        say(t("casework.saved"));
      }}
    />
  );
}

function SecretField({ field, isStored }: { field: FieldControl; isStored: boolean }) {
  const { value, onChange, label: _, ...rest } = field;
  return (
    <TextInput
      {...rest}
      label={t("intake.texts.secret")}
      type="password"
      autoComplete="off"
      description={t(isStored ? "intake.texts.secret.stored" : "intake.texts.secret.help")}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

function PrefixesField({ field }: { field: FieldControl }) {
  const { value, onChange, label: _, ...rest } = field;
  return (
    <TagsInput
      {...rest}
      label={t("intake.texts.prefixes")}
      description={t("intake.texts.prefixes.help")}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={onChange}
    />
  );
}

function TextTest() {
  const [to, setTo] = useState("");
  const send = useMutation({
    mutationFn: () => answer(api.POST("/v1/rights/text-gateway/test", { body: { to } })),
    onSuccess: () => say(t("intake.texts.tested")),
    onError: refuse,
  });
  return (
    <form
      className={styles.inlineForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== "") send.mutate();
      }}
    >
      <TextInput
        label={t("intake.texts.test.to")}
        type="tel"
        autoComplete="tel"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={send.isPending}>
        {t("intake.texts.test")}
      </Button>
    </form>
  );
}

// What is kept of a request when its content is destroyed.
export function TracesPanel({ id }: { id: string }) {
  const traces = useQuery({
    queryKey: ["requests", id, "traces"],
    queryFn: ({ signal }) => page(api.GET("/v1/rights/requests/{id}/traces", { params: { path: { id } }, signal })),
  });
  return (
    <Panel title={t("traces.title")} lead={t("traces.lead")}>
      <Loaded from={traces}>
        {({ items }) => (
          <Facts
            facts={items.map(({ kind, count, personal }) => [
              nameOf("trace", kind),
              t(personal === true ? "traces.count.personal" : "traces.count", { count: count ?? 0 }),
            ])}
          />
        )}
      </Loaded>
    </Panel>
  );
}
