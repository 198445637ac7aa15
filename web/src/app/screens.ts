// What a feature brings to the console: screens, and commands for the palette. Each folder under features/ exports one `feature`
// from its feature.ts; routes, navigation, palette and the list of shortcuts are all read from these tables, so a new screen is
// a new file and no other file changes (docs/guides/add-a-console-screen.md).
import type { ComponentType } from "react";
import type { Icon } from "../ui/icons";
import type { WordKey } from "../words/words";

// The groups of the navigation, in the order in which they stand. A group without an entry is not shown.
export const navigationGroups = ["work", "map", "evidence", "system", "people"] as const;
export type NavigationGroup = (typeof navigationGroups)[number];

export interface Screen {
  // A React Router path below "/", for example "users/:id".
  readonly path: string;
  readonly title: WordKey;
  // The permission without which the screen shows its forbidden face and has no entry anywhere.
  readonly permission?: string;
  readonly load: () => Promise<{ default: ComponentType }>;
  readonly navigation?: {
    readonly group: NavigationGroup;
    readonly order: number;
    readonly icon: Icon;
    // The second key after "g": "u" makes the shortcut g u.
    readonly key?: string;
  };
}

export interface Command {
  readonly id: string;
  readonly title: WordKey;
  readonly icon: Icon;
  readonly permission?: string;
  // Where the command is carried out; a screen may open a form at "?new".
  readonly to: string;
}

export interface Feature {
  readonly screens: readonly Screen[];
  readonly commands?: readonly Command[];
  // Names of the server's events (GET /v1/events) and the first part of the query keys that they make stale.
  readonly events?: Readonly<Record<string, string>>;
}

const found = import.meta.glob<{ feature: Feature }>("../features/*/feature.ts", { eager: true });

export const features: readonly Feature[] = Object.values(found).map((module) => module.feature);
export const screens: readonly Screen[] = features.flatMap((feature) => feature.screens);
export const events: readonly (readonly [string, string])[] = features.flatMap((feature) =>
  Object.entries(feature.events ?? {}),
);
export const commands: readonly Command[] = features.flatMap((feature) => feature.commands ?? []);

export interface NavigationEntry extends Screen {
  readonly navigation: NonNullable<Screen["navigation"]>;
}

export function navigationIn(group: NavigationGroup, may: (permission: string | undefined) => boolean) {
  return screens
    .filter((screen): screen is NavigationEntry => screen.navigation?.group === group && may(screen.permission))
    .sort((one, other) => one.navigation.order - other.navigation.order);
}
