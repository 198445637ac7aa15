// Acts that change who may do what want a proof that the person is still there, not older than a quarter of an hour. The server
// refuses them with identity.proof_needed; then the person is asked once, and the same request is sent again. No screen needs to
// know of it.

const proofNeeded = "identity.proof_needed";

type Settle = (given: boolean) => void;

let asked: { promise: Promise<boolean>; settle: Settle } | null = null;
const listeners = new Set<() => void>();

export function proofAsked(): boolean {
  return asked !== null;
}

export function subscribeToProof(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// From the dialog: the proof was given, or the person would rather not.
export function settleProof(given: boolean): void {
  const { settle } = asked ?? {};
  asked = null;
  for (const listener of listeners) listener();
  settle?.(given);
}

export async function fetchWithProof(request: Request, prepare: (again: Request) => void): Promise<Response> {
  const again = request.clone();
  const response = await globalThis.fetch(request);
  if (response.status !== 403 || !(await wantsProof(response)) || !(await askForProof())) return response;
  prepare(again);
  return globalThis.fetch(again);
}

async function wantsProof(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "code" in body && body.code === proofNeeded;
}

// Two requests that are refused at once share one question.
function askForProof(): Promise<boolean> {
  if (asked === null) {
    let settle: Settle = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    asked = { promise, settle };
    for (const listener of listeners) listener();
  }
  return asked.promise;
}
