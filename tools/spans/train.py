#!/usr/bin/env python3
"""Makes src/detect/model/spans.model, what judges anew what was found in texts in Spanish.

  tools/spans/train.py [--without FILE.txt ...] [--work build/spans] [--names FILE]

Needs build/privity_train_spans, and node with the packages of tools/names (`npm ci` there), or with --names what its lists.mjs printed. --without leaves files out and writes the model to the work folder: to measure by them.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import unicodedata
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TRAINER = str(ROOT / "build/privity_train_spans")
SEED = 20261128
NUMBERS = ("identifiers", "numbers_of_things")
MARK = re.compile(r"\[\[(\w+):(.*?)\]\]", re.DOTALL)
LOCALES = ("es", "es_MX")
RENAMED = 3
SWAPPED = ("job_title", "organization", "address", "demographic", "vehicle", "national_id", "health_id", "other_id", "tax_id", "phone")


def read_marked(path):
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n").replace("\\n", "\n")
        if not line or line.startswith("#"):
            continue
        text, spans, last = "", [], 0
        for m in MARK.finditer(line):
            text += line[last : m.start()]
            spans.append({"start": len(text), "end": len(text) + len(m[2]), "type": m[1]})
            text += m[2]
            last = m.end()
        yield text + line[last:], spans


def spelled(text, way):
    changed = (way(c) for c in text)
    return "".join(c if len(c) == 1 else old for c, old in zip(changed, text))


def plain(c):
    return unicodedata.normalize("NFD", c)[0]


class Renamer:
    """Other people and towns in the place of those of a text, written as they were."""

    def __init__(self, names, pools, rng):
        self.rng = rng
        self.pools = pools
        self.locales = {key: [sorted(set(names[key][part])) for part in ("first", "last")] for key in LOCALES}
        self.towns = sorted({town for key in LOCALES for town in names[key]["city"]} | set(rng.sample(names["world"], 3000)))

    def word(self, old, of):
        new = self.rng.choice(of)
        if old.isupper() and len(old) > 1:
            return new.upper()
        return new.lower() if old.islower() else new

    def person(self, old):
        words = re.split(r"([\s,]+)", old)
        if any(len(w.strip(".")) < 3 or not w.isalpha() for w in words[::2]):
            return old
        surnames_first = "," in old
        new = []
        for i, word in enumerate(words):
            if i % 2 == 1:
                new.append(word)
            elif "," in "".join(words[:i]) or (not surnames_first and i <= (2 if len(words) > 5 else 0)):
                new.append(self.word(word, self.first))
            else:
                new.append(self.word(word, self.last))
        return "".join(new)

    def __call__(self, text, spans):
        changed, at, moved = "", 0, []
        self.first, self.last = self.locales[self.rng.choice(LOCALES)]
        for span in spans:
            old = text[span["start"] : span["end"]]
            new = old
            if span["type"] in SWAPPED and self.rng.random() < 0.6:
                new = self.word(old, self.pools[span["type"]])
            elif span["type"] == "person":
                new = self.person(old)
            elif span["type"] == "location" and self.rng.random() < 0.5:
                new = self.word(old, self.towns)
            elif span["type"] not in ("date", "age", "gender", "family", "demographic", "job_title", "organization", "address"):
                new = "".join(str(self.rng.randrange(10)) if c.isdigit() and self.rng.random() < 0.2 else c for c in old)
            changed += text[at : span["start"]]
            moved.append({**span, "start": len(changed), "end": len(changed) + len(new)})
            changed += new
            at = span["end"]
        return changed + text[at:], moved


def samples(path, known, renamer, rng):
    for number, (text, spans) in enumerate(read_marked(path)):
        if path.stem.startswith(NUMBERS):
            yield {"text": text, "spans": spans, "of": zlib.crc32(f"{path.name} {number}".encode()), "known": True, "numbers_only": True}
            continue
        ways = [(text, spans), *(renamer(text, spans) for _ in range(RENAMED))]
        ways.append((spelled(text, plain), spans))
        way = rng.choice([str.lower, str.upper])
        ways.append((spelled(text, way), spans))
        for changed, moved in ways:
            yield {"text": changed, "spans": moved, "of": zlib.crc32(f"{path.name} {number}".encode()), **({"known": True} if known else {})}


def learned_files(without):
    corpora = [path for path in sorted((ROOT / "tests/corpora/detect").glob("*.txt")) if path.stem.startswith(("texts_", "mixed_en", "sentences", "clinical_es", *NUMBERS)) and "held_out" not in path.stem]
    own = sorted((HERE / "texts").glob("*.txt"))
    return [(path, path in corpora) for path in corpora + own if path.name not in without]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--work", default=str(ROOT / "build/spans"))
    parser.add_argument("--names")
    options = parser.parse_args()
    work = pathlib.Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    if options.names:
        names = json.loads(pathlib.Path(options.names).read_text(encoding="utf-8"))
    else:
        names = json.loads(subprocess.run(["node", "lists.mjs"], cwd=ROOT / "tools/names", check=True, stdout=subprocess.PIPE).stdout)
    files = learned_files(options.without)
    pools = collections.defaultdict(list)
    for path, _ in files:
        for text, spans in read_marked(path):
            for span in spans:
                pools[span["type"]].append(text[span["start"] : span["end"]])
    rng = random.Random(SEED)
    renamer = Renamer(names, pools, rng)
    learned = work / "texts.jsonl"
    with open(learned, "w", encoding="utf-8") as out:
        for path, known in files:
            for sample in samples(path, known, renamer, rng):
                out.write(json.dumps(sample, ensure_ascii=False) + "\n")
    model = (work if options.without else ROOT / "src/detect/model") / "spans.model"
    subprocess.run([TRAINER, "--out", str(model), str(learned)], check=True)


if __name__ == "__main__":
    main()
