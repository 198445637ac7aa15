// A portal to test: one server with its public listener, a mail server that takes the codes, and a browser.
//
//   const portal = await Portal.start();
//   const page = await portal.open("/ask", { width: 320, language: "de" });
//   const code = await portal.code("ada@example.org");
//   await portal.stop();

import { Browser, type ConsolePage, type OpenOptions } from "./browser.ts";
import { eventually } from "./eventually.ts";
import { type Client, Privity } from "./privity.ts";
import { portalAndMailTo, type Letter, SmtpServer } from "./smtp.ts";

export class Portal {
  readonly privity: Privity;
  readonly administrator: Client;
  readonly #mail: SmtpServer;
  readonly #browser: Browser;

  private constructor(privity: Privity, administrator: Client, mail: SmtpServer, browser: Browser) {
    this.privity = privity;
    this.administrator = administrator;
    this.#mail = mail;
    this.#browser = browser;
  }

  static async start(environment: Record<string, string> = {}): Promise<Portal> {
    const mail = await SmtpServer.start();
    const [privity, browser] = await Promise.all([Privity.start({ environment: { ...portalAndMailTo(mail.port), ...environment } }), Browser.launch()]);
    const administrator = await privity.setUp();
    const portal = new Portal(privity, administrator, mail, browser);
    await portal.put("/v1/rights/settings", { place: "DE", second_person: false, keep_days: 90 }, "v0");
    return portal;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.privity.stop();
    await this.#mail.stop();
  }

  /** A browser of its own, as somebody's who was never here. */
  async open(path: string, options: OpenOptions = {}): Promise<ConsolePage> {
    const page = await this.#browser.open(this.privity.publicUrl, options);
    await page.goto(path);
    return page;
  }

  /** The company's side, with the administrator signed in. */
  async openConsole(options: OpenOptions = {}): Promise<ConsolePage> {
    return this.#browser.open(this.privity.consoleUrl, { ...options, cookies: this.administrator.cookies() });
  }

  /** The page as the server sends it, without a browser. */
  async document(path: string): Promise<Response> {
    return fetch(new URL(path, this.privity.publicUrl), { headers: { accept: "text/html" } });
  }

  async put(path: string, body: object, version: string): Promise<void> {
    const answer = await this.administrator.put(path, body, { "if-match": `"${version}"` });
    if (answer.status !== 200) throw new Error(`PUT ${path} answered ${answer.status}: ${answer.text}`);
  }

  /** What the company does with a request, by its own API. */
  async post(path: string, body: object = {}): Promise<Record<string, unknown>> {
    const answer = await this.administrator.post(path, body);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  /** The n-th code that went to an address, counted from 1. */
  async code(address: string, nth = 1): Promise<string> {
    const codes = () => Promise.resolve(this.lettersTo(address).flatMap((letter) => /: (\d{8})$/m.exec(letter.text)?.[1] ?? []));
    const arrived = await eventually(codes, (found) => found.length >= nth);
    return arrived[nth - 1]!;
  }

  lettersTo(address: string): Letter[] {
    return this.#mail.letters.filter((letter) => letter.to.includes(address));
  }
}
