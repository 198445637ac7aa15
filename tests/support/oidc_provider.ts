// A real OpenID provider on loopback: npm's oidc-provider (certified by the OpenID Foundation) with one client and a sign-in page
// that believes whatever account is typed in.
//
//   const provider = await OidcProvider.start(`${privity.consoleUrl}/v1/session/oidc/callback`);
//   await admin.post("/v1/identity-providers", provider.configuration("Example Login"));
//   const callback = await provider.signIn(location, "account-of-ada");      // without a browser
//   await provider.stop();

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

const stepsMax = 10;

export class OidcProvider {
  readonly issuer: string;
  readonly clientSecret = randomBytes(24).toString("base64url");
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(redirectUri: string): Promise<OidcProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const started = new OidcProvider(server);
    const provider = new Provider(started.issuer, started.#settings(redirectUri));
    const answer = provider.callback();
    server.on("request", (request, response) => {
      if (request.url?.startsWith("/interaction/")) void signInPage(provider, request, response);
      else answer(request, response);
    });
    return started;
  }

  #settings(redirectUri: string): object {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return {
      clients: [{ client_id: "privity", client_secret: this.clientSecret, redirect_uris: [redirectUri] }],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "key-1" }] },
      cookies: { keys: [randomBytes(24).toString("hex")] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
      // Who signs in has consented: the question is the company's, not the test's.
      loadExistingGrant: async ({ oidc }: GrantContext) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid");
        await grant.save();
        return grant;
      },
    };
  }

  /** What Privity is told about this provider. */
  configuration(name: string): object {
    return { name, issuer: this.issuer, client_id: "privity", client_secret: this.clientSecret, networks: ["127.0.0.0/8"] };
  }

  /** Goes there as a browser would, signs in as `account`, and answers with path and query of the way back. */
  async signIn(location: string, account: string): Promise<string> {
    const cookies = new Map<string, string>();
    let url = location;
    let body: URLSearchParams | undefined;
    for (let step = 0; step < stepsMax; step++) {
      const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
      const answer = await fetch(url, { method: body === undefined ? "GET" : "POST", headers, redirect: "manual", ...(body && { body }) });
      const page = await answer.text();
      for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie);
      const next = answer.headers.get("location");
      body = next === null ? new URLSearchParams({ account }) : undefined;
      if (next === null && answer.status !== 200) throw new Error(`the provider answered ${answer.status}: ${page}`);
      url = next === null ? url : new URL(next, url).href;
      if (!url.startsWith(`${this.issuer}/`)) return url.slice(new URL(url).origin.length);
    }
    throw new Error(`no way back after ${stepsMax} steps`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface GrantContext {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    provider: { Grant: new (of: { clientId: string; accountId: string }) => { addOIDCScope(scope: string): void; save(): Promise<string> } };
  };
}

function keep(cookies: Map<string, string>, field: string): void {
  const [pair = ""] = field.split(";");
  const equals = pair.indexOf("=");
  cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
}

async function signInPage(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("account") ?? "";
    await provider.interactionFinished(request, response, { login: { accountId } });
    return;
  }
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="en"><title>Example Login</title><main><h1>Example Login</h1>
    <form method="post"><label>Account <input name="account" autofocus></label> <button>Go on</button></form></main></html>`);
}
