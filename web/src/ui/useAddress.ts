// What a screen keeps in its address ("?state=open&q=ada"), as state: copied links open the same, and going back leaves the screen.
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";

// A change begins from the one before it, also where that is not drawn yet: react-router gives an updater what was drawn last, and of
// two changes in one breath the first would be lost.
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = (edit: (now: URLSearchParams) => URLSearchParams) => {
    latest.current = edit(latest.current);
    setParams(latest.current, { replace: true, preventScrollReset: true });
  };
  return [params, change] as const;
}

// Empty: left out.
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === null || value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
