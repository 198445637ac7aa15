// Listens to the server's events while someone is signed in. An event is a hint to look again: it carries no content, and whoever
// misses one sees the same a little later. The browser connects again by itself.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { events } from "./screens";

export function useServerEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource("/v1/events");
    for (const [name, stale] of events) {
      source.addEventListener(name, () => void queries.invalidateQueries({ queryKey: [stale] }));
    }
    return () => source.close();
  }, [queries]);
}
