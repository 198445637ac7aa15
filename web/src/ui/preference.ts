// A taste of the person at this screen: it lives in the browser and says nothing about anybody. The first value is the one that
// holds until another is chosen. Where storage is switched off, a choice holds until the page is left.
import { useSyncExternalStore } from "react";

export interface Preference<Value extends string> {
  readonly now: () => Value;
  readonly set: (value: Value) => void;
  readonly use: () => Value;
}

export function preference<Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
): Preference<Value> {
  const listeners = new Set<() => void>();
  let chosen: Value | undefined;
  const now = () => chosen ?? values.find((value) => value === stored(name)) ?? values[0];
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    now,
    set: (value) => {
      chosen = store(name, value) ? undefined : value;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, now),
  };
}

export function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function store(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
