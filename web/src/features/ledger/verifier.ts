import { store, stored } from "../../ui/preference";

const storageKey = "privity-ledger-verifier";

// The verifier key that this reader last used. Public, and the same for everyone: nothing personal.
export function keptVerifier(): string {
  return stored(storageKey) ?? "";
}

export function keepVerifier(key: string): void {
  store(storageKey, key.trim());
}
