import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { answering, show } from "../../../tests/render";
import { ProblemError, type Problem } from "../../api/problem";
import { useShortcutKeys } from "../../app/shortcuts";
import { DataTable } from "./DataTable";
import type { PageQuery, TableSpec } from "./spec";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const people: readonly Person[] = [
  { id: "1", name: "Maria Keller", email: "maria@example.org" },
  { id: "2", name: "Aiko Tanaka", email: "aiko@example.org" },
];

function table(
  load: (query: PageQuery) => Promise<{ items: readonly Person[]; next: string | null }>,
): TableSpec<Person> {
  return {
    id: "people",
    title: "users.title",
    columns: [
      { id: "name", title: "field.name", value: (person) => person.name },
      { id: "email", title: "field.email", value: (person) => person.email, personal: true },
    ],
    filters: [
      { id: "q", title: "users.find", personal: true },
      { id: "state", title: "users.state" },
    ],
    load,
    rowKey: (person) => person.id,
    rowName: (person) => person.name,
    rowTo: (person) => `/people/${person.id}`,
    bulk: [],
    empty: <p>nobody yet</p>,
  };
}

const whole = table(async () => ({ items: people, next: null }));

function WithKeys({ spec }: { spec: TableSpec<Person> }) {
  useShortcutKeys();
  return <DataTable spec={spec} />;
}

function names(): (string | null)[] {
  return screen.getAllByRole("link").map((link) => link.textContent);
}

describe("a table's faces", () => {
  it("says that it is loading", () => {
    show(<DataTable spec={table(() => new Promise(() => undefined))} />);
    expect(screen.getByRole("status", { name: "Loading" })).toBeTruthy();
  });

  it("shows its rows", async () => {
    show(<DataTable spec={whole} />);
    expect(await screen.findByRole("link", { name: "Maria Keller" })).toHaveProperty("pathname", "/people/1");
  });

  it("is empty in its own words", async () => {
    show(<DataTable spec={table(async () => ({ items: [], next: null }))} />);
    expect(await screen.findByText("nobody yet")).toBeTruthy();
  });

  it("with filters says that nothing matches, not that there is nothing", async () => {
    show(<DataTable spec={table(async () => ({ items: [], next: null }))} />, "/?state=gone");
    expect(await screen.findByText("Nothing matches these filters")).toBeTruthy();
  });

  it.each([
    { status: 503, says: "The disk is full." },
    { status: 403, says: "The disk is full." },
  ])("that failed with $status says what the server said", async ({ status, says }) => {
    const problem: Problem = { code: "x.y", status, what: says, why: "", mend: "", requestId: "req-9", places: [] };
    show(<DataTable spec={table(() => Promise.reject(new ProblemError(problem)))} />);
    expect(await screen.findByText(says)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Try again" }) === null).toBe(status === 403);
  });
});

describe("a table", () => {
  it("masks personal data until asked", async () => {
    show(<DataTable spec={whole} />);
    await screen.findByText("m•••@example.org");
    expect(screen.queryByText("maria@example.org")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show personal data" }));
    expect(screen.getByText("maria@example.org")).toBeTruthy();
  });

  it("sorts a whole list and remembers it in the address", async () => {
    const router = show(<DataTable spec={whole} />);
    await userEvent.click(await screen.findByRole("button", { name: "Name" }));
    expect(names()).toEqual(["Aiko Tanaka", "Maria Keller"]);
    expect(router.state.location.search).toBe("?sort=name");
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("does not offer to sort one page of many", async () => {
    show(<DataTable spec={table(async () => ({ items: people, next: "more" }))} />);
    await screen.findByRole("link", { name: "Maria Keller" });
    expect(screen.queryByRole("button", { name: "Name" })).toBeNull();
  });

  it("pages forward and back by cursor", async () => {
    const load = vi.fn(async ({ cursor }: PageQuery) =>
      cursor === undefined ? { items: people.slice(0, 1), next: "c2" } : { items: people.slice(1), next: null },
    );
    show(<DataTable spec={table(load)} />);
    await screen.findByRole("link", { name: "Maria Keller" });
    await userEvent.click(screen.getByRole("button", { name: "Next page" }));
    await screen.findByRole("link", { name: "Aiko Tanaka" });
    expect(load.mock.lastCall?.[0].cursor).toBe("c2");
    await userEvent.click(screen.getByRole("button", { name: "Previous page" }));
    expect(await screen.findByRole("link", { name: "Maria Keller" })).toBeTruthy();
  });

  it("keeps what may name a person out of the address", async () => {
    const load = vi.fn(async () => ({ items: people, next: null }));
    const router = show(<DataTable spec={table(load)} />);
    await screen.findByRole("link", { name: "Maria Keller" });
    await userEvent.type(screen.getByRole("searchbox", { name: "Name or e-mail" }), "maria");
    await waitFor(() => expect(load.mock.lastCall).toMatchObject([{ filters: { q: "maria" } }]));
    expect(router.state.location.search).toBe("");
  });

  it("is walked by keyboard: j, k, x and /", async () => {
    show(<WithKeys spec={whole} />);
    await screen.findByRole("link", { name: "Maria Keller" });
    await userEvent.keyboard("j");
    expect(document.activeElement?.textContent).toBe("Maria Keller");
    await userEvent.keyboard("jx");
    const chosen = screen.getByRole("row", { name: /Aiko/ });
    expect(within(chosen).getByRole("checkbox", { name: "Select Aiko Tanaka" })).toHaveProperty("checked", true);
    await userEvent.keyboard("k/");
    expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Name or e-mail" }));
  });

  it("shows a saved view of the server and saves the present one", async () => {
    const seen = answering((request) =>
      request.method === "POST"
        ? { status: 201, body: {} }
        : { body: { items: [{ id: "v", screen: "people", name: "Left us", query: "state=gone", mine: true }] } },
    );
    const router = show(<DataTable spec={whole} />, "/?sort=-name");
    await userEvent.click(await screen.findByRole("button", { name: "Saved views" }));
    await userEvent.type(await screen.findByRole("textbox", { name: "Name of this view" }), "By name");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(seen.some((request) => request.method === "POST")).toBe(true));
    const posted = seen.find((request) => request.method === "POST");
    expect(await posted?.json()).toEqual({ screen: "people", name: "By name", query: "sort=-name", shared: false });
    await userEvent.click(screen.getByRole("button", { name: "Left us" }));
    expect(router.state.location.search).toBe("?state=gone");
  });
});
