// Listens to the server's events while someone is signed in. An event is a hint to look again: it carries no content. The browser
// connects again by itself and names the last event that it heard, so that what came meanwhile is not missed; when too much did,
// the server says so and everything is looked at again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { events } from "./screens";

// A job that counts fast moves many times a second; a screen looks again at most this often.
const pauseMilliseconds = 400;

export function useServerEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource("/v1/events");
    const stale = new Set<string>();
    let timer: number | undefined;
    const refresh = () => {
      timer = undefined;
      for (const key of stale) void queries.invalidateQueries({ queryKey: [key] });
      stale.clear();
    };
    for (const [name, key] of events) {
      source.addEventListener(name, () => {
        stale.add(key);
        timer ??= window.setTimeout(refresh, pauseMilliseconds);
      });
    }
    source.addEventListener("events.missed", () => void queries.invalidateQueries());
    return () => {
      source.close();
      window.clearTimeout(timer);
    };
  }, [queries]);
}
