import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answer, api, type Schemas, type Tagged } from "../../../api/client";
import { problemOf } from "../../../api/problem";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Confirm, ShownOnce, StateBadge } from "../../../ui/bits";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import type { Values } from "../../../ui/form/schema";
import { Loaded } from "../../../ui/Loaded";
import { Facts, Page, Panel } from "../../../ui/Page";
import { ProblemCard } from "../../../ui/ProblemCard";
import { say, undoBy } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { providerQuery, providersQuery, type Provider } from "../queries";
import { ConnectionPanel } from "./ConnectionPanel";
import { SecretField } from "./SecretField";
import styles from "../identity.module.css";

type Request = Schemas["ProviderRequest"];
const back = { to: "/identity-providers", label: t("providers.title") };

export default function ProviderScreen() {
  const { id = "" } = useParams();
  return id === "new" ? <NewProvider /> : <ExistingProvider id={id} />;
}

function NewProvider() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <Page title={t("providers.create")} lead={t("providers.create.lead")} back={back} narrow>
      <div className={styles.stack}>
        <RedirectPanel />
        <Panel>
          <ProviderForm
            initial={{ networks: [], enabled: true }}
            hasSecret={false}
            submit={async (values) => {
              const made = await answer(api.POST("/v1/identity-providers", { body: values as Request }));
              await queries.invalidateQueries({ queryKey: ["providers"] });
              say(t("providers.saved", { name: made.name }));
              void navigate(`/identity-providers/${made.id}`, { replace: true });
            }}
          />
        </Panel>
      </div>
    </Page>
  );
}

function ExistingProvider({ id }: { id: string }) {
  const may = useMay();
  const provider = useQuery(providerQuery(id));
  const mayWrite = may("identity_providers.write");
  return (
    <Page
      title={provider.data?.value.name ?? t("providers.one")}
      back={back}
      actions={provider.data !== undefined && mayWrite && <Actions provider={provider.data.value} />}
    >
      <Loaded from={provider}>
        {(tagged) => (
          <div className={styles.columns}>
            <div>
              {mayWrite ? (
                <EditPanel key={tagged.etag} tagged={tagged} reload={() => void provider.refetch()} />
              ) : (
                <FactsPanel provider={tagged.value} />
              )}
            </div>
            <div>
              <RedirectPanel />
              {mayWrite && <ConnectionPanel key={tagged.etag} id={id} />}
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function RedirectPanel() {
  const providers = useQuery(providersQuery);
  return (
    <Panel title={t("providers.redirect")} lead={t("providers.redirect.lead")}>
      <Loaded from={providers}>
        {({ redirect_uri }) => <ShownOnce secret={redirect_uri} copyLabel={t("providers.copy_redirect")} />}
      </Loaded>
    </Panel>
  );
}

function FactsPanel({ provider }: { provider: Provider }) {
  return (
    <Panel title={t("providers.configuration")}>
      <Facts
        facts={[
          [t("field.issuer"), provider.issuer],
          [t("field.client_id"), provider.client_id],
          [t("providers.secret"), provider.has_secret ? t("providers.secret.kept") : t("providers.secret.none")],
          [t("field.networks"), provider.networks.join(", ") || "–"],
          [t("providers.people"), provider.people],
          [
            t("providers.state"),
            <StateBadge
              key="state"
              family="provider_state"
              value={provider.enabled ? "on" : "off"}
              tone={provider.enabled ? "good" : "quiet"}
            />,
          ],
        ]}
      />
    </Panel>
  );
}

function EditPanel({ tagged, reload }: { tagged: Tagged<Provider>; reload: () => void }) {
  const queries = useQueryClient();
  const { value: provider, etag } = tagged;
  return (
    <Panel title={t("providers.configuration")}>
      <ProviderForm
        initial={requestOf(provider)}
        hasSecret={provider.has_secret}
        onReload={reload}
        submit={async (values) => {
          await put(provider.id, values as Request, etag);
          await queries.invalidateQueries({ queryKey: ["providers"] });
          say(t("providers.saved", { name: String(values["name"]) }));
        }}
      />
    </Panel>
  );
}

// What was read, as it is sent back: without the secret, which then stays.
function requestOf({ name, issuer, client_id, networks, enabled }: Provider): Request & Values {
  return { name, issuer, client_id, networks, enabled };
}

function put(id: string, body: Request, etag: string | null): Promise<Provider> {
  const params = { path: { id }, header: { "If-Match": etag ?? "*" } };
  return answer(api.PUT("/v1/identity-providers/{id}", { params, body }));
}

interface ProviderFormProps {
  initial: Values;
  hasSecret: boolean;
  submit: (values: Values) => Promise<unknown>;
  onReload?: () => void;
}

function ProviderForm({ initial, hasSecret, submit, onReload }: ProviderFormProps) {
  return (
    <SchemaForm
      schema={requestSchema("identity_providers.create")}
      only={["name", "issuer", "client_id", "client_secret", "networks", "enabled"]}
      initial={initial}
      custom={{ client_secret: (field) => <SecretField key="client_secret" field={field} kept={hasSecret} /> }}
      submitLabel={t("action.save")}
      submit={submit}
      onReload={onReload}
    />
  );
}

function Actions({ provider }: { provider: Provider }) {
  return (
    <>
      <Switch provider={provider} />
      <Remove provider={provider} />
    </>
  );
}

// Switching off is one step back from switching on, so it is done at once.
function Switch({ provider }: { provider: Provider }) {
  const queries = useQueryClient();
  const set = async (enabled: boolean) => {
    await put(provider.id, { ...requestOf(provider), enabled }, null);
    await queries.invalidateQueries({ queryKey: ["providers"] });
  };
  // What was asked for goes along: by the time it is done, the provider is drawn anew.
  const flip = useMutation({
    mutationFn: set,
    onSuccess: (_done, enabled) =>
      say(
        t(enabled ? "providers.enabled" : "providers.disabled", { name: provider.name }),
        undoBy(() => set(!enabled)),
      ),
  });
  return (
    <>
      {flip.isError && <ProblemCard problem={problemOf(flip.error)} />}
      <Button variant="default" loading={flip.isPending} onClick={() => flip.mutate(!provider.enabled)}>
        {provider.enabled ? t("providers.disable") : t("providers.enable")}
      </Button>
    </>
  );
}

function Remove({ provider }: { provider: Provider }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await answer(api.DELETE("/v1/identity-providers/{id}", { params: { path: { id: provider.id } } }));
    say(t("providers.deleted", { name: provider.name }));
    void navigate("/identity-providers");
    await queries.invalidateQueries({ queryKey: ["providers"] });
  };
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("providers.delete")}
      </Button>
      <Confirm
        title={t("providers.delete.title", { name: provider.name })}
        act={t("providers.delete")}
        opened={asking}
        onClose={() => setAsking(false)}
        run={remove}
      >
        {t("providers.delete.lead", { count: provider.people })}
      </Confirm>
    </>
  );
}
