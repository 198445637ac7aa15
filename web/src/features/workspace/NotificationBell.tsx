// What waits for this person, behind the bell in the bar.
import { ActionIcon, Button, Indicator, Popover } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconBell } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { EmptyState } from "../../ui/ProblemCard";
import { hasWords, humanize, t } from "../../words/words";
import styles from "./workspace.module.css";

type Notification = Schemas["Notification"];

const refreshMilliseconds = 60_000;
const shownMax = 20;

export function NotificationBell() {
  const [opened, setOpened] = useState(false);
  const notifications = useQuery({
    queryKey: ["notifications"],
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/notifications", { params: { query: { limit: shownMax } }, signal }))).items,
    refetchInterval: refreshMilliseconds,
  });
  const unread = (notifications.data ?? []).filter((notification) => notification.read_at == null).length;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" width={360} trapFocus>
      <Popover.Target>
        <div>
          <Indicator disabled={unread === 0} color="red.7" size={9} offset={5}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("notifications.open", { count: unread })}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <IconBell size={20} />
            </ActionIcon>
          </Indicator>
        </div>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("notifications.title")}>
        <Loaded from={notifications}>
          {(items) => <NotificationList items={items} unread={unread} onGo={() => setOpened(false)} />}
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  );
}

function NotificationList(props: { items: readonly Notification[]; unread: number; onGo: () => void }) {
  const { items, unread, onGo } = props;
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: () => answer(api.POST("/v1/notifications/read-all")),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
  if (items.length === 0) {
    return (
      <EmptyState icon={<IconBell size={24} />} title={t("notifications.none")}>
        {t("notifications.none.lead")}
      </EmptyState>
    );
  }
  return (
    <div className={styles.notifications}>
      <header>
        <strong>{t("notifications.title")}</strong>
        {unread > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => readAll.mutate()}>
            {t("notifications.read_all")}
          </Button>
        )}
      </header>
      <ul>
        {items.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} onGo={onGo} />
        ))}
      </ul>
    </div>
  );
}

function NotificationRow({ notification, onGo }: { notification: Notification; onGo: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = async () => {
    onGo();
    if (notification.link !== "") void navigate(notification.link);
    if (notification.read_at != null) return;
    await answer(api.POST("/v1/notifications/{id}/read", { params: { path: { id: notification.id } } }));
    await queries.invalidateQueries({ queryKey: ["notifications"] });
  };
  return (
    <li data-unread={notification.read_at == null || undefined}>
      <button type="button" onClick={() => void open()}>
        {notificationText(notification)}
        <small>
          <Instant at={notification.created_at} />
        </small>
      </button>
    </li>
  );
}

function notificationText({ text, parameters }: Notification): string {
  const key = `notification.${text}`;
  return hasWords(key) ? t(key, parameters) : humanize(text);
}
