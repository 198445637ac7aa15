// Addresses of stores and the fields of the form that asks for them (src/connect/connection_url.h). What a form cannot say (an
// unusual parameter) stays an address that is typed as it is.
export interface StoreKind {
  readonly id: "postgresql" | "mysql" | "sqlite" | "file";
  readonly place: "server" | "path";
}

export const storeKinds: readonly StoreKind[] = [
  { id: "postgresql", place: "server" },
  { id: "mysql", place: "server" },
  { id: "sqlite", place: "path" },
  { id: "file", place: "path" },
];

// A kind of the table, or "address": typed as it is.
export type KindChoice = StoreKind["id"] | "address";

export interface StoreParts {
  readonly store_kind: KindChoice;
  readonly host?: string;
  readonly port?: number;
  readonly store_user?: string;
  readonly database?: string;
  readonly path?: string;
  readonly sslmode?: string;
  readonly address?: string;
}

export function placeOf(kind: KindChoice): StoreKind["place"] | "address" {
  return storeKinds.find(({ id }) => id === kind)?.place ?? "address";
}

export function addressOf(parts: StoreParts): string {
  switch (placeOf(parts.store_kind)) {
    case "address":
      return parts.address ?? "";
    case "path":
      return `${parts.store_kind}://${encodedPath(parts.path ?? "")}`;
    case "server":
      return serverAddress(parts);
  }
}

function serverAddress({ store_kind: kind, host = "", port, store_user: user, database, sslmode }: StoreParts): string {
  const before = user === undefined || user === "" ? "" : `${encodeURIComponent(user)}@`;
  const behind = port === undefined ? "" : `:${port}`;
  const query = sslmode === undefined || sslmode === "" ? "" : `?sslmode=${sslmode}`;
  return `${kind}://${before}${host}${behind}${encodedPath(`/${database ?? ""}`)}${query}`;
}

function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

// The fields that make this address again, or the address itself where no fields do.
export function partsOf(address: string): StoreParts {
  const parts = guessed(address);
  return parts !== null && sameAddress(addressOf(parts), address) ? parts : { store_kind: "address", address };
}

function guessed(address: string): StoreParts | null {
  const match = /^([a-z]+):\/\/(?:([^@/?]*)@)?(\[[^\]]*\]|[^:/?]*)(?::(\d+))?(\/[^?]*)?(?:\?sslmode=([a-z-]+))?$/.exec(
    address,
  );
  const kind = storeKinds.find(({ id }) => id === match?.[1]);
  if (match === null || kind === undefined) return null;
  const [, , user, host, port, path = "", sslmode] = match;
  if (kind.place === "path") return { store_kind: kind.id, path: decoded(path) };
  return {
    store_kind: kind.id,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(user === undefined ? {} : { store_user: decoded(user) }),
    database: decoded(path.slice(1)),
    ...(sslmode === undefined ? {} : { sslmode }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sameAddress(one: string, other: string): boolean {
  return decoded(one).replace(/\/$/, "") === decoded(other).replace(/\/$/, "");
}
