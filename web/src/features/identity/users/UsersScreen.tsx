import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, page } from "../../../api/client";
import { useMay } from "../../../api/session";
import { Instant } from "../../../ui/bits";
import { IconBan, IconPlus, IconShieldCheck, IconUsers } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState } from "../../../ui/ProblemCard";
import { DataTable } from "../../../ui/table/DataTable";
import type { TableSpec } from "../../../ui/table/spec";
import { say, undoBy } from "../../../ui/toasts";
import { useFlag } from "../../../ui/useFlag";
import { nameOf, t } from "../../../words/words";
import { rolesQuery, setUserState, type Role, type User } from "../queries";
import { roleName } from "../roles/roleName";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { UserState, userStates } from "./UserState";

export default function UsersScreen() {
  const may = useMay();
  const [inviting, setInviting] = useFlag("invite");
  const roles = useQuery(rolesQuery);
  const disable = useDisable();
  const spec = useMemo(
    () => usersTable(roles.data ?? [], may("users.write") ? disable : undefined),
    [roles.data, may, disable],
  );
  return (
    <Page
      title={t("users.title")}
      lead={t("users.lead")}
      actions={
        may("users.write") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setInviting(true)}>
            {t("users.invite")}
          </Button>
        )
      }
    >
      <DataTable spec={spec} />
      {may("users.write") && <Invitations />}
      <InviteDialog opened={inviting && may("users.write")} onClose={() => setInviting(false)} />
    </Page>
  );
}

function usersTable(
  roles: readonly Role[],
  disable: ((users: readonly User[]) => Promise<boolean>) | undefined,
): TableSpec<User> {
  const roleNames = (user: User) =>
    user.role_ids
      .map((id) => roles.find((role) => role.id === id))
      .map((role) => (role === undefined ? t("users.unknown_role") : roleName(role)))
      .join(", ");
  return {
    id: "users",
    title: "users.title",
    columns: [
      { id: "name", title: "field.name", value: (user) => user.name },
      { id: "email", title: "field.email", value: (user) => user.email, personal: true },
      { id: "roles", title: "roles.title", value: roleNames },
      {
        id: "state",
        title: "users.state",
        value: (user) => nameOf("user_state", user.state),
        cell: (user) => <UserState state={user.state} />,
      },
      {
        id: "second_factor",
        title: "users.second_factor",
        value: (user) => (user.second_factor ? t("users.second_factor.on") : t("users.second_factor.off")),
        cell: (user) => <SecondFactorMark on={user.second_factor} />,
      },
      {
        id: "last_seen",
        title: "users.last_seen",
        value: (user) => user.last_seen_at ?? null,
        cell: (user) => <Instant at={user.last_seen_at} absent={t("users.never_seen")} />,
      },
      {
        id: "created",
        title: "users.created",
        value: (user) => user.created_at,
        cell: (user) => <Instant at={user.created_at} />,
        hiddenAtFirst: true,
      },
    ],
    filters: [
      { id: "q", title: "users.find", personal: true },
      {
        id: "state",
        title: "users.state",
        choices: userStates.map((state) => ({ value: state, label: nameOf("user_state", state) })),
      },
      { id: "role", title: "users.role", choices: roles.map((role) => ({ value: role.id, label: roleName(role) })) },
    ],
    load: ({ filters, limit, cursor, signal }) =>
      page(api.GET("/v1/users", { params: { query: { ...filters, limit, cursor } }, signal })),
    rowKey: (user) => user.id,
    rowName: (user) => user.name,
    rowTo: (user) => `/users/${user.id}`,
    bulk: disable === undefined ? undefined : [{ id: "disable", title: "users.disable", icon: IconBan, run: disable }],
    empty: (
      <EmptyState icon={<IconUsers size={28} />} title={t("users.none")}>
        {t("users.none.lead")}
      </EmptyState>
    ),
  };
}

function SecondFactorMark({ on }: { on: boolean }) {
  if (!on) return <>{t("users.second_factor.off")}</>;
  return (
    <span>
      <IconShieldCheck size={16} /> {t("users.second_factor.on")}
    </span>
  );
}

// Disabling ends the sessions of those people at once; enabling them again is one step back.
function useDisable() {
  const queries = useQueryClient();
  return useMemo(() => {
    const refresh = () => queries.invalidateQueries({ queryKey: ["users"] });
    const enableAll = async (users: readonly User[]) => {
      for (const user of users) await setUserState(user.id, "active");
      await refresh();
    };
    return async (users: readonly User[]) => {
      const disabled: User[] = [];
      try {
        for (const user of users.filter(({ state }) => state === "active")) {
          await setUserState(user.id, "disabled");
          disabled.push(user);
        }
      } finally {
        // A refusal half-way leaves those before it disabled: they are said, and can be taken back.
        if (disabled.length > 0) {
          say(
            t("users.disabled", { count: disabled.length }),
            undoBy(() => enableAll(disabled)),
          );
        }
        await refresh();
      }
      return true;
    };
  }, [queries]);
}
