// The portal: what people outside the company see. A frame with language and pages, and one page at a time.
import { call, type About } from "./api";
import type { App, Page } from "./app";
import { h } from "./dom";
import { loading, problemBox, textAt } from "./faces";
import { hasDrafts } from "./fields";
import { askPage } from "./pages/ask";
import { provePage } from "./pages/prove";
import { requestPage } from "./pages/request";
import { requestsPage } from "./pages/requests";
import { startPage } from "./pages/start";
import { verifyPage } from "./pages/verify";
import { currentLanguage, isLanguage, languages, preferredLanguage, remember, speak, t, type WordKey } from "./words";

const root = document.getElementById("root") as HTMLElement;
const places: readonly [path: string, title: WordKey][] = [
  ["/", "nav_start"],
  ["/ask", "nav_ask"],
  ["/requests", "nav_follow"],
  ["/verify", "nav_verify"],
];

async function begin(): Promise<void> {
  const answer = call<About>("GET", "");
  await speak(preferredLanguage(new URLSearchParams(location.search).get("lang")));
  root.replaceChildren(h("main", { id: "content" }, loading()));
  const about = await answer;
  if (about.state === "failed") {
    document.title = t("problem_title");
    root.replaceChildren(
      h(
        "main",
        { id: "content" },
        h("h1", {}, t("problem_title")),
        problemBox(about.problem, () => void begin()),
      ),
    );
    return;
  }
  dress(about.value);
  const app: App = {
    about: about.value,
    go: (path) => go(app, path),
    draw: () => draw(app),
    awaited: null,
    proofIsOver: false,
    goodbye: false,
    asked: false,
  };
  listen(app);
  draw(app);
}

// The company's colors, where it set some; the server refuses those that cannot be read.
function dress({ face }: About): void {
  const { style } = document.documentElement;
  if (face.accent) style.setProperty("--accent-light", face.accent);
  if (face.accent_dark) style.setProperty("--accent-dark", face.accent_dark);
}

function listen(app: App): void {
  addEventListener("popstate", () => draw(app));
  addEventListener("beforeunload", (event) => {
    if (hasDrafts()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (link === null || link.origin !== location.origin || link.hasAttribute("download") || link.hash !== "") return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(app, link.pathname);
  });
}

function go(app: App, path: string): void {
  history.pushState(null, "", path);
  draw(app);
  scrollTo(0, 0);
  document.querySelector("h1")?.focus();
}

function pageAt(app: App, path: string): Page {
  const request = /^\/requests\/([\w-]+)$/.exec(path)?.[1];
  if (request !== undefined) return requestPage(app, request);
  switch (path) {
    case "/":
      return startPage(app);
    case "/ask":
      return askPage(app, new URLSearchParams(location.search), linkToken());
    case "/prove":
      return provePage(app);
    case "/requests":
      return requestsPage(app);
    case "/verify":
      return verifyPage(app);
    default:
      return { title: t("not_found_title"), content: [h("p", {}, t("not_found_text"))] };
  }
}

// Behind "#", where no server reads it; it is taken off the address, so that neither a history nor a copied address keeps it.
let link: string | null = null;
function linkToken(): string | null {
  const token = /^#link=([\w-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) {
    link = token;
    history.replaceState(null, "", location.pathname + location.search);
  }
  return link;
}

function draw(app: App): void {
  const page = pageAt(app, location.pathname);
  document.title = t("title_page", { page: page.title, organization: app.about.organization });
  root.replaceChildren(
    h("a", { href: "#content", class: "skip" }, t("skip")),
    header(app),
    h("main", { id: "content", tabindex: -1 }, h("h1", { tabindex: -1 }, page.title), ...page.content),
    footer(app),
  );
}

function header(app: App): HTMLElement {
  const { face, organization } = app.about;
  const logo = face.logo ? h("img", { src: face.logo, alt: "", class: "logo" }) : null;
  const here = location.pathname;
  const links = places.map(([path, title]) => {
    const isHere = path === "/" ? here === "/" : here.startsWith(path);
    return h("li", {}, h("a", { href: path, ...(isHere ? { "aria-current": "page" } : {}) }, t(title)));
  });
  return h(
    "header",
    {},
    h(
      "div",
      { class: "top" },
      h("a", { href: "/", class: "brand" }, logo, h("span", {}, organization)),
      languageChoice(app),
    ),
    h("nav", { "aria-label": t("nav") }, h("ul", {}, ...links)),
  );
}

function languageChoice(app: App): HTMLElement {
  const names = languages.map((tag) => {
    const own = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
    return h(
      "option",
      { value: tag, lang: tag, selected: tag === currentLanguage() },
      own.charAt(0).toLocaleUpperCase(tag) + own.slice(1),
    );
  });
  const change = async (event: Event) => {
    const chosen = (event.target as HTMLSelectElement).value;
    if (!isLanguage(chosen)) return;
    await speak(chosen);
    remember(chosen);
    draw(app);
    document.getElementById("language")?.focus();
  };
  const select = h("select", { id: "language", change: (event) => void change(event) }, ...names);
  return h("div", { class: "language" }, h("label", { for: "language", class: "hidden" }, t("language")), select);
}

function footer(app: App): HTMLElement {
  const contact = app.about.privacy_contact;
  return h(
    "footer",
    {},
    textAt(app, "contact", contact ? t("contact", { contact: `[${contact}](mailto:${contact})` }) : null),
    textAt(app, "imprint", null),
    h("p", {}, t("safe_note")),
  );
}

void begin();
