import { describe, expect, it } from "vitest";
import { fieldsOf, ruleFrom, ruleSchema, ruleText, valuesOf } from "./rule";
import { problemsIn } from "../../ui/form/schema";

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

describe("the form of a rule", () => {
  it("asks only for what the recurrence needs", () => {
    expect(fieldsOf("every_minutes")).toEqual(["recurrence", "minutes"]);
    expect(fieldsOf("weekly")).toEqual(["recurrence", "weekday", "time"]);
  });

  it("gives back the rule that it was filled from", () => {
    expect(ruleFrom(valuesOf(rule))).toEqual(rule);
  });

  it("is checked by the API's own limits", () => {
    const paths = (values: object) => problemsIn(ruleSchema, { ...valuesOf(rule), ...values }).map(({ path }) => path);
    expect(paths({})).toEqual([]);
    expect(paths({ minutes: 1441, day_of_month: 32, time: "" })).toEqual(["/minutes", "/day_of_month", "/time"]);
  });
});
