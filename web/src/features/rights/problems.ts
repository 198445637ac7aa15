// What kept a plan from being made, or a place in a store from being read: the server keeps the code of the error, and here are its
// words. Sentences with a parameter that is not known here are left out.
import base from "@words/en/base.json";
import connect from "@words/en/connect.json";
import datamap from "@words/en/datamap.json";
import execution from "@words/en/execution.json";
import fulfil from "@words/en/fulfil.json";
import law from "@words/en/law.json";
import mail from "@words/en/mail.json";
import net from "@words/en/net.json";
import packs from "@words/en/packs.json";
import rights from "@words/en/rights.json";
import { formatted, t } from "../../words/words";

interface Words {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

const catalogs: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  base: base.errors,
  connect: connect.errors,
  datamap: datamap.errors,
  execution: execution.errors,
  fulfil: fulfil.errors,
  law: law.errors,
  mail: mail.errors,
  net: net.errors,
  packs: packs.errors,
  rights: rights.errors,
};

// `known`: the parameters that the screen can give itself.
export function problemText(code: string, known: Readonly<Record<string, string>> = {}): string {
  const [room = "", name = ""] = code.split(".");
  const words = catalogs[room]?.[name];
  if (words === undefined) return t("requests.problem_unknown", { code });
  const sentences = [words.what, words.why, words.mend]
    .filter((text) => parametersOf(text).every((parameter) => Object.hasOwn(known, parameter)))
    .map((text) => formatted(text, known));
  return sentences.join(" ") || t("requests.problem_unknown", { code });
}

// "{store}", and not the choices inside of "{count, plural, …}".
function parametersOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name ?? "");
}
