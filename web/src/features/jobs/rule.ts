import type { Schemas } from "../../api/client";
import { requestSchema } from "../../api/requestSchema";
import type { Schema, Values } from "../../ui/form/schema";
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
export function weekdayName(day: number): string {
  return new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

export type Recurrence = Rule["recurrence"];

// The form asks for one time of day where the API has two numbers.
const described = requestSchema("schedules.update").properties?.["rule"]?.anyOf?.[0]?.properties ?? {};
export const ruleSchema: Schema = {
  type: "object",
  properties: { ...described, time: { type: "string", pattern: "^[0-2][0-9]:[0-5][0-9]$" } },
  required: ["recurrence", "minutes", "weekday", "day_of_month", "time"],
};

export function fieldsOf(recurrence: Recurrence): readonly string[] {
  const own = { every_minutes: ["minutes"], daily: [], weekly: ["weekday"], monthly: ["day_of_month"] }[recurrence];
  return ["recurrence", ...own, ...(recurrence === "every_minutes" ? [] : ["time"])];
}

export function valuesOf(answered: Schemas["ScheduleRule"]): Values {
  const { hour, minute, ...rest } = answered as Rule;
  return { ...rest, time: `${twoDigits(hour)}:${twoDigits(minute)}` };
}

export function ruleFrom({ time, ...rest }: Values): Schemas["ScheduleRule"] {
  const [hour = 0, minute = 0] = String(time).split(":").map(Number);
  return { ...(rest as unknown as Rule), hour, minute };
}
