// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), as Go's sumdb/note writes and reads them:
//     <origin>\n<size>\n<base64 root>\n \n— <key name> <base64 of key id and signature>\n
// A verifier is "<name>+<key id, 8 hex digits>+<base64 of 0x01 and the Ed25519 public key>".
import { join, sameBytes, sha256, type Hash } from "./merkle";

export interface Verifier {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

const ed25519 = 0x01;
const text = new TextEncoder();

// Null when it is not a verifier, or when its key id does not belong to its name and key.
export async function parseVerifier(written: string): Promise<Verifier | null> {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(written.trim());
  const [, name, idText, keyText] = match ?? [];
  if (name === undefined || idText === undefined || keyText === undefined) return null;
  const typed = fromBase64(keyText);
  if (typed === null || typed.length !== 33 || typed[0] !== ed25519) return null;
  const keyId = (await sha256(join([text.encode(`${name}\n`), typed]))).slice(0, 4);
  if (toHex(keyId) !== idText) return null;
  return { name, keyId, publicKey: typed.slice(1) };
}

export type Opened =
  | { state: "signed"; text: string }
  | { state: "malformed" }
  | { state: "no_signature_of_this_key" }
  | { state: "wrong_signature" };

export async function openNote(note: string, verifier: Verifier): Promise<Opened> {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return { state: "malformed" };
  const body = note.slice(0, split + 1);
  for (const line of note.slice(split + 2, -1).split("\n")) {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    const signature = match?.[2] === undefined ? null : fromBase64(match[2]);
    if (match === null || signature === null || signature.length < 5) return { state: "malformed" };
    if (match[1] !== verifier.name || !sameBytes(signature.slice(0, 4), verifier.keyId)) continue;
    const good = await verifies(verifier, signature.slice(4), body);
    return good ? { state: "signed", text: body } : { state: "wrong_signature" };
  }
  return { state: "no_signature_of_this_key" };
}

export function parseCheckpoint(body: string): Checkpoint | null {
  const [origin, sizeText, rootText, ...rest] = body.split("\n");
  if (!origin || sizeText === undefined || rootText === undefined || rest.length === 0) return null;
  if (!/^(0|[1-9]\d{0,15})$/.test(sizeText)) return null;
  const root = fromBase64(rootText);
  return root?.length === 32 ? { origin, size: Number(sizeText), root } : null;
}

async function verifies(verifier: Verifier, signature: Uint8Array<ArrayBuffer>, body: string): Promise<boolean> {
  const signed = text.encode(body);
  const key = await importedKey(verifier);
  if (key !== null) return crypto.subtle.verify("Ed25519", key, signature, signed);
  const ed25519 = await import("@noble/ed25519");
  return ed25519.verifyAsync(signature, signed, verifier.publicKey, { zip215: false });
}

// Null in browsers whose WebCrypto does not have Ed25519 (Chromium before 137).
async function importedKey({ publicKey }: Verifier): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") return null;
    throw error;
  }
}

// Standard base64 only (RFC 4648 section 4), with its padding; null for anything else.
export function fromBase64(written: string): Uint8Array<ArrayBuffer> | null {
  if (written.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(written)) return null;
  return Uint8Array.from(atob(written), (character) => character.charCodeAt(0));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
