// Instants come from the API in UTC (RFC 3339) and are shown in the organization's time zone, named in the full form, so that two
// people looking at one deadline see one time.
import { t } from "./words";

let zone: string | undefined;

export function showIn(timeZone: string): void {
  zone = timeZone;
}

export function dateTime(instant: string): string {
  return new Intl.DateTimeFormat("en", {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone: zone,
  }).format(new Date(instant));
}

export function dateTimeFull(instant: string): string {
  return new Intl.DateTimeFormat("en", {
    dateStyle: "full",
    timeStyle: "long",
    hourCycle: "h23",
    timeZone: zone,
  }).format(new Date(instant));
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

// "3 hours ago", "in 2 days"; a month away and more is clearer as a date.
export function relative(instant: string, now: Date): string {
  const seconds = (Date.parse(instant) - now.getTime()) / 1000;
  if (Math.abs(seconds) < 60) return t("time.just_now");
  if (Math.abs(seconds) > 30 * 86_400) return dateTime(instant);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}
