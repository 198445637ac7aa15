import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { answering, problem, show, type Answer } from "../../../tests/render";
import RedactScreen from "./RedactScreen";

const redacted = {
  body: {
    text: "Call [email]",
    spans: [{ start: 5, end: 20, entity: "email", category: "user.contact.email" }],
    replaced: 1,
  },
};

async function asked(api: Answer) {
  const seen = answering(() => api);
  show(<RedactScreen />);
  await userEvent.click(screen.getByRole("textbox", { name: /^Text/ }));
  await userEvent.paste("Call ana@example.org");
  await userEvent.click(screen.getByRole("button", { name: "Redact" }));
  return seen;
}

describe("redacting a text", () => {
  it("is offered only when there is one", () => {
    answering(() => ({}));
    show(<RedactScreen />);
    expect(screen.getByRole("button", { name: "Redact" })).toHaveProperty("disabled", true);
    screen.getByRole("heading", { name: "Nothing looked at yet" });
  });

  it("sends the text in the body alone, and marks what was found", async () => {
    const seen = await asked(redacted);
    await screen.findByText("Call [email]");
    expect(screen.getByText("ana@example.org").tagName).toBe("MARK");
    expect(seen.map((request) => new URL(request.url).pathname)).toEqual(["/v1/redact"]);
    expect(await seen[0]?.json()).toEqual({ text: "Call ana@example.org", manner: "label" });
  });

  it("sends a table as one, and shows it without places of finds", async () => {
    const seen = answering(() => ({ body: { csv: "name\n[person]\n", spans: [], replaced: 1 } }));
    show(<RedactScreen />);
    await userEvent.click(screen.getByRole("combobox", { name: "Read as" }));
    await userEvent.click(await screen.findByRole("option", { name: "Table (CSV)" }));
    await userEvent.click(screen.getByRole("textbox", { name: /^Table/ }));
    await userEvent.paste("name\nAna");
    await userEvent.click(screen.getByRole("button", { name: "Redact" }));
    await screen.findByText(/\[person\]/);
    expect(screen.queryByText("Your text, with the finds marked")).toBeNull();
    expect(await seen[0]?.json()).toEqual({ csv: "name\nAna", manner: "label" });
  });

  it("says that finding nothing proves nothing", async () => {
    await asked({ body: { text: "Call ana", spans: [], replaced: 0 } });
    await screen.findByText(/does not mean that nothing is there/);
  });

  it("says why it could not", async () => {
    await asked(problem(503, "store.full"));
    await screen.findByRole("heading", { name: "what of store.full" });
  });
});
