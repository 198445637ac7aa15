import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { answering, problem, show, type Answer } from "../../../tests/render";
import KeysScreen from "./KeysScreen";

const home = {
  installation: "0192e0c0-0000-7000-8000-000000000000",
  created_at: "2026-01-01T00:00:00Z",
  root: { source: "file", version: 3, since: "2026-02-01T00:00:00Z" },
  buckets: { count: 4096, oldest_at: "2026-01-01T00:00:00Z", newest_at: "2026-03-01T00:00:00Z" },
  named: [
    {
      name: "ledger.signing",
      version: 1,
      state: "active",
      created_at: "2026-01-01T00:00:00Z",
      state_since: "2026-01-01T00:00:00Z",
    },
  ],
};

function keysScreen(permissions: string[], keys: Answer) {
  const seen = answering((request) => {
    if (request.url.endsWith("/v1/session")) return { body: { state: "signed_in", permissions, second_factors: [] } };
    return request.method === "GET" ? keys : { body: home.root };
  });
  show(<KeysScreen />);
  return seen;
}

describe("the keys", () => {
  it("are replaced only after a question", async () => {
    const seen = keysScreen(["keys.read", "keys.rotate"], { body: home });
    await userEvent.click(await screen.findByRole("button", { name: "Replace the root key" }));
    const question = await screen.findByRole("dialog", { name: "Replace the root key?" });
    expect(seen.filter((request) => request.method === "POST")).toEqual([]);
    await userEvent.click(within(question).getByRole("button", { name: "Replace the root key" }));
    await waitFor(() =>
      expect(seen.map((request) => request.url)).toContainEqual(expect.stringMatching(/root\/rotation$/)),
    );
  });

  it("of a name are replaced in their version in use, and no others", async () => {
    const version = (name: string, number: number, state: string) => ({
      ...home.named[0],
      name,
      version: number,
      state,
    });
    const named = [
      version("backup", 1, "deactivated"),
      version("backup", 2, "active"),
      version("session.mac", 1, "active"),
    ];
    const seen = keysScreen(["keys.read", "keys.rotate"], { body: { ...home, named } });
    await userEvent.click(await screen.findByRole("button", { name: "Replace the key of backups" }));
    const question = await screen.findByRole("dialog", { name: "Replace the key of backups?" });
    await userEvent.click(within(question).getByRole("button", { name: "Replace the key of backups" }));
    await waitFor(() =>
      expect(seen.map((request) => request.url)).toContainEqual(expect.stringMatching(/named\/backup\/rotation$/)),
    );
  });

  it("can be looked at without being replaced", async () => {
    keysScreen(["keys.read"], { body: home });
    expect(await screen.findByText("ledger.signing")).toBeTruthy();
    expect(screen.getByText("No second copy")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("are not ordered anew while they are being replaced", async () => {
    const rotation = "0192e0c0-0000-7000-8000-000000000001";
    keysScreen(["keys.read", "keys.rotate"], { body: { ...home, buckets: { ...home.buckets, rotation } } });
    expect(await screen.findByRole("button", { name: "Replace all bucket keys" })).toHaveProperty("disabled", true);
    expect(screen.getByRole("link", { name: "See how far it is" }).getAttribute("href")).toBe(`/jobs/${rotation}`);
  });

  it("stay closed to whoever may not see them", async () => {
    keysScreen([], problem(403, "server.not_permitted"));
    expect(await screen.findByText("what of server.not_permitted")).toBeTruthy();
  });
});
