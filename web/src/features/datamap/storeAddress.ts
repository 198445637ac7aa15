// Addresses of stores and the fields of the form that asks for them (src/connect/connection_url.h). Which parts an address of a
// kind has, the server says (/v1/connection-kinds). What they cannot say stays an address that is typed as it is.
import type { Schemas } from "../../api/client";

export type ConnectionKind = Schemas["ConnectionKind"];

// "address": typed as it is; else the name of a kind.
export interface StoreParts {
  readonly kind: string;
  // By the names of the parts; "address" for an address as it is.
  readonly values: Readonly<Record<string, string>>;
}

export const typedAsItIs = "address";
const placed: readonly string[] = ["scheme", "host", "port", "user", "password", "path"];

export function addressOf(kind: ConnectionKind | undefined, values: StoreParts["values"]): string {
  if (kind === undefined) return values["address"] ?? "";
  const { scheme = firstScheme(kind), host = "", port = "", user = "", path = "" } = values;
  const before = user === "" ? "" : `${encodeURIComponent(user)}@`;
  const behind = port === "" ? "" : `:${port}`;
  const way = encodedPath(path.startsWith("/") ? path : `/${path}`);
  const query = kind.parts
    .filter(({ name }) => !placed.includes(name) && (values[name] ?? "") !== "")
    .map(({ name }) => `${name}=${encodeURIComponent(values[name] ?? "")}`)
    .join("&");
  return `${scheme}://${before}${host}${behind}${way}${query === "" ? "" : `?${query}`}`;
}

// The one that the form begins with.
export function firstScheme(kind: ConnectionKind): string {
  const offered = kind.parts.find(({ name }) => name === "scheme")?.choices[0]?.value;
  return offered ?? kind.schemes[0] ?? "";
}

function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

// The fields that make this address again, or the address itself where no fields do.
export function partsOf(kinds: readonly ConnectionKind[], address: string): StoreParts {
  const kind = kinds.find(({ schemes }) => schemes.includes(address.split("://")[0] ?? ""));
  const values = kind === undefined ? null : guessed(kind, address);
  return kind !== undefined && values !== null && sameAddress(addressOf(kind, values), address)
    ? { kind: kind.name, values }
    : { kind: typedAsItIs, values: { address } };
}

function guessed(kind: ConnectionKind, address: string): StoreParts["values"] | null {
  const match = /^([a-z0-9]+):\/\/(?:([^@/?]*)@)?(\[[^\]]*\]|[^:/?]*)(?::(\d+))?(\/[^?]*)?(?:\?(.*))?$/.exec(address);
  if (match === null) return null;
  const [, scheme = "", user = "", host = "", port = "", path = "", query = ""] = match;
  const parameters = query.split("&").filter((pair) => pair !== "");
  const found: Record<string, string> = {
    scheme,
    user: decoded(user),
    host,
    port,
    path: decoded(kind.local ? path : path.slice(1)),
    ...Object.fromEntries(parameters.map((pair) => [pair.split("=")[0], decoded(pair.split("=")[1] ?? "")])),
  };
  const known = kind.parts.map(({ name }) => name);
  const kept = Object.entries(found).filter(([name, value]) => value !== "" && known.includes(name));
  return Object.fromEntries(kept);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// However it is encoded, and in whatever order its parameters stand.
function sameAddress(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(address: string): string {
  const [place = "", query = ""] = address.split("?");
  return [decoded(place).replace(/\/$/, ""), ...query.split("&").map(decoded).sort()].join("?");
}
