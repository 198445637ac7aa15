import { Link } from "react-router";
import { nameOf } from "../words/words";

export interface Thing {
  readonly kind: string;
  readonly id: string;
}

// Where things have a screen of their own.
const screensOf: Readonly<Record<string, string>> = {
  user: "/users/",
  role: "/roles/",
  task: "/tasks/",
  job: "/jobs/",
  playbook_run: "/tasks?playbook_run=",
  rights_request: "/requests/",
  replay: "/erasures/",
  system: "/systems/",
  field: "/fields/",
  activity: "/activities/",
  connection: "/connections/",
  scan: "/scans/",
  provider: "/identity-providers/",
};

export function thingText({ kind, id }: Thing): string {
  return `${nameOf("object_kind", kind)} ${id}`;
}

// What an entry or a task is about: its kind in words and its id, with a way there.
export function ThingName({ thing }: { thing: Thing }) {
  const screen = screensOf[thing.kind];
  const text = thingText(thing);
  return screen === undefined ? text : <Link to={`${screen}${thing.id}`}>{text}</Link>;
}
