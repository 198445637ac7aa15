// What the screens of rights requests share: states as people read them, due dates, and which steps a click takes.
import type { Schemas } from "../../api/client";
import { StateBadge, type Tone } from "../../ui/bits";
import { t } from "../../words/words";

export type Request = Schemas["RightsRequest"];
export type RequestState = Request["state"];
export type RequestStep = Request["steps"][number];
export type Deadline = Schemas["Deadline"];

export const requestStates = [
  "received",
  "proving",
  "verified",
  "planned",
  "approved",
  "running",
  "waiting_store",
  "waiting_person",
  "checking",
  "checked",
  "answered",
  "refused",
  "withdrawn",
  "appealed",
  "closed",
] as const satisfies readonly RequestState[];

export const rights = [
  "access",
  "portability",
  "correction",
  "erasure",
  "restriction",
  "objection",
  "automated_decision",
  "consent_withdrawal",
  "complaint",
] as const satisfies readonly Request["right"][];

const finished: readonly RequestState[] = ["answered", "refused", "withdrawn", "closed"];
const waiting: readonly RequestState[] = ["proving", "planned", "waiting_store", "waiting_person", "appealed"];

function toneOf(request: Request): Tone {
  if (request.overdue) return "bad";
  if (finished.includes(request.state)) return "quiet";
  return waiting.includes(request.state) ? "warn" : "busy";
}

// The law lets nobody be asked who they are, and nobody was.
export function isUnasked({ identity_level, proofs }: Request): boolean {
  return identity_level === "none" && proofs.every(({ method }) => method === "skipped");
}

export function RequestBadge({ request }: { request: Request }) {
  return <StateBadge family="request_state" value={request.state} tone={toneOf(request)} />;
}

// The part of an id that people say to each other, as letters do.
export function referenceOf(request: { readonly id: string }): string {
  return request.id.slice(0, 8);
}

export function answerBy(request: Request): Deadline | undefined {
  return request.deadlines.find((deadline) => deadline.duty === "answer");
}

export function periodOf(deadline: Deadline): string {
  const { value, unit } = deadline.rule;
  return t(`requests.period.${unit}`, { value });
}

// The steps that a click takes, with nothing but a note; the others have a form of their own.
const plain = ["ask_proof", "lose_proof", "plan_again", "resume", "withdraw", "appeal", "reopen", "close"] as const;
export type PlainStep = (typeof plain)[number];

export function plainSteps(request: Request): readonly PlainStep[] {
  return plain.filter((step) => request.steps.includes(step));
}
