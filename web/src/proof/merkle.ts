// The stranger's half of the ledger, in the browser: RFC 9162 section 2.1.3.2 (the tree of RFC 6962 section 2.1), SHA-256 from
// WebCrypto. Nothing here trusts what the server says about itself.

export type Hash = Uint8Array<ArrayBuffer>;

export async function leafHash(entry: Uint8Array): Promise<Hash> {
  return sha256(join([Uint8Array.of(0), entry]));
}

async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  return sha256(join([Uint8Array.of(1), left, right]));
}

// Whether the entry with that leaf hash stands at `index` in the tree of `size` entries with that root.
export async function inclusionHolds(
  index: number,
  size: number,
  leaf: Hash,
  path: readonly Hash[],
  root: Hash,
): Promise<boolean> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameBytes(hash, root);
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Hash> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Indexes go beyond 32 bits, where JavaScript's shifts stop.
function half(value: number): number {
  return Math.floor(value / 2);
}
