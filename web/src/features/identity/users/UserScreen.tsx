import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { answer, api, page, type Schemas, type Tagged } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { useMay } from "../../../api/session";
import { Confirm, Instant, PersonalText } from "../../../ui/bits";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { Loaded } from "../../../ui/Loaded";
import { Facts, Page, Panel } from "../../../ui/Page";
import { say } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { SessionList } from "../account/SessionList";
import { userQuery, type User } from "../queries";
import { RoleChoice } from "../roles/RoleChoice";
import { UserActions } from "./UserActions";
import { UserState } from "./UserState";
import styles from "../identity.module.css";

export default function UserScreen() {
  const { id = "" } = useParams();
  const may = useMay();
  const user = useQuery(userQuery(id));
  return (
    <Page
      title={user.data?.value.name ?? t("users.one")}
      back={{ to: "/users", label: t("users.title") }}
      actions={user.data !== undefined && may("users.write") && <UserActions user={user.data.value} />}
    >
      <Loaded from={user}>{(tagged) => <Details tagged={tagged} reload={() => void user.refetch()} />}</Loaded>
    </Page>
  );
}

function Details({ tagged, reload }: { tagged: Tagged<User>; reload: () => void }) {
  const may = useMay();
  const user = tagged.value;
  return (
    <div className={styles.columns}>
      <div>
        <Panel title={t("users.profile")}>
          <Facts
            facts={[
              [t("field.email"), <PersonalText key="email" value={user.email} label={t("field.email")} />],
              [t("users.state"), <UserState key="state" state={user.state} />],
              [
                t("users.second_factor"),
                user.second_factor ? t("users.second_factor.on") : t("users.second_factor.off"),
              ],
              [t("users.last_seen"), <Instant key="seen" at={user.last_seen_at} absent={t("users.never_seen")} />],
            ]}
          />
        </Panel>
        {may("users.write") && <EditPanel key={tagged.etag} tagged={tagged} reload={reload} />}
      </div>
      <div>
        <UserSessions id={user.id} />
      </div>
    </div>
  );
}

function EditPanel({ tagged, reload }: { tagged: Tagged<User>; reload: () => void }) {
  const queries = useQueryClient();
  const { value: user, etag } = tagged;
  return (
    <Panel title={t("users.edit")}>
      <SchemaForm
        schema={requestSchema("users.update")}
        only={["name", "email", "role_ids"]}
        initial={{ name: user.name, email: user.email, role_ids: user.role_ids }}
        custom={{ role_ids: (field) => <RoleChoice field={field} /> }}
        submitLabel={t("action.save")}
        onReload={reload}
        submit={async (values) => {
          const body = values as Schemas["UserUpdate"];
          const saved = await answer(
            api.PATCH("/v1/users/{id}", {
              params: { path: { id: user.id } },
              body,
              headers: { "If-Match": etag ?? "*" },
            }),
          );
          await queries.invalidateQueries({ queryKey: ["users"] });
          say(t("users.saved", { name: saved.name }));
        }}
      />
    </Panel>
  );
}

function UserSessions({ id }: { id: string }) {
  const may = useMay();
  const queries = useQueryClient();
  const path = { id };
  const sessions = useQuery({
    queryKey: ["users", id, "sessions"],
    queryFn: ({ signal }) => page(api.GET("/v1/users/{id}/sessions", { params: { path }, signal })),
  });
  const [asking, setAsking] = useState(false);
  const endAll = async () => {
    await answer(api.DELETE("/v1/users/{id}/sessions", { params: { path } }));
    await queries.invalidateQueries({ queryKey: ["users", id, "sessions"] });
    say(t("sessions.all_ended"));
  };
  return (
    <Panel
      title={t("sessions.title")}
      actions={
        may("users.write") &&
        (sessions.data?.items.length ?? 0) > 0 && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t("sessions.end_all")}
          </Button>
        )
      }
    >
      <Loaded from={sessions}>{({ items }) => <SessionList sessions={items} />}</Loaded>
      <Confirm
        title={t("sessions.end_all.title")}
        act={t("sessions.end_all")}
        opened={asking}
        onClose={() => setAsking(false)}
        run={endAll}
      >
        {t("sessions.end_all.lead")}
      </Confirm>
    </Panel>
  );
}
