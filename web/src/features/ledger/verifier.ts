const storageKey = "privity-ledger-verifier";

// The verifier key that this reader last used. Public, and the same for everyone: nothing personal.
export function keptVerifier(): string {
  return localStorage.getItem(storageKey) ?? "";
}

export function keepVerifier(key: string): void {
  localStorage.setItem(storageKey, key.trim());
}
