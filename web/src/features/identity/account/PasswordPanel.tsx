import { Button } from "@mantine/core";
import { useState } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useAdoptSession } from "../../../api/session";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";

export function PasswordPanel() {
  const adopt = useAdoptSession();
  const [changing, setChanging] = useState(false);
  return (
    <Panel
      title={t("password.title")}
      lead={t("password.lead")}
      actions={
        !changing && (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {t("password.change")}
          </Button>
        )
      }
    >
      {changing && (
        <SchemaForm
          schema={requestSchema("me.password")}
          submitLabel={t("password.change")}
          onCancel={() => setChanging(false)}
          submit={async (values) => {
            adopt(await answer(api.PUT("/v1/me/password", { body: values as Schemas["PasswordChange"] })));
            setChanging(false);
            say(t("password.changed"));
          }}
        />
      )}
    </Panel>
  );
}
