import type { Schemas } from "../../api/client";
import { t } from "../../words/words";

// The server answers with every member; its document marks those as optional that have a default.
type Rule = Required<Schemas["ScheduleRule"]>;

// "Every day at 03:30", in the organization's time zone.
export function ruleText(answered: Schemas["ScheduleRule"]): string {
  const rule = answered as Rule;
  const time = `${twoDigits(rule.hour)}:${twoDigits(rule.minute)}`;
  switch (rule.recurrence) {
    case "every_minutes":
      return t("rule.every_minutes", { count: rule.minutes });
    case "daily":
      return t("rule.daily", { time });
    case "weekly":
      return t("rule.weekly", { time, day: weekdayName(rule.weekday) });
    case "monthly":
      return t("rule.monthly", { time, day: rule.day_of_month });
  }
}

// ISO 8601: 1 is Monday. The first of January 2024 was one.
function weekdayName(day: number): string {
  return new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
