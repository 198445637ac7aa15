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

// What <input type="datetime-local"> holds for an instant, in the zone in which instants are shown.
export function toLocal(instant: string): string {
  return new Date(Date.parse(instant) + offsetAt(Date.parse(instant))).toISOString().slice(0, 16);
}

// The instant that was typed so. An hour that a change of clocks leaves out is read as the one after it.
export function fromLocal(local: string): string {
  const asUtc = Date.parse(`${local}Z`);
  const before = offsetAt(asUtc - offsetAt(asUtc));
  return new Date(asUtc - before).toISOString();
}

// How far the zone's clocks are ahead of UTC at that moment, in milliseconds.
function offsetAt(moment: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((known) => known.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(moment / 1000) * 1000;
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
