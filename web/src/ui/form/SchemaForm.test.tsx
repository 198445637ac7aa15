import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { show } from "../../../tests/render";
import { ProblemError, type Problem } from "../../api/problem";
import type { Schema } from "./schema";
import { SchemaForm } from "./SchemaForm";

const schema: Schema = {
  type: "object",
  required: ["name", "email"],
  properties: {
    name: { type: "string", minLength: 2 },
    email: { type: "string", format: "email" },
    description: { type: "string", maxLength: 2000 },
    language: { type: "string", enum: ["en", "de"] },
  },
};

function refusal(part: Partial<Problem>): ProblemError {
  return new ProblemError({
    code: "x.y",
    status: 400,
    what: "No.",
    why: "",
    mend: "",
    requestId: null,
    places: [],
    ...part,
  });
}

function form(submit: (values: object) => Promise<unknown>, onReload?: () => void) {
  return show(
    <SchemaForm
      schema={schema}
      initial={{ name: "Maria", email: "maria@example.org" }}
      submitLabel="Go"
      submit={submit}
      onReload={onReload}
    />,
  );
}

describe("a form from a schema", () => {
  it("labels each field from the catalog and draws the control of its type", () => {
    form(async () => undefined);
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "Maria");
    expect(screen.getByRole("textbox", { name: "E-mail address" })).toHaveProperty("type", "email");
    expect(screen.getByRole("textbox", { name: "Description" }).tagName).toBe("TEXTAREA");
    expect(screen.getByRole("combobox", { name: "Language" })).toBeTruthy();
  });

  it("sends what was filled in and leaves out what was not", async () => {
    const submit = vi.fn(async () => undefined);
    form(submit);
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), " Keller");
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    expect(submit).toHaveBeenCalledWith({ name: "Maria Keller", email: "maria@example.org" });
  });

  it("does not send what the schema refuses, and goes to the field", async () => {
    const submit = vi.fn(async () => undefined);
    form(submit);
    await userEvent.clear(screen.getByRole("textbox", { name: "E-mail address" }));
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    expect(screen.getByText("This is needed.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "E-mail address" }));
    expect(submit).not.toHaveBeenCalled();
  });

  it("puts the server's refusal at the field that it names", async () => {
    form(() => Promise.reject(refusal({ places: [{ path: "/email", text: "Somebody has it." }] })));
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    const email = screen.getByRole("textbox", { name: "E-mail address" });
    await waitFor(() => expect(email.getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByText("Somebody has it.")).toBeTruthy();
    expect(screen.queryByText("No.")).toBeNull();
  });

  it("says a refusal that names no field above the form", async () => {
    form(() => Promise.reject(refusal({ what: "The ledger is full." })));
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    expect(await screen.findByRole("alert")).toHaveProperty(
      "textContent",
      expect.stringContaining("The ledger is full."),
    );
  });

  it("explains that someone else changed it, and offers theirs", async () => {
    const reload = vi.fn();
    form(() => Promise.reject(refusal({ status: 412 })), reload);
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    await userEvent.click(await screen.findByRole("button", { name: "Load the current version" }));
    expect(reload).toHaveBeenCalledOnce();
  });

  it("asks before unsaved changes are left behind", async () => {
    const router = form(async () => undefined);
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "!");
    await router.navigate("/elsewhere");
    await userEvent.click(await screen.findByRole("button", { name: "Stay here" }));
    expect(router.state.location.pathname).toBe("/");
    void router.navigate("/elsewhere");
    await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/elsewhere"));
  });

  it("does not ask after saving", async () => {
    const router = form(async () => undefined);
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "!");
    await userEvent.click(screen.getByRole("button", { name: "Go" }));
    await router.navigate("/elsewhere");
    await waitFor(() => expect(router.state.location.pathname).toBe("/elsewhere"));
  });
});
