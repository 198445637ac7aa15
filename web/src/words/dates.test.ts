import { afterEach, describe, expect, it } from "vitest";
import { fromLocal, showIn, toLocal } from "./dates";

describe("a date field", () => {
  afterEach(() => showIn("UTC"));

  it.each([
    ["Europe/Berlin", "2026-07-01T09:30", "2026-07-01T07:30:00.000Z"],
    ["Europe/Berlin", "2026-12-01T09:30", "2026-12-01T08:30:00.000Z"],
    ["America/St_Johns", "2026-12-01T09:30", "2026-12-01T13:00:00.000Z"],
    ["Pacific/Auckland", "2026-01-01T00:15", "2025-12-31T11:15:00.000Z"],
    // The last minute before clocks go forward, and the first after.
    ["Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
    ["Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
  ])("in %s reads %s as %s, and back", (zone, local, instant) => {
    showIn(zone);
    expect(fromLocal(local)).toBe(instant);
    expect(toLocal(instant)).toBe(local);
  });

  it("reads an hour that clocks skip as the one after it", () => {
    showIn("Europe/Berlin");
    expect(toLocal(fromLocal("2026-03-29T02:30"))).toBe("2026-03-29T03:30");
  });

  it("reads an hour that clocks show twice as one of the two", () => {
    showIn("Europe/Berlin");
    expect(toLocal(fromLocal("2026-10-25T02:30"))).toBe("2026-10-25T02:30");
  });
});
