// A browser as a person uses it, for tests of the console: Debian's Chromium, no mouse, and three things that fail a test by
// themselves: a report of the Content-Security-Policy, an error in the page, and a finding of axe.
//
//   const browser = await Browser.launch();
//   const page = await browser.open(privity.consoleUrl, { scheme: "dark", width: 320 });
//   await page.tabTo("button", "Sign in");
//   await page.press("Enter");
//   await page.isAccessible();
//   await page.close();             // fails when the page reported anything meanwhile

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, errors, type Browser as Chromium, type BrowserContext, type CDPSession, type Locator, type Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tabsMax = 120;
const lookMilliseconds = 1_000;
const looksMax = 30;
const modalDialog = '[role="dialog"][aria-modal="true"]';

export type Role = Parameters<Page["getByRole"]>[0];
export type OpenOptions = { scheme?: "light" | "dark"; width?: number; height?: number; language?: string; cookies?: ReadonlyMap<string, string> };

export class Browser {
  readonly #chromium: Chromium;

  private constructor(chromium: Chromium) {
    this.#chromium = chromium;
  }

  static async launch(): Promise<Browser> {
    const executablePath = process.env["PRIVITY_TEST_CHROMIUM"] ?? "/usr/bin/chromium";
    const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    return new Browser(await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", ...quiet] }));
  }

  /** A fresh profile: nothing stored, and no cookies but those given. */
  async open(base: string, options: OpenOptions = {}): Promise<ConsolePage> {
    const context = await this.#chromium.newContext({
      baseURL: base,
      viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
      colorScheme: options.scheme ?? "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...(options.language === undefined ? {} : { locale: options.language }),
    });
    const cookies = [...(options.cookies ?? [])].map(([name, value]) => ({ name, value, url: base, httpOnly: true }));
    await context.addCookies(cookies);
    return ConsolePage.over(context);
  }

  async close(): Promise<void> {
    await this.#chromium.close();
  }
}

