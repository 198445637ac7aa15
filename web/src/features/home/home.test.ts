import { describe, expect, it } from "vitest";
import type { Scan } from "../datamap/scan";
import type { Request } from "../rights/request";
import { troubled } from "./MapPanel";
import { soonest } from "./RequestsDue";

function scan(system: string, state: Scan["state"]): Scan {
  return { id: `${system}-${state}`, system, state } as Scan;
}

describe("the data map on the start page", () => {
  it("names the systems whose newest scan did not read everything, each once", () => {
    const newestFirst = [
      scan("shop", "incomplete"),
      scan("crm", "complete"),
      scan("shop", "failed"),
      scan("crm", "failed"),
    ];
    expect(troubled(newestFirst).map(({ id }) => id)).toEqual(["shop-incomplete"]);
  });

  it("waits for a scan that runs before it judges, and goes by the one before", () => {
    expect(troubled([scan("shop", "running"), scan("shop", "failed")]).map(({ id }) => id)).toEqual(["shop-failed"]);
  });
});

describe("the rights requests on the start page", () => {
  it("stand by the day on which the answer is due", () => {
    const due = (id: string, day: string) => ({ id, deadlines: [{ duty: "answer", day }] }) as unknown as Request;
    const found = soonest([due("later", "2026-03-01"), due("first", "2026-01-31"), due("next", "2026-02-02")]);
    expect(found.map(({ id }) => id)).toEqual(["first", "next", "later"]);
  });
});
