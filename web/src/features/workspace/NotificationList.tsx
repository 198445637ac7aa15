// What waits for this person: in the bell's list and on the start page.
import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { api, page } from "../../api/client";
import { Instant } from "../../ui/bits";
import { IconBell } from "../../ui/icons";
import { EmptyState } from "../../ui/ProblemCard";
import { nameOf, t } from "../../words/words";
import { isUnread, markAllRead, markRead, notificationText, type Notification } from "./notification";
import styles from "./workspace.module.css";

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
  const unread = items.some(isUnread);
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: markAllRead,
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
      <div className={styles.below}>
        {unread && (
          <Button size="compact-sm" variant="subtle" onClick={() => readAll.mutate()}>
            {t("notifications.read_all")}
          </Button>
        )}
        <Button component={Link} to="/notifications" size="compact-sm" variant="subtle" onClick={onGo}>
          {t("notifications.all")}
        </Button>
      </div>
    </div>
  );
}

function NotificationRow({ notification, onGo }: { notification: Notification; onGo: (() => void) | undefined }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = async () => {
    onGo?.();
    if (notification.link !== "") void navigate(notification.link);
    if (!isUnread(notification)) return;
    await markRead(notification);
    await queries.invalidateQueries({ queryKey: ["notifications"] });
  };
  return (
    <li data-unread={isUnread(notification) || undefined}>
      <button type="button" onClick={() => void open()}>
        {notificationText(notification)}
        <small>
          {isUnread(notification) && `${nameOf("notification_state", "unread")} · `}
          <Instant at={notification.created_at} />
        </small>
      </button>
    </li>
  );
}
