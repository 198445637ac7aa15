// How close together rows stand.
import { preference } from "./preference";

export type Density = "comfortable" | "compact";

export const density = preference<Density>("privity-density", ["comfortable", "compact"]);

// The style sheets read it from the document.
export function applyDensity(): void {
  document.documentElement.dataset["density"] = density.now();
}

export function setDensity(value: Density): void {
  density.set(value);
  applyDensity();
}
