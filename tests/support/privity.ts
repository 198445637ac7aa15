// Starts the real binary on a folder of its own and free loopback ports, and ends it by its pid.
//
//   const privity = await Privity.start();
//   const admin = await privity.setUp();            // the first administrator, by the one-time set-up link
//   const answer = await admin.post("/v1/users", {...});
//   await privity.stop();

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

export const binary = process.env["PRIVITY"] ?? join(import.meta.dirname, "../../build/privity");
const readySecondsMax = 20;

// A test that fails in the middle leaves no server behind.
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

export type StartOptions = {
  /** Folder that holds data/ and keys/; a fresh one is made and removed when absent. */
  folder?: string;
  environment?: Record<string, string>;
  arguments?: string[];
};

export type Answer<T = unknown> = { status: number; headers: Headers; body: T; text: string };

export class Privity {
  readonly folder: string;
  readonly process: ChildProcess;
  readonly consoleUrl: string;
  readonly publicUrl: string;
  readonly setupToken: string | undefined;
  readonly #ownsFolder: boolean;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: { text: string };

  private constructor(folder: string, ownsFolder: boolean, process: ChildProcess, environment: NodeJS.ProcessEnv, log: { text: string }, ready: Ready) {
    this.folder = folder;
    this.#ownsFolder = ownsFolder;
    this.process = process;
    this.#environment = environment;
    this.#log = log;
    this.consoleUrl = ready.console_url;
    this.publicUrl = ready.public_url;
    this.setupToken = ready.setup_url?.split("#")[1]?.replace(/^token=/, "");
  }

  static async start(options: StartOptions = {}): Promise<Privity> {
    const ownsFolder = options.folder === undefined;
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), "privity-test-"));
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: folder,
      PRIVITY_DATA_DIRECTORY: join(folder, "data"),
      PRIVITY_KEY_HOME_DIRECTORY: join(folder, "keys"),
      PRIVITY_CONSOLE_LISTEN: "127.0.0.1:0",
      ...options.environment,
    };
    const child = spawn(binary, ["serve", "--ready-json", ...(options.arguments ?? [])], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    const log = { text: "" };
    child.stderr!.on("data", (chunk: Buffer) => (log.text += chunk.toString()));
    const ready = await firstLine(child, log);
    return new Privity(folder, ownsFolder, child, environment, log, JSON.parse(ready) as Ready);
  }

  /** Everything the server has written to its log so far. */
  get log(): string {
    return this.#log.text;
  }

  get dataDir(): string {
    return this.#environment["PRIVITY_DATA_DIRECTORY"]!;
  }

  get keyHome(): string {
    return this.#environment["PRIVITY_KEY_HOME_DIRECTORY"]!;
  }

  /** Redeems the set-up link and answers with a client that holds the first administrator's session. */
  async setUp(account: Partial<SetUp> = {}): Promise<Client> {
    const client = new Client(this.consoleUrl);
    const answer = await client.post<SessionView>("/v1/setup", { ...firstAdministrator, token: this.setupToken, ...account });
    if (answer.status >= 300) throw new Error(`set-up answered ${answer.status}: ${answer.text}`);
    client.csrfToken = answer.body.csrf_token;
    return client;
  }

  /** A client with an API token of its own, made by a signed-in person. */
  async withToken(owner: Client, permissions: string[]): Promise<Client> {
    const answer = await owner.post<{ secret: string }>("/v1/tokens", { name: "a test", permissions, expires_in_days: 1 });
    if (answer.status !== 201) throw new Error(`making a token answered ${answer.status}: ${answer.text}`);
    return new Client(this.consoleUrl, answer.body.secret);
  }

  /** What another process needs to share this installation. */
  get environment(): NodeJS.ProcessEnv {
    return this.#environment;
  }

  /** Runs `privity ARGUMENTS` beside this server. */
  async cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return run(binary, args, this.#environment);
  }

  /** Ends the server: politely (drains, then exit 0), or at once. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const code = await end(this.process, signal);
    if (this.#ownsFolder) rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  /** Ends the server without warning and keeps its folder. */
  async kill(): Promise<void> {
    await end(this.process, "SIGKILL");
  }
}

export type SessionView = { state: string; csrf_token?: string };
type Ready = { console_url: string; public_url: string; setup_url?: string; pid: number };
export type SetUp = { token?: string; organization: string; time_zone: string; name: string; email: string; password: string };

export const firstAdministrator: SetUp = {
  organization: "Example Trading",
  time_zone: "Europe/Berlin",
  name: "Ada Example",
  email: "ada@example.org",
  password: "seven small boats sail at noon",
};

/** One principal's view of the API: keeps its cookies, sends the CSRF header, or a bearer token instead. */
export class Client {
  readonly base: string;
  readonly #cookies = new Map<string, string>();
  readonly token: string | undefined;
  /** Sent with every request. */
  readonly headers: Record<string, string> = {};
  /** Of the session, as every answer to a sign-in step carries it. */
  csrfToken: string | undefined;

  constructor(base: string, token?: string) {
    this.base = base;
    this.token = token;
  }

  get<T = any>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>("GET", path, undefined, headers);
  }
  /** As a browser follows a link from another site. */
  visit(path: string, headers: Record<string, string> = {}): Promise<Answer<string>> {
    return this.get<string>(path, { accept: "text/html,*/*;q=0.8", "sec-fetch-site": "cross-site", ...headers });
  }
  post<T = any>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>("POST", path, body, headers);
  }
  patch<T = any>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>("PATCH", path, body, headers);
  }
  put<T = any>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>("PUT", path, body, headers);
  }
  delete<T = any>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>("DELETE", path, undefined, headers);
  }

  async send<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const sent: Record<string, string> = { accept: "application/json", ...this.headers, ...headers };
    if (this.token !== undefined) sent["authorization"] = `Bearer ${this.token}`;
    if (this.#cookies.size > 0) {
      sent["cookie"] ??= [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      if (method !== "GET" && method !== "HEAD" && this.csrfToken !== undefined) sent["x-privity-csrf"] ??= this.csrfToken;
    }
    const isFile = body instanceof Uint8Array;
    if (body !== undefined) sent["content-type"] ??= isFile ? "application/octet-stream" : "application/json";
    const bytes = isFile ? Buffer.from(body) : JSON.stringify(body);
    const answer = await fetch(this.base + path, { method, headers: sent, ...(body === undefined ? {} : { body: bytes }), redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    const text = await answer.text();
    const isJson = (answer.headers.get("content-type") ?? "").includes("json");
    return { status: answer.status, headers: answer.headers, text, body: (isJson && text !== "" ? JSON.parse(text) : text) as T };
  }

  #keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    if (attributes.some((a) => a.toLowerCase() === "max-age=0")) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(pair.indexOf("=") + 1));
  }

  cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }
}

export function run(program: string, args: string[], environment: NodeJS.ProcessEnv = process.env): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.kill(signal);
  });
}

function firstLine(child: ChildProcess, log: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`privity serve was not ready within ${readySecondsMax} s:\n${log.text}`));
    }, readySecondsMax * 1000);
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const newline = text.indexOf("\n");
      if (newline < 0) return;
      clearTimeout(timer);
      resolve(text.slice(0, newline));
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`privity serve ended with ${code}:\n${log.text}`));
    });
  });
}

/** The words that a file holds, for tests that look for what must not be there. */
export function fileHolds(path: string, needle: string): boolean {
  return readFileSync(path).includes(Buffer.from(needle));
}
