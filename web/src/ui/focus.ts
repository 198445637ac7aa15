import { useEffect, useRef } from "react";

// Where the keyboard was last. The item of a menu is gone when the dialog that it opened is closed: its button stands for it.
let lastFocused: HTMLElement | null = null;
document.addEventListener("focusin", ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const button = target.closest("[role=menu]")?.getAttribute("aria-labelledby");
  lastFocused = button == null ? target : document.getElementById(button);
});

// A button is disabled while what it began is under way, and browsers then take the keyboard away from it. It comes back
// to whoever stayed.
new MutationObserver((changes) => {
  const enabled = changes.some(({ target }) => target === lastFocused && !lastFocused.hasAttribute("disabled"));
  if (enabled && document.activeElement === document.body) lastFocused?.focus();
}).observe(document, { subtree: true, attributeFilter: ["disabled"] });

// Whoever closes a dialog goes on where it was opened.
export function useFocusBack(opened: boolean): void {
  const from = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!opened) return undefined;
    from.current = lastFocused;
    return () => {
      const { activeElement } = document;
      const lost = activeElement === document.body || activeElement?.closest("[role=dialog]") != null;
      if (lost) from.current?.focus();
    };
  }, [opened]);
}
