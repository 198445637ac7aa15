// What went wrong in a connected store, which the server keeps as a code with parameters: its words, as the command line says them.
import connect from "@words/en/connect.json";
import datamap from "@words/en/datamap.json";
import net from "@words/en/net.json";
import scan from "@words/en/scan.json";
import type { Schemas } from "../../api/client";
import type { Problem } from "../../api/problem";
import { formatted, t } from "../../words/words";

type Words = Readonly<Record<string, { what: string; why: string; mend: string }>>;

const catalogs: Readonly<Record<string, Words>> = {
  connect: connect.errors,
  datamap: datamap.errors,
  net: net.errors,
  scan: scan.errors,
};

export function storedProblem({ code, parameters }: Schemas["StoredProblem"]): Problem {
  const [room = "", name = ""] = code.split(".");
  const words = catalogs[room]?.[name];
  return {
    code,
    status: 0,
    what: words === undefined ? t("connections.problem_unknown") : inWords(words.what, parameters),
    why: words === undefined ? "" : inWords(words.why, parameters),
    mend: words === undefined ? "" : inWords(words.mend, parameters),
    requestId: null,
    places: [],
  };
}

// A parameter that an older scan did not keep is shown as a dash instead of failing the page.
function inWords(text: string, parameters: Readonly<Record<string, string>>): string {
  const names = [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? "");
  return formatted(text, Object.fromEntries(names.map((name) => [name, parameters[name] ?? "–"])));
}
