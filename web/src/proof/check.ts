// The whole check of one ledger entry: from the entry's bytes to a root, and from that root to a signature of a key that the
// reader has from elsewhere. Only `index`, `path` and `checkpoint` of the server's answer are used; what it says of hashes, root and
// size is computed or read from the signed text instead.
import { inclusionHolds, leafHash, type Hash } from "./merkle";
import { fromBase64, openNote, parseCheckpoint, type Checkpoint, type Verifier } from "./note";

export interface Evidence {
  readonly index: number;
  // From the leaf's sibling up to the root's child, base64.
  readonly path: readonly string[];
  // A signed note (C2SP tlog-checkpoint).
  readonly checkpoint: string;
}

export type Verdict =
  { state: "proved"; checkpoint: Checkpoint; index: number } | { state: "refuted"; reason: Refutation };

export type Refutation =
  | "path_malformed"
  | "checkpoint_malformed"
  | "no_signature_of_this_key"
  | "wrong_signature"
  | "wrong_origin"
  | "wrong_entry"
  | "not_in_tree";

// Ten million entries make a path of 24 hashes; a tree of 2^53 entries one of 53.
const pathLengthMax = 63;

// `asked` is the index that the reader asked about: good evidence of another entry proves nothing of this one.
export async function check(
  evidence: Evidence,
  entry: Uint8Array,
  asked: number,
  verifier: Verifier,
): Promise<Verdict> {
  if (evidence.index !== asked) return refuted("wrong_entry");
  const path = hashesIn(evidence.path);
  if (path === null) return refuted("path_malformed");
  const note = await openNote(evidence.checkpoint, verifier);
  if (note.state === "malformed") return refuted("checkpoint_malformed");
  if (note.state !== "signed") return refuted(note.state);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint === null) return refuted("checkpoint_malformed");
  if (checkpoint.origin !== verifier.name) return refuted("wrong_origin");
  const holds = await inclusionHolds(asked, checkpoint.size, await leafHash(entry), path, checkpoint.root);
  return holds ? { state: "proved", checkpoint, index: asked } : refuted("not_in_tree");
}

function hashesIn(path: readonly string[]): readonly Hash[] | null {
  const hashes = path.map(fromBase64).filter((hash) => hash?.length === 32);
  return path.length <= pathLengthMax && hashes.length === path.length ? (hashes as Hash[]) : null;
}

function refuted(reason: Refutation): Verdict {
  return { state: "refuted", reason };
}
