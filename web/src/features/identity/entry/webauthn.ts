// The browser's side of passkeys (WebAuthn Level 3): the server's JSON options become a ceremony, its outcome JSON again.
import { ProblemError } from "../../../api/problem";
import { errorWords } from "../../../words/words";

type JsonObject = Record<string, unknown>;

export function passkeysWork(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

export async function signWithPasskey(options: object): Promise<JsonObject> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return ceremony(() => navigator.credentials.get({ publicKey }));
}

export async function createPasskey(options: object): Promise<JsonObject> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  return ceremony(() => navigator.credentials.create({ publicKey }));
}

// The browser tells neither of a closed dialog nor of a wrong finger apart (by design): one problem says what to do about both.
async function ceremony(act: () => Promise<Credential | null>): Promise<JsonObject> {
  try {
    const credential = await act();
    if (credential instanceof PublicKeyCredential) return credential.toJSON() as JsonObject;
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
  }
  throw new ProblemError({
    code: "console.passkey_refused",
    status: 0,
    ...errorWords("passkey_refused"),
    requestId: null,
    places: [],
  });
}
