import userEvent from "@testing-library/user-event";
import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { show } from "../../tests/render";
import { ProblemError } from "../api/problem";
import { useShortcutKeys } from "../app/shortcuts";
import { refuse, say, Toasts, undoBy } from "./toasts";

const unavailable = new ProblemError({
  code: "store.full",
  status: 503,
  what: "The disk is full.",
  why: "",
  mend: "Make room.",
  requestId: null,
  places: [],
});

function Screen() {
  useShortcutKeys();
  return <Toasts />;
}

async function dismissAll() {
  for (const button of screen.queryAllByRole("button", { name: "Dismiss" })) await userEvent.click(button);
}

describe("a note", () => {
  it("is announced", async () => {
    show(<Screen />);
    act(() => say("Saved"));
    expect(screen.getByText("Saved").closest("[role=status]")).not.toBeNull();
    await dismissAll();
  });

  it("of a refusal says how to mend it, and interrupts", async () => {
    show(<Screen />);
    act(() => refuse(unavailable));
    expect(screen.getByRole("alert").textContent).toContain("The disk is full. Make room.");
    await dismissAll();
  });

  it("is undone by its button", async () => {
    const undo = vi.fn();
    show(<Screen />);
    act(() => say("Disabled", undoBy(undo)));
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText("Disabled")).toBeNull();
  });

  it("is undone by z: the newest, once", async () => {
    const [older, newer] = [vi.fn(), vi.fn()];
    show(<Screen />);
    act(() => say("One", undoBy(older)));
    act(() => say("Two", undoBy(newer)));
    await userEvent.keyboard("z");
    expect(newer).toHaveBeenCalledOnce();
    expect(older).not.toHaveBeenCalled();
    await dismissAll();
  });

  it("says so when the way back is refused", async () => {
    show(<Screen />);
    act(() =>
      say(
        "Disabled",
        undoBy(() => Promise.reject(unavailable)),
      ),
    );
    await userEvent.keyboard("z");
    expect(await screen.findByText(/The disk is full/)).toBeDefined();
    await dismissAll();
  });
});
