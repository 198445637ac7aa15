// A console to test: one server with a small company in it, one browser, and pages on which a person is signed in already.
//
//   const console = await Console.start();
//   const page = await console.open();                                   // as the administrator
//   const grace = await console.person("Grace Example", ["tasks.use"]);  // somebody who may do only that
//   const hers = await console.open(grace, { scheme: "dark" });
//   await console.stop();

import { after, before } from "node:test";
import { Browser, type ConsolePage, type OpenOptions } from "./browser.ts";
import { Client, Privity, type StartOptions } from "./privity.ts";

export const password = "nine quiet herons cross a river";

export class Console {
  readonly privity: Privity;
  readonly browser: Browser;
  readonly administrator: Client;

  private constructor(privity: Privity, browser: Browser, administrator: Client) {
    this.privity = privity;
    this.browser = browser;
    this.administrator = administrator;
  }

  static async start(options: StartOptions = {}): Promise<Console> {
    const [privity, browser] = await Promise.all([Privity.start(options), Browser.launch()]);
    return new Console(privity, browser, await privity.setUp());
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.privity.stop();
  }

  /** A page on which `client` is signed in, with nothing else remembered. */
  async open(client: Client = this.administrator, options: OpenOptions = {}): Promise<ConsolePage> {
    return this.browser.open(this.privity.consoleUrl, { ...options, cookies: client.cookies() });
  }

  /** Somebody new, signed in, with a role that holds these permissions and no others. */
  async person(name: string, permissions: readonly string[]): Promise<Client> {
    const role = await this.create("/v1/roles", { name: `Role of ${name}`, description: "", permissions });
    const invitation = await this.create("/v1/invitations", { name, email: addressOf(name), role_ids: [role["id"]] });
    const client = new Client(this.privity.consoleUrl);
    const token = String(invitation["link"]).split("#token=")[1];
    const answer = await client.post("/v1/session/link", { token, password });
    if (answer.status >= 300) throw new Error(`accepting the invitation answered ${answer.status}: ${answer.text}`);
    client.csrfToken = answer.body.csrf_token;
    return client;
  }

  /** What the administrator creates by the API, so that a test begins where it wants to. */
  async create(path: string, body: object = {}): Promise<Record<string, unknown>> {
    const answer = await this.administrator.post(path, body);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }
}

/** One console for all tests of a file: started before them, made ready by `begin`, and stopped after them. */
export function useConsole(begin: (console: Console) => Promise<void>, options: StartOptions = {}): void {
  let started: Console | undefined;
  before(async () => {
    started = await Console.start(options);
    await begin(started);
  });
  after(async () => {
    await started?.stop();
  });
}

// "Grace Example" → grace.example@example.org
export function addressOf(name: string): string {
  return `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".").replace(/^\./, "")}@example.org`;
}
