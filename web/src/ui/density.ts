// How close together rows stand. A taste of the person at this screen, so it lives in the browser like the color scheme.
import { useSyncExternalStore } from "react";

export type Density = "comfortable" | "compact";

const storageKey = "privity-density";
const listeners = new Set<() => void>();

export function density(): Density {
  return localStorage.getItem(storageKey) === "compact" ? "compact" : "comfortable";
}

export function applyDensity(): void {
  document.documentElement.dataset["density"] = density();
}

export function setDensity(value: Density): void {
  localStorage.setItem(storageKey, value);
  applyDensity();
  for (const listener of listeners) listener();
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, density);
}
