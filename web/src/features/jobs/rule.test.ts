import { describe, expect, it } from "vitest";
import { ruleText } from "./rule";

const rule = { recurrence: "daily", minutes: 60, hour: 3, minute: 5, weekday: 7, day_of_month: 31 } as const;

describe("a schedule's rule in words", () => {
  it.each([
    [{ ...rule, recurrence: "every_minutes", minutes: 1 }, "Every minute"],
    [{ ...rule, recurrence: "every_minutes", minutes: 15 }, "Every 15 minutes"],
    [rule, "Every day at 03:05"],
    [{ ...rule, recurrence: "weekly" }, "Every Sunday at 03:05"],
    [{ ...rule, recurrence: "monthly" }, "On day 31 of every month at 03:05"],
  ] as const)("%j", (given, words) => {
    expect(ruleText(given)).toBe(words);
  });
});
