import { Button } from "@mantine/core";
import { Link } from "react-router";
import { api, page } from "../../../api/client";
import { useMay } from "../../../api/session";
import { StateBadge } from "../../../ui/bits";
import { IconLogIn, IconPlus } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { nameOf, t } from "../../../words/words";
import type { Provider } from "../queries";

export default function ProvidersScreen() {
  const may = useMay();
  return (
    <Page
      title={t("providers.title")}
      lead={t("providers.lead")}
      actions={
        may("identity_providers.write") && (
          <Button component={Link} to="/identity-providers/new" leftSection={<IconPlus size={16} />}>
            {t("providers.create")}
          </Button>
        )
      }
    >
      <DataTable spec={providersTable} />
    </Page>
  );
}

function stateOf(provider: Provider): string {
  return provider.enabled ? "on" : "off";
}

const providersTable: TableSpec<Provider> = {
  id: "providers",
  title: "providers.title",
  columns: [
    { id: "name", title: "field.name", value: (provider) => provider.name },
    { id: "issuer", title: "field.issuer", value: (provider) => provider.issuer },
    { id: "people", title: "providers.people", value: (provider) => provider.people, numeric: true },
    {
      id: "state",
      title: "providers.state",
      value: (provider) => nameOf("provider_state", stateOf(provider)),
      cell: (provider) => (
        <StateBadge family="provider_state" value={stateOf(provider)} tone={provider.enabled ? "good" : "quiet"} />
      ),
    },
  ],
  load: ({ signal }) => page(api.GET("/v1/identity-providers", { signal })),
  rowKey: (provider) => provider.id,
  rowName: (provider) => provider.name,
  rowTo: (provider) => `/identity-providers/${provider.id}`,
  empty: (
    <EmptyState icon={<IconLogIn size={28} />} title={t("providers.none")}>
      {t("providers.none.lead")}
    </EmptyState>
  ),
};
