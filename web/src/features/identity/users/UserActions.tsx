// What an administrator can do for or to one person, beyond changing the profile.
import { Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api } from "../../../api/client";
import { Confirm, ShownOnce } from "../../../ui/bits";
import { Dialog } from "../../../ui/Dialog";
import { IconChevronDown } from "../../../ui/icons";
import { refuse, say, undoBy } from "../../../ui/toasts";
import { t } from "../../../words/words";
import { setUserState, type User } from "../queries";
import styles from "../identity.module.css";

type Question = "none" | "disable" | "second_factors" | "delete";

export function UserActions({ user }: { user: User }) {
  const [question, setQuestion] = useState<Question>("none");
  const close = () => setQuestion("none");
  const acts = useActs(user);
  const link = useMutation({
    mutationFn: () => answer(api.POST("/v1/users/{id}/password-link", { params: { path: { id: user.id } } })),
    onSuccess: (made) => {
      if (made.link == null) say(t("users.password_link.sent"));
    },
    onError: refuse,
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t("users.actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {user.state === "disabled" ? (
            <Menu.Item onClick={acts.enable}>{t("users.enable")}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => setQuestion("disable")}>{t("users.disable")}</Menu.Item>
          )}
          {user.state === "active" && <Menu.Item onClick={() => link.mutate()}>{t("users.password_link")}</Menu.Item>}
          {user.second_factor && (
            <Menu.Item onClick={() => setQuestion("second_factors")}>{t("users.second_factors.remove")}</Menu.Item>
          )}
          <Menu.Item onClick={() => setQuestion("delete")}>{t("users.delete")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog title={t("users.password_link")} opened={link.data?.link != null} onClose={link.reset}>
        <div className={styles.stack}>
          <p>{t("users.password_link.lead")}</p>
          <ShownOnce secret={link.data?.link ?? ""} copyLabel={t("action.copy_link")} />
        </div>
      </Dialog>
      <Confirm
        title={t("users.disable.title", { name: user.name })}
        act={t("users.disable")}
        opened={question === "disable"}
        onClose={close}
        run={acts.disable}
      >
        {t("users.disable.lead")}
      </Confirm>
      <Confirm
        title={t("users.second_factors.title", { name: user.name })}
        act={t("users.second_factors.remove")}
        opened={question === "second_factors"}
        onClose={close}
        run={acts.removeSecondFactors}
      >
        {t("users.second_factors.lead")}
      </Confirm>
      <Confirm
        title={t("users.delete.title", { name: user.name })}
        act={t("users.delete")}
        opened={question === "delete"}
        onClose={close}
        run={acts.remove}
      >
        {t("users.delete.lead")}
      </Confirm>
    </>
  );
}

function useActs(user: User) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { id: user.id } };
  const refresh = () => queries.invalidateQueries({ queryKey: ["users"] });
  const setState = async (state: "active" | "disabled") => {
    await setUserState(user.id, state);
    await refresh();
  };
  return {
    enable: () => {
      setState("active").then(() => say(t("users.enabled", { name: user.name })), refuse);
    },
    disable: async () => {
      await setState("disabled");
      say(
        t("users.disabled", { count: 1 }),
        undoBy(() => setState("active")),
      );
    },
    removeSecondFactors: async () => {
      await answer(api.DELETE("/v1/users/{id}/second-factors", { params }));
      await refresh();
      say(t("users.second_factors.removed"));
    },
    remove: async () => {
      await answer(api.DELETE("/v1/users/{id}", { params, headers: { "If-Match": "*" } }));
      await refresh();
      say(t("users.deleted", { name: user.name }));
      void navigate("/users");
    },
  };
}
