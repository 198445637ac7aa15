// An OpenID provider that tells one lie at a time. It speaks enough of the protocol that Privity asks it everything: metadata, keys,
// and a token for whatever code it is shown.
//
//   const hostile = await HostileProvider.start();
//   hostile.lie = { claims: { aud: "somebody-else" } };
//   const callback = hostile.authorize(location);          // path and query with which a browser would come back

import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;
type Act = (request: IncomingMessage, response: ServerResponse) => void;

export interface Lie {
  /** Laid over the claims of the ID token; undefined leaves one out. */
  claims?: Json;
  /** Laid over its header. */
  header?: Json;
  signature?: "none" | "other key" | "hmac with the public key";
  /** Laid over the metadata. */
  metadata?: Json;
  /** Laid over the query with which the browser comes back; undefined leaves one out. */
  answer?: Record<string, string | undefined>;
  /** Takes the place of a whole document. */
  discovery?: Act;
  keys?: Act;
  token?: Act;
}

export class HostileProvider {
  readonly issuer: string;
  lie: Lie = {};
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #key = newKey();
  readonly #other = newKey();
  readonly #nonces = new Map<string, string>();

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => this.#answer(request, response));
  }

  static async start(): Promise<HostileProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new HostileProvider(server);
  }

  configuration(name: string, networks = ["127.0.0.1"]): object {
    return { name, issuer: this.issuer, client_id: "privity", client_secret: "a secret for Privity", networks };
  }

  /** As if somebody had signed in there: remembers the nonce under a fresh code. */
  authorize(location: string): string {
    const asked = new URL(location).searchParams;
    const code = randomBytes(8).toString("hex");
    this.#nonces.set(code, asked.get("nonce") ?? "");
    const query = { code, state: asked.get("state") ?? "", iss: this.issuer, ...this.lie.answer };
    const sent = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `${new URL(asked.get("redirect_uri") ?? "").pathname}?${new URLSearchParams(sent)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? "/", this.issuer).pathname;
    this.asked.push(path);
    if (path === "/.well-known/openid-configuration") (this.lie.discovery ?? json(this.#metadata()))(request, response);
    else if (path === "/keys") (this.lie.keys ?? json({ keys: [this.#key.jwk] }))(request, response);
    else if (path === "/token") void this.#redeem(request, response);
    else response.writeHead(404).end();
  }

  #metadata(): Json {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      authorization_response_iss_parameter_supported: true,
      ...this.lie.metadata,
    };
  }

  async #redeem(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.lie.token !== undefined) return this.lie.token(request, response);
    let form = "";
    for await (const chunk of request) form += String(chunk);
    // It redeems a code as often as it is shown: that a code works once must not hang on the provider.
    const nonce = this.#nonces.get(new URLSearchParams(form).get("code") ?? "");
    json({ access_token: "unused", token_type: "Bearer", id_token: this.#idToken(nonce ?? "") })(request, response);
  }

  #idToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: "RS256", kid: "key-1", ...this.lie.header };
    const claims = { iss: this.issuer, sub: "account-of-ada", aud: "privity", nonce, iat: now, exp: now + 300, ...this.lie.claims };
    const signed = `${base64url(header)}.${base64url(claims)}`;
    return `${signed}.${this.#signatureOf(signed)}`;
  }

  #signatureOf(signed: string): string {
    switch (this.lie.signature) {
      case "none":
        return "";
      case "other key":
        return sign("sha256", Buffer.from(signed), this.#other.privateKey).toString("base64url");
      // The key that everybody knows, taken for a shared secret (RFC 8725 section 2.1).
      case "hmac with the public key":
        return createHmac("sha256", this.#key.pem).update(signed).digest("base64url");
      case undefined:
        return sign("sha256", Buffer.from(signed), this.#key.privateKey).toString("base64url");
    }
  }
}

function newKey(): { privateKey: KeyObject; pem: string; jwk: Json } {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKey = createPublicKey(privateKey);
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { privateKey, pem, jwk: { ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "key-1" } };
}

export function json(body: unknown): Act {
  return (_, response) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}

function base64url(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
