import { nameOf } from "../../../words/words";
import type { Role } from "../queries";

// Roles that come with Privity have a name for machines, which the catalog translates; others are called as people called them.
export function roleName({ name, built_in: comesWithPrivity }: Role): string {
  return comesWithPrivity ? nameOf("role", name) : name;
}
