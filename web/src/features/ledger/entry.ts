import type { Schemas } from "../../api/client";

type RecordBody = Schemas["RecordBody"];

export function actorText(entry: RecordBody): string | null {
  return entry.actor.id ?? null;
}

export function objectText(entry: RecordBody): string | null {
  return entry.object == null ? null : `${entry.object.kind} ${entry.object.id}`;
}
