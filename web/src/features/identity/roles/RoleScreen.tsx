import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answer, api, type Schemas, type Tagged } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Confirm } from "../../../ui/bits";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import type { Values } from "../../../ui/form/schema";
import { Loaded } from "../../../ui/Loaded";
import { Page, Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { roleQuery, type Role } from "../queries";
import { roleName } from "./roleName";
import { PermissionMatrix, PermissionsField } from "./PermissionMatrix";

export default function RoleScreen() {
  const { id = "" } = useParams();
  return id === "new" ? <NewRole /> : <ExistingRole id={id} />;
}

function NewRole() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <Page title={t("roles.create")} lead={t("roles.create.lead")} back={{ to: "/roles", label: t("roles.title") }}>
      <Panel>
        <RoleForm
          initial={{ permissions: [] }}
          submit={async (values) => {
            const role = await answer(api.POST("/v1/roles", { body: values as Schemas["RoleRequest"] }));
            await queries.invalidateQueries({ queryKey: ["roles"] });
            say(t("roles.saved", { name: role.name }));
            void navigate("/roles");
          }}
        />
      </Panel>
    </Page>
  );
}

function ExistingRole({ id }: { id: string }) {
  const may = useMay();
  const role = useQuery(roleQuery(id));
  const changeable = role.data !== undefined && !role.data.value.built_in && may("roles.write");
  return (
    <Page
      title={role.data === undefined ? t("roles.one") : roleName(role.data.value)}
      lead={role.data?.value.description}
      back={{ to: "/roles", label: t("roles.title") }}
      actions={changeable && <DeleteRole role={role.data.value} />}
    >
      <Loaded from={role}>
        {(tagged) =>
          changeable ? (
            <EditRole key={tagged.etag} tagged={tagged} reload={() => void role.refetch()} />
          ) : (
            <Panel lead={t("roles.built_in.lead")} title={t("roles.built_in")}>
              <PermissionMatrix readOnly value={tagged.value.permissions} onChange={() => undefined} />
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}

function EditRole({ tagged, reload }: { tagged: Tagged<Role>; reload: () => void }) {
  const queries = useQueryClient();
  const { value: role, etag } = tagged;
  return (
    <Panel>
      <RoleForm
        initial={{ name: role.name, description: role.description, permissions: role.permissions }}
        onReload={reload}
        submit={async (values) => {
          const body = values as Schemas["RoleRequest"];
          const params = { path: { id: role.id }, header: { "If-Match": etag ?? "*" } };
          const saved = await answer(api.PUT("/v1/roles/{id}", { params, body }));
          await queries.invalidateQueries({ queryKey: ["roles"] });
          say(t("roles.saved", { name: saved.name }));
        }}
      />
    </Panel>
  );
}

interface RoleFormProps {
  initial: Values;
  submit: (values: Values) => Promise<unknown>;
  onReload?: () => void;
}

function RoleForm({ initial, submit, onReload }: RoleFormProps) {
  return (
    <SchemaForm
      schema={requestSchema("roles.create")}
      initial={initial}
      custom={{
        permissions: (field) => <PermissionsField key="permissions" field={field} />,
      }}
      submitLabel={t("action.save")}
      submit={submit}
      onReload={onReload}
      wide
    />
  );
}

function DeleteRole({ role }: { role: Role }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await answer(api.DELETE("/v1/roles/{id}", { params: { path: { id: role.id } } }));
    await queries.invalidateQueries({ queryKey: ["roles"] });
    say(t("roles.deleted", { name: role.name }));
    void navigate("/roles");
  };
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("roles.delete")}
      </Button>
      <Confirm
        title={t("roles.delete.title", { name: role.name })}
        act={t("roles.delete")}
        opened={asking}
        onClose={() => setAsking(false)}
        run={remove}
      >
        {t("roles.delete.lead")}
      </Confirm>
    </>
  );
}
