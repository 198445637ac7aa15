import userEvent from "@testing-library/user-event";
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { show } from "../../tests/render";
import { matching, type PaletteEntry } from "./CommandPalette";
import { singleKeys, useShortcutKeys, useShortcuts, type Shortcut } from "./shortcuts";

function Keys({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  useShortcutKeys();
  useShortcuts(shortcuts);
  return <input aria-label="text" />;
}

function shortcut(keys: string) {
  return { keys, title: "product", group: "general", run: vi.fn() } as const;
}

describe("shortcuts", () => {
  it("hear a sequence, a chord and a single key", async () => {
    const [go, chord, help] = [shortcut("g u"), shortcut("mod+k"), shortcut("?")];
    show(<Keys shortcuts={[go, chord, help]} />);
    await userEvent.keyboard("gu{Control>}k{/Control}?");
    for (const { run } of [go, chord, help]) expect(run).toHaveBeenCalledOnce();
  });

  it("do not hear the second key of a sequence alone", async () => {
    const go = shortcut("g u");
    show(<Keys shortcuts={[go]} />);
    await userEvent.keyboard("ugxu");
    expect(go.run).not.toHaveBeenCalled();
  });

  it("leave typing alone, but not chords", async () => {
    const [help, chord] = [shortcut("?"), shortcut("mod+k")];
    show(<Keys shortcuts={[help, chord]} />);
    await userEvent.type(screen.getByRole("textbox", { name: "text" }), "?{Control>}k{/Control}");
    expect(help.run).not.toHaveBeenCalled();
    expect(chord.run).toHaveBeenCalledOnce();
  });
});

describe("single keys", () => {
  it("can be switched off; chords stay", async () => {
    const [help, chord] = [shortcut("?"), shortcut("mod+k")];
    show(<Keys shortcuts={[help, chord]} />);
    singleKeys.set("off");
    await userEvent.keyboard("?{Control>}k{/Control}");
    singleKeys.set("on");
    expect(help.run).not.toHaveBeenCalled();
    expect(chord.run).toHaveBeenCalledOnce();
  });
});

describe("the palette", () => {
  const entry = (text: string, group = "Go to") => ({ id: text, text, group, to: "/" }) as unknown as PaletteEntry;
  const entries = [entry("API tokens"), entry("Invite a person", "Do"), entry("Tokens of mine")];
  const found = (text: string) => matching(entries, text).map((match) => match.text);

  it("shows all without a text", () => expect(found("")).toHaveLength(3));
  it("finds every word, wherever it stands", () => expect(found("person inv")).toEqual(["Invite a person"]));
  it("puts what begins with the text first", () => expect(found("tok")).toEqual(["Tokens of mine", "API tokens"]));
  it("finds nothing for a word that nothing has", () => expect(found("invite zebra")).toEqual([]));
});
