// What waits for this person: in the bell's list and on the start page.
import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api, page, type Schemas } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconBell } from "../../ui/icons";
import { EmptyState } from "../../ui/ProblemCard";
import { hasWords, humanize, t } from "../../words/words";
import styles from "./workspace.module.css";

type Notification = Schemas["Notification"];

const refreshMilliseconds = 60_000;
const shownMax = 20;

export const notificationsQuery = queryOptions({
  queryKey: ["notifications"],
  queryFn: async ({ signal }) =>
    (await page(api.GET("/v1/notifications", { params: { query: { limit: shownMax } }, signal }))).items,
  refetchInterval: refreshMilliseconds,
});

interface NotificationListProps {
  items: readonly Notification[];
  // Called when one of them leads elsewhere.
  onGo?: () => void;
}

export function NotificationList({ items, onGo }: NotificationListProps) {
  const unread = items.some((notification) => notification.read_at == null);
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: () => answer(api.POST("/v1/notifications/read")),
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
      <ul>
        {items.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} onGo={onGo} />
        ))}
      </ul>
      {unread && (
        <Button size="compact-sm" variant="subtle" onClick={() => readAll.mutate()}>
          {t("notifications.read_all")}
        </Button>
      )}
    </div>
  );
}

function NotificationRow({ notification, onGo }: { notification: Notification; onGo: (() => void) | undefined }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = async () => {
    onGo?.();
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
