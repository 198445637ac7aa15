// The bell in the bar: how many notifications are unread, and behind it the list.
import { ActionIcon, Indicator, Popover } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { IconBell } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { t } from "../../words/words";
import { isUnread } from "./notification";
import { NotificationList, notificationsQuery } from "./NotificationList";
import styles from "./workspace.module.css";

export function NotificationBell() {
  const [opened, setOpened] = useState(false);
  const notifications = useQuery(notificationsQuery);
  const unread = (notifications.data ?? []).filter(isUnread).length;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
      <Indicator disabled={unread === 0} color="red.7" size={9} offset={5}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("notifications.open", { count: unread })}
            onClick={() => setOpened(!opened)}
          >
            <IconBell size={20} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown className={styles.popover} aria-label={t("notifications.title")}>
        <Loaded from={notifications}>
          {(items) => <NotificationList items={items} onGo={() => setOpened(false)} />}
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  );
}
