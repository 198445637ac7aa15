// A company of its own, for tests: signs certificates as docs/formats/certificate.md has them, over a ledger of their entries alone.
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const origin = "example.org/outcomes";
const erasure = "019c936e-3800-7000-bb0d-d56d42f00ca6";
const ed25519 = 1;
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const rawKey = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const typedKey = Buffer.concat([Buffer.of(ed25519), rawKey]);
const keyId = sha256(Buffer.from(`${origin}\n`), typedKey).subarray(0, 4);
export const verifierKey = `${origin}+${keyId.toString("hex")}+${typedKey.toString("base64")}`;

export interface Outcome {
  readonly found?: number;
  readonly deleted?: number;
  readonly changed?: number;
  readonly kept?: number;
  readonly not_theirs?: number;
  readonly failed?: Readonly<Record<string, number>>;
  readonly not_covered?: string;
  readonly shredded?: number;
}
export interface Look {
  readonly stage: "planned" | "sweep" | "walk";
  readonly leftovers?: number;
  readonly notRead?: number;
}

const lookActions = {
  planned: "rechecked",
  sweep: "swept",
  walk: "walked",
} as const;

// `recorded`: what the ledger says of the first collection instead of what is true of it. `unknown`: further members.
export function signedCertificate(
  outcomes: readonly Outcome[],
  looks: readonly Look[],
  options: {
    act?: "change";
    notRead?: number;
    recorded?: Record<string, number>;
    unknown?: object;
  } = {},
): string {
  const collections = outcomes.map((outcome, at) => ({
    shredded: undefined,
    ...none(at),
    ...outcome,
  }));
  const checks = looks.map(({ stage, leftovers = 0, notRead = 0 }, at) => ({
    at: "2026-02-25T06:13:20Z",
    report: {
      stage,
      collections: [{ collection: none(0).id, records: 1, leftovers, kept: 0 }],
      not_read: Array.from({ length: notRead }, () => ({
        collection: none(0).id,
        code: "connect.unreachable",
      })),
    },
    entry: collections.length + at,
  }));
  const ended =
    options.act === undefined
      ? "fulfil.collection.erased"
      : "fulfil.collection.changed";
  const leaves = [
    ...collections.map(
      ({ deleted, changed, kept, not_theirs, failed, shredded }, task) => {
        const sum = Object.values(failed).reduce(
          (total, number) => total + number,
          0,
        );
        const details = {
          task,
          deleted,
          changed,
          kept,
          not_theirs,
          failed: sum,
          ...(shredded ? { shredded } : {}),
        };
        return leaf(ended, {
          ...details,
          ...(task === 0 ? options.recorded : {}),
        });
      },
    ),
    ...checks.map(({ report }) =>
      leaf(`fulfil.erasure.${lookActions[report.stage]}`, {
        collections: 1,
        not_read: report.not_read.length,
        leftovers: report.collections[0]?.leftovers ?? 0,
      }),
    ),
  ];
  const hashes = leaves.map((text) => sha256(Buffer.of(0), Buffer.from(text)));
  const root = rootOf(hashes).toString("base64");
  const certificate = {
    origin,
    erasure,
    request: "019c936e-3800-7000-bb0d-d56d42f00ca7",
    planned_at: "2026-02-25T06:13:20Z",
    issued_at: "2026-02-25T06:13:20Z",
    plan_digest: "",
    boundaries: [],
    missing: [],
    ...(options.act === undefined ? {} : { act: options.act }),
    ...options.unknown,
    collections,
    checks,
    not_read: Array.from({ length: options.notRead ?? 0 }, () => ({
      collection: none(0).id,
      code: "connect.unreachable",
    })),
    checkpoint: note(`${origin}\n${leaves.length}\n${root}\n`),
    entries: leaves.map((text, index) => ({
      index,
      leaf: text,
      path: pathOf(index, hashes).map((hash) => hash.toString("base64")),
    })),
  };
  const signature = note(
    `privity-certificate/v1\n${canonical(certificate)}\n`,
  ).split("\n\n")[1];
  return canonical({ certificate, signature });
}

function none(at: number) {
  return {
    id: { dataset: "shop", space: "", name: `collection_${at}` },
    found: 0,
    deleted: 0,
    changed: 0,
    kept: 0,
    not_theirs: 0,
    failed: {} as Readonly<Record<string, number>>,
    keep_ground: "",
    kept_fields: {},
    not_covered: "",
    entry: at,
  };
}

function leaf(action: string, details: Record<string, number>): string {
  return canonical({
    entry: { action, object: { kind: "erasure", id: erasure }, details },
    v: 1,
  });
}

// RFC 8785, of what stands here: names and texts in ASCII, whole numbers. Not the one that is tested.
function canonical(value: unknown): string {
  const sorted = (_: string, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part;
  return JSON.stringify(value, sorted);
}

// C2SP signed-note.
function note(text: string): string {
  const signature = Buffer.concat([
    keyId,
    sign(null, Buffer.from(text), privateKey),
  ]).toString("base64");
  return `${text}\n\u2014 ${origin} ${signature}\n`;
}

// RFC 6962 section 2.1 and 2.1.1.
function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  const half = splitOf(hashes.length);
  return sha256(
    Buffer.of(1),
    rootOf(hashes.slice(0, half)),
    rootOf(hashes.slice(half)),
  );
}

function pathOf(index: number, hashes: readonly Buffer[]): Buffer[] {
  if (hashes.length === 1) return [];
  const half = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, half), hashes.slice(half)];
  return index < half
    ? [...pathOf(index, left), rootOf(right)]
    : [...pathOf(index - half, right), rootOf(left)];
}

function splitOf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}