export class ConsolePage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #reports: string[] = [];
  #session: CDPSession | undefined;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on("pageerror", (error) => this.#reports.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy|Trusted|require-trusted-types/i.test(message.text())) this.#reports.push(message.text());
    });
  }

  static async over(context: BrowserContext): Promise<ConsolePage> {
    return new ConsolePage(context, await context.newPage());
  }

  // One for as long as the page lives: when any session of a page is detached, Chromium unplugs the page's virtual authenticators,
  // whichever session they came from, and navigator.credentials.get() waits for a person who is not there.
  async #devTools(): Promise<CDPSession> {
    this.#session ??= await this.#context.newCDPSession(this.page);
    return this.#session;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }

  at(role: Role, name: string | RegExp): Locator {
    return this.page.getByRole(role, { name, exact: typeof name === "string" }).first();
  }

  async sees(role: Role, name: string | RegExp): Promise<void> {
    await this.at(role, name).waitFor({ state: "visible" });
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: "visible" });
  }

  /** Presses Tab until that element has the focus: it fails for what the keyboard cannot reach. */
  async tabTo(role: Role, name: string | RegExp): Promise<Locator> {
    let { target, element } = await this.#inReach(role, name);
    for (let tabs = 0; tabs < tabsMax; tabs++) {
      const found = await element.evaluate((node) => (node.isConnected ? node === document.activeElement : null));
      if (found === true) return target;
      // Drawn anew meanwhile.
      if (found === null) ({ target, element } = await this.#inReach(role, name));
      else await this.page.keyboard.press("Tab");
    }
    return assert.fail(`${tabsMax} tabs did not reach the ${role} ${String(name)}`);
  }

  /** Waits for an element where the keyboard is, looking again and again where that is: a dialog that is closing is still there. */
  async #inReach(role: Role, name: string | RegExp) {
    for (let look = 1; ; look++) {
      const target = (await this.#within()).getByRole(role, { name, exact: typeof name === "string" }).first();
      try {
        // The radio buttons of a segmented control are there for the keyboard alone.
        await target.waitFor({ state: role === "radio" ? "attached" : "visible", timeout: lookMilliseconds });
        return { target, element: await target.elementHandle({ timeout: lookMilliseconds }) };
      } catch (error) {
        if (look === looksMax || !(error instanceof errors.TimeoutError)) throw error;
      }
    }
  }

  /** An open dialog keeps the keyboard to itself. */
  async #within(): Promise<Locator> {
    const dialog = this.page.locator(modalDialog).locator("visible=true").last();
    return (await dialog.count()) > 0 ? dialog : this.page.locator("body");
  }

  async fill(name: string | RegExp, text: string, role: Role = "textbox"): Promise<void> {
    await this.tabTo(role, name);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  /** Opens a choice, narrows it where one can type, walks to the option and takes it. */
  async choose(name: string | RegExp, option: string): Promise<void> {
    const field = await this.tabTo("combobox", name);
    if (await field.isEditable()) await this.fill(name, option, "combobox");
    else await this.press("ArrowDown");
    await this.sees("option", option);
    for (let steps = 0; steps < tabsMax; steps++) {
      const active = await field.evaluate((element) => document.getElementById(element.getAttribute("aria-activedescendant") ?? "")?.textContent);
      if (active === option) return this.press("Enter");
      await this.press("ArrowDown");
    }
    assert.fail(`${tabsMax} steps did not reach the option ${option}`);
  }

  /** Takes an option of the browser's own list by the first letters of its name. */
  async pick(name: string | RegExp, option: string): Promise<void> {
    const field = await (await this.tabTo("combobox", name)).elementHandle();
    await this.page.keyboard.type(option);
    await this.page.waitForFunction(([select, text]) => (select as HTMLSelectElement).selectedOptions[0]?.text === text, [field, option] as const);
  }

  /** Takes one of a group of radio buttons: Tab reaches the group, the arrow keys move in it. */
  async select(name: string): Promise<void> {
    const target = this.at("radio", name);
    await target.waitFor({ state: "visible" });
    const group = await target.evaluate((radio: HTMLInputElement) => radio.name);
    for (let tabs = 0; tabs < tabsMax; tabs++) {
      if (await this.page.evaluate((wanted) => (document.activeElement as HTMLInputElement | null)?.name === wanted, group)) break;
      await this.page.keyboard.press("Tab");
    }
    for (let steps = 0; steps < tabsMax && !(await target.isChecked()); steps++) await this.page.keyboard.press(steps === 0 ? "Space" : "ArrowDown");
    assert.ok(await target.isChecked(), `the keyboard did not reach ${name}`);
  }

  /** Moves the tick of a box or switch. */
  async tick(name: string | RegExp, role: "checkbox" | "switch" = "checkbox"): Promise<void> {
    await this.tabTo(role, name);
    await this.page.keyboard.press("Space");
  }

  /** Waits until this stands at a field besides its label: its help and its refusal, as a screen reader reads them. */
  async describes(name: string | RegExp, says: RegExp, role: Role = "textbox"): Promise<void> {
    const read = () =>
      this.at(role, name).evaluate((field) => {
        const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
        return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
      });
    let said = "";
    for (let looks = 0; looks < looksMax && !says.test((said = await read())); ++looks) await this.page.waitForTimeout(lookMilliseconds / 10);
    assert.match(said, says);
  }

  async hasFocus(role: Role, name: string | RegExp): Promise<void> {
    const target = await this.at(role, name).elementHandle();
    await this.page.waitForFunction((element) => element === document.activeElement, target);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.#takesKeys();
      await this.page.keyboard.press(key);
    }
  }

  /** Types where the focus is. */
  async type(text: string): Promise<void> {
    await this.#takesKeys();
    await this.page.keyboard.type(text);
  }

  /** A dialog that has just opened takes the focus a moment after it is seen; a key that came before would go to what lies under it. */
  async #takesKeys(): Promise<void> {
    await this.page.waitForFunction((selector) => {
      const dialog = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).at(-1);
      return dialog === undefined || dialog.contains(document.activeElement);
    }, modalDialog);
  }

  /** Takes back by its key what was done last, once that is offered: the change may be seen before its answer is there. */
  async undo(): Promise<void> {
    await this.sees("button", /^Undo/);
    await this.press("z");
  }

  async activate(role: Role, name: string | RegExp): Promise<void> {
    await this.tabTo(role, name);
    await this.page.keyboard.press("Enter");
  }

  /** WCAG 2.2 A and AA and axe's best practices; nothing may scroll sideways. */
  async isAccessible(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('[role="status"][aria-label="Loading"]') === null);
    await this.#hasCome(`${modalDialog}, table`);
    await (await this.#devTools()).send("Runtime.evaluate", { expression: axeSource });
    const violations = await this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResults> } };
      const results = await axe.run(document, { resultTypes: ["violations"] });
      return results.violations.map((violation) => ({ id: violation.id, nodes: violation.nodes.map((node) => node.html.slice(0, 200)) }));
    });
    const where = new URL(this.page.url()).pathname;
    assert.deepEqual(violations, [], `axe at ${where}`);
    const [needed = 0, width = 0] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(needed <= width, `${where} is ${needed} px wide on a screen of ${width} px`);
  }

  /** What fades in, and a table that is loading anew, stands there whole: half way its colors are none that anybody reads. */
  async #hasCome(selector: string): Promise<void> {
    await this.page.waitForFunction((fading) => {
      const isWhole = (element: Element | null): boolean =>
        element === null || (getComputedStyle(element).opacity === "1" && isWhole(element.parentElement));
      const isMoving = document.getAnimations().some(({ playState, effect }) => playState === "running" && effect?.getTiming().iterations !== Infinity);
      return !isMoving && [...document.querySelectorAll(fading)].every(isWhole);
    }, selector);
  }

  /** Keeps the next requests for that path of the API waiting until the test says what they get. */
  async holds(path: string): Promise<{ with: (status: number, body: object) => Promise<void> }> {
    let settle: (answer: { status: number; body: object }) => void = () => undefined;
    const answered = new Promise<{ status: number; body: object }>((resolve) => (settle = resolve));
    const here = (url: URL) => url.pathname === path;
    await this.page.route(here, async (route) => {
      const { status, body } = await answered;
      await route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify({ status, ...body }) });
    });
    return {
      with: async (status, body) => {
        settle({ status, body });
        await this.sees("alert", "");
        await this.page.unroute(here);
      },
    };
  }

  /** The system changes between light and dark, and the page has followed. */
  async follows(scheme: "light" | "dark"): Promise<void> {
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.waitForFunction((wanted) => document.documentElement.getAttribute("data-mantine-color-scheme") === wanted, scheme);
  }

  async cookies(): Promise<{ name: string; httpOnly: boolean; sameSite: string }[]> {
    return this.#context.cookies();
  }

  /** A security key that answers every request with a present and verified user (WebAuthn virtual authenticator). */
  async plugInSecurityKey(): Promise<SecurityKey> {
    const session = await this.#devTools();
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new SecurityKey(session, authenticatorId);
  }

  /** Everything that the page keeps in the browser: tests look for what must not be there. */
  async stored(): Promise<string> {
    return this.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  }

  async close(): Promise<void> {
    await this.#context.close();
    assert.deepEqual(this.#reports, [], "what the page reported");
  }
}

/** What a test does to the key of plugInSecurityKey(). */
export class SecurityKey {
  readonly #session: CDPSession;
  readonly #id: string;

  constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  /** Whether it recognizes the person (finger, face or PIN) from now on. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.#session.send("WebAuthn.setUserVerified", { authenticatorId: this.#id, isUserVerified });
  }

  /** Sets the signature counter of every passkey in it: a copy would have an older one. */
  async countsFrom(signCount: number): Promise<void> {
    const { credentials } = await this.#session.send("WebAuthn.getCredentials", { authenticatorId: this.#id });
    await this.#session.send("WebAuthn.clearCredentials", { authenticatorId: this.#id });
    for (const credential of credentials) {
      await this.#session.send("WebAuthn.addCredential", { authenticatorId: this.#id, credential: { ...credential, signCount } });
    }
  }
}

type AxeResults = { violations: { id: string; nodes: { html: string }[] }[] };
