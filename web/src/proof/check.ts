// The whole check of one ledger entry: from the entry's bytes to a root, and from that root to a signature of a key that the
// reader has from elsewhere. The evidence is a C2SP tlog-proof:
//     c2sp.org/tlog-proof@v1\nindex <n>\n<base64 hash>\n…\n\n<signed checkpoint>
// with, for logs that have one, an "extra" line before the index, which our entries do not need.
import { inclusionHolds, leafHash, type Hash } from "./merkle";
import { fromBase64, openNote, parseCheckpoint, type Checkpoint, type Verifier } from "./note";

export interface Evidence {
  readonly index: number;
  readonly path: readonly Hash[];
  readonly signedCheckpoint: string;
}

export type Verdict =
  { state: "proved"; checkpoint: Checkpoint; index: number } | { state: "refuted"; reason: Refutation };

export type Refutation =
  | "evidence_malformed"
  | "checkpoint_malformed"
  | "no_signature_of_this_key"
  | "wrong_signature"
  | "wrong_origin"
  | "not_in_tree"
  | "wrong_entry";

// Ten million entries make a path of 24 hashes; a tree of 2^53 entries one of 53.
const pathLengthMax = 63;

export function parseEvidence(written: string): Evidence | null {
  const [head, checkpoint] = splitAtEmptyLine(written);
  const [version, ...lines] = head.split("\n");
  const [indexLine, ...hashes] = lines[0]?.startsWith("extra ") ? lines.slice(1) : lines;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(indexLine ?? "")?.[1];
  if (version !== "c2sp.org/tlog-proof@v1" || index === undefined || checkpoint === null) return null;
  const path = hashes.map(fromBase64);
  if (path.length > pathLengthMax || !path.every((hash) => hash?.length === 32)) return null;
  return { index: Number(index), path: path as Hash[], signedCheckpoint: checkpoint };
}

// `asked` is the index that the reader asked about: good evidence of another entry proves nothing of this one.
export async function check(evidence: string, entry: Uint8Array, asked: number, verifier: Verifier): Promise<Verdict> {
  const parsed = parseEvidence(evidence);
  if (parsed === null) return refuted("evidence_malformed");
  if (parsed.index !== asked) return refuted("wrong_entry");
  const note = await openNote(parsed.signedCheckpoint, verifier);
  if (note.state === "malformed") return refuted("checkpoint_malformed");
  if (note.state !== "signed") return refuted(note.state);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint === null) return refuted("checkpoint_malformed");
  if (checkpoint.origin !== verifier.name) return refuted("wrong_origin");
  const leaf = await leafHash(entry);
  const holds = await inclusionHolds(parsed.index, checkpoint.size, leaf, parsed.path, checkpoint.root);
  return holds ? { state: "proved", checkpoint, index: parsed.index } : refuted("not_in_tree");
}

function refuted(reason: Refutation): Verdict {
  return { state: "refuted", reason };
}

function splitAtEmptyLine(written: string): [string, string | null] {
  const at = written.indexOf("\n\n");
  return at < 0 ? [written, null] : [written.slice(0, at), written.slice(at + 2)];
}
