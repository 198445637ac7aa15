// What the list behind the bell and the screen share: the words of a notification, and the calls that mark it.
import { answer, api, type Schemas } from "../../api/client";
import { hasWords, humanize, nameOf, t } from "../../words/words";

export type Notification = Schemas["Notification"];

export function notificationText({ text, parameters }: Notification): string {
  const key = `notification.${text}`;
  if (!hasWords(key)) return humanize(text);
  const { job_kind: jobKind } = parameters;
  return t(key, jobKind === undefined ? parameters : { ...parameters, job_kind: nameOf("job_kind", jobKind) });
}

export function isUnread(notification: Notification): boolean {
  return notification.read_at == null;
}

export function markRead({ id }: Notification): Promise<unknown> {
  return answer(api.POST("/v1/notifications/{id}/read", { params: { path: { id } } }));
}

export function markAllRead(): Promise<unknown> {
  return answer(api.POST("/v1/notifications/read"));
}
