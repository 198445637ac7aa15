import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { answering, problem, show } from "../../../tests/render";
import { PlacesPanel } from "./PlacesPanel";

const kept = {
  name: "directory",
  place: "/mnt/other",
  interval_seconds: 10,
  is_sent_by_job: false,
  size: 41,
  failures: 0,
};
const failing = {
  name: "webhook",
  place: "hooks.example.org",
  interval_seconds: 300,
  is_sent_by_job: true,
  size: 7,
  failures: 3,
  error: "ledger.sink_failed",
  problem: "status 500",
};

function places(items: object[]) {
  answering((request) =>
    request.url.includes("/places") ? { body: { items } } : problem(401, "server.not_signed_in"),
  );
  show(<PlacesPanel />);
}

describe("where checkpoints are kept", () => {
  it("says plainly when none leaves the machine", async () => {
    places([]);
    expect(await screen.findByText("No checkpoint leaves this machine")).toBeTruthy();
  });

  it("shows what each place has and why one has nothing newer", async () => {
    places([kept, failing]);
    expect(await screen.findByText("/mnt/other")).toBeTruthy();
    expect(screen.getByText("41 entries")).toBeTruthy();
    expect(screen.getByText("Kept there")).toBeTruthy();
    expect(screen.getByText("Does not arrive")).toBeTruthy();
    expect(screen.getByText("status 500")).toBeTruthy();
  });

  it("offers nothing to whoever may not send", async () => {
    places([failing]);
    await screen.findByText("hooks.example.org");
    expect(screen.queryByRole("button", { name: /Send/ })).toBeNull();
  });

  it("says when it cannot be seen", async () => {
    answering(() => problem(403, "server.not_permitted"));
    show(<PlacesPanel />);
    expect(await screen.findByText(/what of server.not_permitted/)).toBeTruthy();
  });
});
