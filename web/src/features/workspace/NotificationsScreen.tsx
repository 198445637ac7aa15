// All of one's notifications, and how one wants to be told.
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fragment } from "react";
import { answer, api, page, type Schemas } from "../../api/client";
import { Instant, StateBadge } from "../../ui/bits";
import { IconBell } from "../../ui/icons";
import { Loaded } from "../../ui/Loaded";
import { Page, Panel } from "../../ui/Page";
import { EmptyState } from "../../ui/ProblemCard";
import { DataTable } from "../../ui/table/DataTable";
import type { TableSpec } from "../../ui/table/spec";
import { refuse, say } from "../../ui/toasts";
import { nameOf, t } from "../../words/words";
import { isUnread, markAllRead, markRead, notificationText, type Notification } from "./notification";
import styles from "./workspace.module.css";

type Choice = Schemas["NoticeChoice"];

export default function NotificationsScreen() {
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: markAllRead,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
    onError: refuse,
  });
  return (
    <Page
      title={t("notifications.title")}
      lead={t("notifications.lead")}
      actions={
        <Button variant="default" loading={readAll.isPending} onClick={() => readAll.mutate()}>
          {t("notifications.read_all")}
        </Button>
      }
    >
      <DataTable spec={notificationsTable} />
      <Panel title={t("notifications.choices")} lead={t("notifications.choices.lead")}>
        <Choices />
      </Panel>
    </Page>
  );
}

const notificationsTable: TableSpec<Notification> = {
  id: "notifications",
  title: "notifications.title",
  columns: [
    { id: "text", title: "notifications.text", value: notificationText },
    {
      id: "state",
      title: "notifications.state",
      value: (notification) => nameOf("notification_state", stateOf(notification)),
      cell: (notification) => (
        <StateBadge
          family="notification_state"
          value={stateOf(notification)}
          tone={isUnread(notification) ? "busy" : "quiet"}
        />
      ),
    },
    {
      id: "when",
      title: "notifications.when",
      value: (notification) => notification.created_at,
      cell: (notification) => <Instant at={notification.created_at} />,
    },
  ],
  filters: [
    {
      id: "unread",
      title: "notifications.unread_only",
      choices: [{ value: "true", label: t("notifications.unread_only") }],
    },
  ],
  load: ({ filters, limit, cursor, signal }) =>
    page(
      api.GET("/v1/notifications", {
        params: { query: { unread: filters["unread"] === "true", limit, cursor } },
        signal,
      }),
    ),
  rowKey: (notification) => notification.id,
  rowName: notificationText,
  rowTo: (notification) => (notification.link === "" ? "/notifications" : notification.link),
  rowActions: (notification) => (isUnread(notification) ? <MarkRead notification={notification} /> : null),
  empty: (
    <EmptyState icon={<IconBell size={28} />} title={t("notifications.none")}>
      {t("notifications.none.lead")}
    </EmptyState>
  ),
};

function stateOf(notification: Notification): "unread" | "read" {
  return isUnread(notification) ? "unread" : "read";
}

function MarkRead({ notification }: { notification: Notification }) {
  const queries = useQueryClient();
  const mark = useMutation({
    mutationFn: () => markRead(notification),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
    onError: refuse,
  });
  return (
    <Button size="xs" variant="default" onClick={() => mark.mutate()}>
      {t("notifications.mark_read")}
    </Button>
  );
}

function Choices() {
  const queries = useQueryClient();
  const choices = useQuery({
    queryKey: ["notification-choices"],
    queryFn: ({ signal }) => answer(api.GET("/v1/notifications/choices", { signal })),
  });
  const choose = useMutation({
    mutationFn: (choice: Choice) => answer(api.PATCH("/v1/notifications/choices", { body: { items: [choice] } })),
    onSuccess: (chosen) => {
      queries.setQueryData(["notification-choices"], chosen);
      say(t("notifications.choices.saved"));
    },
    onError: refuse,
  });
  return (
    <Loaded from={choices}>
      {({ items }) => (
        <div className={styles.choices}>
          {items.map(({ kind, delivery }) => (
            <Fragment key={kind}>
              <label htmlFor={`notice-${kind}`}>{nameOf("notice_kind", kind)}</label>
              <NativeSelect
                id={`notice-${kind}`}
                value={delivery}
                data={deliveriesOf(kind).map((value) => ({ value, label: nameOf("delivery", value) }))}
                onChange={(event) => choose.mutate({ kind, delivery: event.currentTarget.value as Choice["delivery"] })}
              />
            </Fragment>
          ))}
        </div>
      )}
    </Loaded>
  );
}

// What concerns one's own security cannot be turned off (src/workspace/notice_choices.h).
function deliveriesOf(kind: Choice["kind"]): readonly Choice["delivery"][] {
  return kind === "security" ? ["console", "mail"] : ["console", "mail", "none"];
}
