import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@mantine/core";
import { useState } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { sessionKey } from "../../../api/session";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { Facts, Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { meQuery, type Me } from "./me";

// One's own name is one's own to change; the address and the roles are an administrator's.
export function ProfilePanel({ me }: { me: Me }) {
  const queries = useQueryClient();
  const [changing, setChanging] = useState(false);
  const save = async (body: Schemas["AccountUpdate"]) => {
    await answer(api.PATCH("/v1/me", { body }));
    await Promise.all([meQuery.queryKey, sessionKey].map((queryKey) => queries.invalidateQueries({ queryKey })));
    setChanging(false);
    say(t("account.saved"));
  };
  return (
    <Panel
      title={t("users.profile")}
      actions={
        !changing && (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {t("account.edit")}
          </Button>
        )
      }
    >
      {changing ? (
        <SchemaForm
          schema={requestSchema("me.update")}
          initial={{ name: me.name }}
          submitLabel={t("action.save")}
          onCancel={() => setChanging(false)}
          submit={(values) => save(values as Schemas["AccountUpdate"])}
        />
      ) : (
        <Facts
          facts={[
            [t("field.name"), me.name],
            [t("field.email"), me.email],
          ]}
        />
      )}
    </Panel>
  );
}
