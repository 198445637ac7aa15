import { expect, test } from "vitest";
import { retentionText } from "./retention";

test("a period is said in words, with its ground", () => {
  expect(
    retentionText({ period: 6, unit: "years", start: "transaction", from_year_end: true, ground: "HGB § 257" }),
  ).toBe("6 years from the end of the year in which the transaction took place (HGB § 257)");
  expect(retentionText({ period: 1, unit: "days" })).toBe("1 day from the day on which the data was collected");
});
