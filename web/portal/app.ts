// What the pages share: what the company says of itself, where to go, and the address whose code is awaited.
import type { About } from "./api";
import type { Child } from "./dom";

export type Channel = "mail" | "text";

export interface App {
  readonly about: About;
  go(path: string): void; // another page of the portal
  draw(): void; // this page anew
  // The address that a code was sent to, and whether a request was made just now; kept in memory alone.
  awaited: { email: string; afterAsking: boolean; channel: Channel; needsProof: boolean } | null;
  proofIsOver: boolean;
  goodbye: boolean;
  asked: boolean; // a request was made just now
}

export interface Page {
  readonly title: string;
  readonly content: readonly Child[];
}
