// Whether a certificate holds, by docs/formats/certificate.md, with the file and a key and nothing else: the signature, the proof of
// every entry behind it, and that its numbers are those of the entries.
import { check } from "../src/proof/check";
import { openNote, parseVerifier } from "../src/proof/note";
import { isCertificateFile } from "./certificate_shape";

export const certificateBytesMax = 8 * 1024 * 1024;

export type Fault =
  | "key_malformed"
  | "malformed"
  | "wrong_signature"
  | "no_signature_of_this_key"
  | "wrong_origin"
  | "entries_wrong"
  | "numbers_wrong";

export interface Collection {
  readonly id: { readonly dataset: string; readonly space: string; readonly name: string };
  readonly found: number;
  readonly deleted: number;
  readonly changed: number;
  readonly kept: number;
  readonly not_theirs: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly not_covered: string;
  // Records that stay, sealed under a key that was destroyed; not there: none.
  readonly shredded?: number;
  readonly entry: number;
}
interface Report {
  readonly stage: "planned" | "sweep" | "walk";
  readonly collections: readonly { readonly leftovers: number }[];
  readonly not_read: readonly unknown[];
}
// What somebody who was asked answered, where no program can look.
interface Order {
  readonly act: string;
  readonly outcome: string;
  readonly evidence: number;
  readonly entry: number;
}
interface Entry {
  readonly index: number;
  readonly leaf: string;
  readonly path: readonly string[];
}
export interface Certificate {
  readonly origin: string;
  readonly erasure: string;
  readonly request: string;
  readonly issued_at: string;
  // Of a correction or of flags; not there: an erasure.
  readonly act?: "change";
  readonly collections: readonly Collection[];
  readonly not_read: readonly unknown[];
  readonly checks: readonly { readonly at: string; readonly report: Report; readonly entry: number }[];
  // Not there: nobody had to be asked.
  readonly orders?: readonly Order[];
  readonly checkpoint: string;
  readonly entries: readonly Entry[];
}

export type Verdict =
  { state: "holds"; certificate: Certificate; complete: boolean } | { state: "broken"; fault: Fault };

export async function verify(text: string, key: string): Promise<Verdict> {
  const verifier = await parseVerifier(key);
  if (verifier === null) return broken("key_malformed");
  const opened = parse(text);
  if (opened === null) return broken("malformed");
  const { certificate, signature } = opened;
  const note = await openNote(`privity-certificate/v1\n${canonical(certificate)}\n\n${signature}`, verifier);
  if (note.state !== "signed") return broken(note.state);
  if (certificate.origin !== verifier.name) return broken("wrong_origin");
  // From here on everything is what the company signed; what follows says whether the ledger says the same.
  try {
    for (const entry of certificate.entries) {
      const evidence = { index: entry.index, path: entry.path, checkpoint: certificate.checkpoint };
      const verdict = await check(evidence, new TextEncoder().encode(entry.leaf), entry.index, verifier);
      if (verdict.state !== "proved") return broken("entries_wrong");
    }
    if (!collectionsFit(certificate) || !checksFit(certificate) || !ordersFit(certificate)) {
      return broken("numbers_wrong");
    }
    return { state: "holds", certificate, complete: isComplete(certificate) };
  } catch {
    return broken("malformed");
  }
}

function broken(fault: Fault): Verdict {
  return { state: "broken", fault };
}

// The file is written in its canonical form, so one that is not was written by somebody else; that also finds a member that is there twice.
function parse(text: string): { certificate: Certificate; signature: string } | null {
  try {
    const document: unknown = JSON.parse(text);
    if (!isCertificateFile(document) || canonical(document) !== text.trimEnd()) return null;
    return document as { certificate: Certificate; signature: string };
  } catch {
    return null;
  }
}

// RFC 8785: members sorted by UTF-16 code units; numbers and strings as ECMAScript writes them.
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}

interface Leaf {
  readonly entry: {
    readonly action: string;
    readonly object?: { kind: string; id: string };
    readonly details: Record<string, unknown>;
  };
}

// What the ledger recorded of `object` by `action`; null when the entry says something else.
function recorded(
  certificate: Certificate,
  at: number,
  action: string,
  object: { kind: string; id: string },
): Record<string, unknown> | null {
  const entry = certificate.entries[at];
  if (entry === undefined) return null;
  const { entry: said } = JSON.parse(entry.leaf) as Leaf;
  const isAbout = said.action === action && said.object?.kind === object.kind && said.object.id === object.id;
  return isAbout ? said.details : null;
}

function says(certificate: Certificate, at: number, action: string, details: Record<string, number>): boolean {
  const found = recorded(certificate, at, action, { kind: "erasure", id: certificate.erasure });
  return found !== null && canonical(found) === canonical(details);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function failedIn(collection: Collection): number {
  return sum(Object.values(collection.failed));
}

const lookActions = {
  planned: "fulfil.erasure.rechecked",
  sweep: "fulfil.erasure.swept",
  walk: "fulfil.erasure.walked",
} as const;

function collectionsFit(certificate: Certificate): boolean {
  const action = certificate.act === undefined ? "fulfil.collection.erased" : "fulfil.collection.changed";
  return certificate.collections.every((collection, task) => {
    const { found, deleted, changed, kept, not_theirs, shredded = 0 } = collection;
    const failed = failedIn(collection);
    const entry = { task, deleted, changed, kept, not_theirs, failed, ...(shredded > 0 ? { shredded } : {}) };
    return (
      sum([deleted, changed, kept, not_theirs, failed, shredded]) === found &&
      says(certificate, collection.entry, action, entry)
    );
  });
}

function leftoversIn(report: Report): number {
  return sum(report.collections.map(({ leftovers }) => leftovers));
}

function checksFit(certificate: Certificate): boolean {
  return certificate.checks.every(({ report, entry }) => {
    const details = {
      collections: report.collections.length,
      not_read: report.not_read.length,
      leftovers: leftoversIn(report),
    };
    return says(certificate, entry, lookActions[report.stage], details);
  });
}

function ordersFit(certificate: Certificate): boolean {
  const object = { kind: "rights_request", id: certificate.request };
  return (certificate.orders ?? []).every(({ act, outcome, evidence, entry }) => {
    const found = recorded(certificate, entry, "orders.order.answered", object);
    return found !== null && found["act"] === act && found["outcome"] === outcome && found["evidence"] === evidence;
  });
}

function isComplete({ collections, not_read, checks }: Certificate): boolean {
  const done = collections.every((one) => failedIn(one) === 0 && one.not_theirs === 0 && one.not_covered === "");
  const latest = new Map(checks.map(({ report }) => [report.stage, report]));
  const clean = [...latest.values()].every((report) => report.not_read.length === 0 && leftoversIn(report) === 0);
  return done && not_read.length === 0 && latest.size > 0 && clean;
}
