#!/usr/bin/env python3
"""Sentences with names, made from templates and lists, to train and to measure the tagger of names.

  tools/names/generate.py --names names.json --count 20000 --out sentences.jsonl [--held-out keep|drop] [--seed 1]

`names.json` is what lists.mjs prints. Templates stand in templates/<language>.txt, labels and forms of addresses in languages.json. `--held-out drop` leaves out
one template in eight and the names of the locales below; `keep` uses nothing but these: a measure of templates and names that training has not seen.
The same arguments give the same file. Lines: {"id", "lang", "text", "spans": [{"start", "end", "type"}], "filled": true}; offsets count code points.
"""

import argparse
import json
import pathlib
import random
import re
import zlib

import wordnet

HERE = pathlib.Path(__file__).resolve().parent
HELD_OUT_LOCALES = {"pl", "sv", "tr", "pt_PT", "en_ZA", "es_MX", "ro", "vi", "de_AT", "fr_BE", "nl_BE", "en_GH", "hr"}
HELD_OUT_SHARE = 8
NO_LOCALES = {"world", "things", "people"}  # keys of lists.mjs that are not a locale's
WORD_LISTS = {"en": "american-english", "es": "spanish", "de": "ngerman", "fr": "french", "it": "italian", "pt": "portuguese", "nl": "dutch"}
LAST_NAME_FIRST = {"hu", "vi"}
MORE_SHARE = 0.12  # of the sentences are in other languages
PARTICLES = ["de", "de la", "del", "van", "van der", "van den", "von", "di", "da", "dos", "bin", "al", "le", "El", "Van", "De", "Di"]
MARKUP = re.compile(r"\{(\w+)\}|\[((?:[^\[\]{}]|\{\w+\})*)\]")
SLOT = re.compile(r"\{(\w+)\}")
ARTICLE = re.compile(r"(?:the|die|der|das|el|la|le|il|o|a|het|de) |l'")
INSTITUTIONS = {"posts": 0.3, "prose": 0.6}  # of the organizations
# How often a line of each file of templates/posts and templates/prose is taken.
PASSAGE_SHARES = {"posts": {"people": 6, "nobody": 4, "places": 1}, "prose": {"people": 5, "things": 3, "beside": 2, "institutions": 2, "places": 2}}
LANGUAGE = re.compile(r"(?:([a-z]{2})\|)?(.*)")
LATIN = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u2019' .-]+$")


def is_held_out(template):
    return zlib.crc32(template.encode()) % HELD_OUT_SHARE == 0


class Lists:
    """What slots are filled with, by locale and language."""

    def __init__(self, names, held_out):
        usable = {k: v for k, v in names.items() if k not in NO_LOCALES}
        # Sentences in other languages have the names of their own country, in its script.
        self.own = {k: {**v, "street": []} for k, v in usable.items()}
        if held_out == "drop":
            usable = {k: v for k, v in usable.items() if k not in HELD_OUT_LOCALES}
        elif held_out == "keep":
            usable = {k: v for k, v in usable.items() if k in HELD_OUT_LOCALES}
        for data in usable.values():
            for key in ("first", "last", "city", "state", "country", "street"):
                data[key] = [n for n in data[key] if LATIN.match(n) and 1 < len(n) < 30]
        self.locales = {k: v for k, v in usable.items() if len(v["last"]) > 15 and len(v["first"]) > 15}
        self.all = sorted(self.locales)
        world = [c for c in names["world"] if LATIN.match(c)]
        middle = zlib.crc32
        self.cities = [c for c in world if held_out == "" or (middle(c.encode()) % 5 == 0) == (held_out == "keep")]
        self.countries = {lang: [c for c in names[lang if lang in names else "pt_BR"]["country"] if len(c) < 30] for lang in WORD_LISTS}
        self.works = sorted({re.sub(r"[()]", "", w) for w in names["en"]["works"] if 3 < len(w) < 40})
        self.words = {}
        for lang, name in WORD_LISTS.items():
            lines = [w.strip() for w in open(f"/usr/share/dict/{name}", encoding="utf-8", errors="replace")]
            lines = [w for w in lines if w.isalpha() and 2 < len(w) < 16]
            known = {n for data in self.locales.values() for key in ("first", "last", "city") for n in data[key]}
            self.words[lang] = [w for w in lines if w[0].islower()]
            if lang == "en":
                self.common_words = sorted(w for w in wordnet.listed(10) | wordnet.listed(20) if w.isalpha() and w.isascii() and w.islower() and len(w) > 2)
            self.words[lang + " nouns"] = [w for w in lines if w[0].isupper() and not w.isupper() and w not in known] if lang == "de" else []


class Filler:
    institutions = 0.0  # share of the organizations that are such as prose has

    def __init__(self, lists, languages, common, rng):
        self.lists, self.languages, self.common, self.rng = lists, languages, common, rng

    def one(self, items):
        return items[self.rng.randrange(len(items))]

    def begin(self, lang):
        """A new sentence: mostly names of the language's own countries."""
        self.lang, self.facts = lang, self.languages[lang]
        own = [l for l in self.facts["locales"] if l in self.lists.locales]
        self.locale = self.one(own) if own and self.rng.random() < 0.6 else self.one(self.lists.all)
        self.data = self.lists.locales[self.locale]
        self.streets = None

    def begin_elsewhere(self, locale, streets):
        """A sentence in a language that is known by its templates alone."""
        self.lang, self.facts, self.locale = "en", self.languages["en"], locale
        self.data = self.lists.own[locale]
        self.streets = streets

    def first(self):
        name = self.one(self.data["first"])
        return name + ("-" if self.rng.random() < 0.5 else " ") + self.one(self.data["first"]) if self.rng.random() < 0.07 else name

    def last(self):
        if self.streets is not None:
            return self.one(self.data["last"])
        name = self.one(self.data["last"] if self.rng.random() < 0.75 else self.lists.locales[self.one(self.lists.all)]["last"])
        roll = self.rng.random()
        if roll < 0.07:
            return self.one(PARTICLES) + " " + name
        if roll < 0.12:
            return name + "-" + self.one(self.data["last"])
        if roll < 0.135:
            return "O'" + name
        if roll < 0.16:
            return self.one(["Mc", "Mac", "Fitz", "Ben", "Abu "]) + name
        if roll < 0.20:
            return self.made_up()
        return name

    def made_up(self):
        """A name that stands in no list."""
        syllables = ["ka", "lo", "mi", "ren", "tor", "vel", "sha", "ndo", "bri", "ek", "ol", "zu", "ha", "den", "gar", "wen", "is", "ov", "per", "quin", "sto", "tha", "ul", "yan", "cho"]
        return "".join(self.one(syllables) for _ in range(self.rng.randint(2, 3))).capitalize()

    def person(self):
        first, roll = self.first(), self.rng.random()
        if self.streets is not None:
            last = self.last()
            return f"{last} {first}" if self.locale in LAST_NAME_FIRST or roll < 0.08 else f"{first} {last}"
        if self.lang in ("es", "pt") and roll < 0.35:
            return f"{first} {self.last()} {self.last()}"
        if roll < 0.70:
            return f"{first} {self.last()}"
        if roll < 0.76:
            return f"{first} {self.initial()}. {self.last()}"
        if roll < 0.80:
            return f"{self.initial()}. {self.last()}"
        if roll < 0.83:
            return f"{self.initial()}. {self.initial()}. {self.last()}"
        if roll < 0.88:
            return f"{first} {self.first()} {self.last()}"
        if roll < 0.90:
            return f"{first} {self.last()} {self.one(['Jr.', 'Sr.', 'II', 'III'])}"
        if roll < 0.92:
            return f"{first} {self.last().upper()}"
        if roll < 0.94:
            return f"{first} de la {self.last()}"
        if roll < 0.95:
            return self.one(["Lil", "Big", "Young", "Uncle", "Aunt", "DJ", "MC", "Saint"]) + " " + first
        return f"{first} {self.last()}" if roll < 0.97 else first

    def initial(self):
        return self.one("ABCDEFGHIJKLMNOPRSTW")

    def city(self):
        if self.data["city"] and (self.streets is not None or self.rng.random() < 0.4):
            return self.one(self.data["city"])
        return self.one(self.lists.cities)

    def word(self):
        common = self.lang == "en" and self.rng.random() < 0.6
        return self.one(self.lists.common_words if common else self.lists.words[self.lang])

    def noun(self):
        return self.one(self.lists.words["de nouns"])

    def brand(self):
        return self.made_up() if self.rng.random() < 0.3 else self.word().capitalize()

    def organization(self, kind="org"):
        acronym = "".join(self.initial() for _ in range(self.rng.randint(2, 5)))
        parts = {"l": self.last, "f": self.first, "c": self.city, "x": self.brand, "w": lambda: self.word().capitalize(), "A": lambda: acronym, "n": lambda: self.one(self.lists.countries[self.lang])}
        return SLOT.sub(lambda m: parts[m[1]](), self.one(self.facts[kind]))

    def organization_of_prose(self):
        return self.organization("institution" if self.rng.random() < self.institutions else "org")

    def street_name(self):
        roll = self.rng.random()
        if self.streets is not None:
            return self.last() if roll < 0.7 else self.city()
        if roll < 0.3:
            return self.last()
        if roll < 0.5:
            return self.city()
        if roll < 0.7:
            return self.first() + " " + self.one(self.data["last"])
        return self.word().capitalize()

    def address(self):
        lang = self.lang if self.rng.random() < 0.85 else self.one(list(self.languages))
        number = str(self.rng.randint(1, 250) if self.rng.random() < 0.8 else self.rng.randint(251, 9999))
        parts = {"s": self.street_name, "n": lambda: number, "k": lambda: str(self.rng.randint(1, 40)), "l": lambda: self.one("ABCDEF"), "w": lambda: self.word().capitalize() if self.rng.random() < 0.5 else self.word()}
        if self.data["street"] and self.rng.random() < 0.12:
            name = self.one(self.data["street"])
            return f"{number} {name}" if lang == "en" else f"{name} {number}"
        return SLOT.sub(lambda m: parts[m[1]](), self.one(self.streets or self.languages[lang]["street"]))

    def postcode(self):
        return self.one([f"{self.rng.randint(1000, 99999):05d}", f"{self.rng.randint(1000, 9999)}", f"{self.one('ABEGLMNS')}{self.rng.randint(1, 20)} {self.rng.randint(1, 9)}{self.one('ABDEF')}{self.one('GHJLN')}"])

    def full_address(self):
        state = self.one(self.data["state"]) if self.data["state"] else self.initial() + self.initial()
        parts = {"a": self.address, "c": self.city, "z": self.postcode, "st": lambda: state if self.rng.random() < 0.5 else self.initial() + self.initial(), "co": lambda: self.one(self.lists.countries[self.lang]), "l": self.initial}
        full = self.facts["full"] if self.streets is None else ["{a}, {c}", "{a}, {z} {c}", "{a}, {c} {z}"]
        return SLOT.sub(lambda m: parts[m[1]](), self.one(full))

    def date(self):
        day, month, year = self.rng.randint(1, 28), self.rng.randint(1, 12), self.rng.randint(1930, 2026)
        name = self.one(self.facts["months"].split())
        link = {"es": " de ", "pt": " de "}.get(self.lang, " ")
        return self.one([f"{day:02d}.{month:02d}.{year}", f"{year}-{month:02d}-{day:02d}", f"{month}/{day}/{year}", f"{day}{link}{name}{link}{year}", f"{name} {day}, {year}" if self.lang == "en" else f"{day}. {name} {year}"])

    def email(self):
        first, last = self.first().lower().replace(" ", ""), self.one(self.data["last"]).lower().replace(" ", "")
        return self.one([f"{first}.{last}", f"{first}{self.rng.randint(1, 99)}", first[:1] + last]) + "@" + self.one(["example.org", "example.com", "mail.example.net", self.made_up().lower() + ".com"])

    def phrase(self):
        return " ".join(self.word() for _ in range(self.rng.randint(2, 7)))

    def value(self, slot):
        """Text and, where it is a name, the type of its span."""
        rng = self.rng
        named = {"P": ("person", self.person), "F": ("person", self.first), "L": ("person", self.last), "C": ("location", self.city),
                 "N": ("location", lambda: self.one(self.lists.countries[self.lang])), "S": ("location", lambda: self.one(self.data["state"]) if self.data["state"] else self.city()),
                 "O": ("organization", self.organization_of_prose if self.institutions else self.organization), "U": ("organization", lambda: self.organization("university")), "H": ("organization", lambda: self.organization("hospital")),
                 "A": ("address", self.address), "AF": ("address", self.full_address), "Q": ("other", lambda: self.one(self.lists.works))}
        if slot in named:
            kind, make = named[slot]
            return carelessly(make(), rng) if kind == "person" and self.lang == "en" and self.streets is None else make(), kind
        plain = {"E": self.email, "T": lambda: self.one(["+44 20 7946 0958", "(555) 010-4477", "612 345 678", "+49 30 1234567"]), "D": self.date, "Y": lambda: str(rng.randint(1700, 2026)), "Z": self.postcode,
                 "n": lambda: str(rng.randint(1, 99)), "k": lambda: str(rng.randint(1, 9)), "m": lambda: self.one([f"{rng.randint(1, 999)}", f"{rng.randint(1, 99)},{rng.randint(0, 999):03d}", f"{rng.random() * 100:.2f}"]),
                 "id": lambda: str(rng.randint(1000, 99999999)), "h": lambda: f"{rng.randint(0, 23)}:{rng.randint(0, 59):02d}", "x": self.word, "Xs": lambda: self.word().capitalize(), "X": self.brand, "nn": self.noun,
                 "s": self.phrase, "u": lambda: self.word() + str(rng.randint(1, 99)), "job": lambda: self.one(self.facts["jobs"].split(",")), "nat": lambda: self.one(self.facts["nat"].split()),
                 "vz": lambda: self.one(self.common["en"]["says"].split()), "vd": lambda: self.one(self.common["en"]["said"].split()), "fw": lambda: self.one(self.common["en"]["feelings"].split()),
                 "wd": lambda: self.one(self.facts["days"].split()), "mo": lambda: self.one(self.facts["months"].split())}
        return plain[slot](), None


def carelessly(name, rng):
    """Now and then a name in small letters, or its last part, as people type."""
    roll = rng.random()
    if roll < 0.015:
        return name.lower()
    first, space, rest = name.partition(" ")
    return first + space + rest.lower() if roll < 0.03 else name


class Text:
    def __init__(self):
        self.text, self.spans = "", []

    def add(self, part, kind=None):
        last = self.spans[-1] if self.spans else None
        if kind == "person" and last and last["type"] == kind and self.text[last["end"]:] == " ":
            last["end"] = len(self.text) + len(part)  # a first name and a last name
        elif kind and part:
            self.spans.append({"start": len(self.text), "end": len(self.text) + len(part), "type": kind})
        self.text += part

    def fill(self, template, filler):
        at = 0
        for match in MARKUP.finditer(template):
            self.add(template[at:match.start()])
            if match[1]:
                try:
                    part, kind = filler.value(match[1])
                except KeyError:
                    part, kind = match[0], None
                article = ARTICLE.match(part) if filler.institutions and kind == "organization" else None
                self.add(article[0] if article else "")
                self.add(part[article.end():] if article else part, kind)
            else:
                self.add(SLOT.sub(lambda m: filler.value(m[1])[0], match[2]), "other")
            at = match.end()
        self.add(template[at:])


def form(filler):
    """Labels and values, as forms, logs, JSON, CSV and settings write them."""
    rng, labels = filler.rng, filler.facts["labels"]
    rows = []
    for _ in range(rng.randint(1, 7)):
        slot = rng.choice(["P", "P", "P", "F", "L", "C", "C", "N", "S", "A", "AF", "O", "none", "none", "none", "none"])
        rows.append((slot, rng.choice(labels[slot])))
    style = rng.choice([": ", ": ", ": ", ":", ":\t", " = ", "=", " - ", ": \"", '": "', "xml", "csv", "|", ":\n"])
    end = rng.choice(["\n", "\n", "\n", ". ", ", ", "; ", " ", " | "])
    text = Text()
    for slot, label in rows:
        if slot == "none":
            value = rng.choice([filler.word().capitalize(), filler.word(), filler.phrase().capitalize(), filler.word().capitalize() + " " + filler.word().capitalize(), filler.value("id")[0], filler.value("D")[0], filler.brand() + " " + filler.value("n")[0], filler.noun()])
            kind = None
        else:
            value, kind = filler.value(slot)
            if slot == "P" and rng.random() < 0.1:
                value = filler.last() + ", " + filler.first()
        value = value.replace("\n", ", ")
        if style == "xml":
            tag = label.replace(" ", "_")
            text.add(f"<{tag}>")
            text.add(value, kind)
            text.add(f"</{tag}>{rng.choice(['', chr(10)])}")
        elif style == "csv":
            text.add(value, kind)
            text.add(rng.choice([",", ","]))
        elif style == '": "':
            text.add(f'"{label}": "')
            text.add(value, kind)
            text.add('", ')
        else:
            text.add(label + style)
            text.add(value, kind)
            text.add(('"' if style == ': "' else "") + end)
    text.text = text.text.rstrip(" \n\t,;|") if not text.text.rstrip(" \n\t,;|") == "" else text.text
    return text


def babble(filler):
    """Words of a language without sense, nobody in them or now and then somebody: what is no name is learned from these."""
    rng, common = filler.rng, filler.common[filler.lang]
    words, text = common["words"].split(), Text()
    text.add(rng.choice([rng.choice(common["starts"].split()), filler.word().capitalize()]) if rng.random() < 0.85 else "")
    personal = rng.random() < 0.45
    if personal and not text.text:
        text.add(*filler.value(rng.choice("PPFL")))
    for _ in range(rng.randint(3, 14)):
        text.add(rng.choice([" ", " ", " ", " ", " ", " ", " ", ", ", " "]) if text.text else "")
        roll = rng.random()
        if personal and roll < 0.06:
            text.add(rng.choice(common["people"].split()) + " ")
            text.add(*filler.value(rng.choice("PPFL")))
        elif personal and roll < 0.10:
            text.add(*filler.value(rng.choice("PPFLO")))
        elif personal and roll < 0.15:
            text.add(rng.choice(common["place"].split()) + " ")
            text.add(*filler.value(rng.choice("CCN")))
        elif roll < 0.60:
            text.add(rng.choice(words))
        elif filler.lang == "de" and roll < 0.85:
            text.add(filler.noun())
        else:
            text.add(filler.word())
    text.add(rng.choice([".", ".", ".", "!", "?", ":", ""]))
    return text


def headline(filler):
    """Capital words that name nobody: titles, buttons, headings, product names, abbreviations."""
    rng, common = filler.rng, filler.common[filler.lang]
    text, style = Text(), rng.random()
    for i in range(rng.randint(1, 6)):
        word = rng.choice(common["words"].split()) if rng.random() < 0.25 else filler.word()
        text.add((" " if i else "") + (word.capitalize() if style < 0.8 else word.upper()))
    if rng.random() < 0.2:
        text.add(" " + "".join(filler.initial() for _ in range(rng.randint(2, 4))))
    return text


def recased(text, rng):
    """Some sentences in small letters only, some in capitals: names are found in every case."""
    roll = rng.random()
    change = str.lower if roll < 0.14 else str.upper if roll < 0.23 else str.title if roll < 0.24 else None
    if change is None:
        return
    if change is str.title:
        parts = re.sub(r"\b[a-z]", lambda m: m[0].upper(), text.text)
    else:
        parts = "".join(c if len(change(c)) != 1 else change(c) for c in text.text)
    text.text = parts


def more_templates(lists, held_out):
    """(locale, template) in other languages."""
    rows = [line.split("|", 1) for line in templates_of("more", held_out)]
    return [(locale, text.removeprefix("# ")) for locale, text in rows if len(lists.own.get(locale, {}).get("last", [])) > 15]


def templates_of(lang, held_out):
    lines = (HERE / "templates" / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    lines = [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line and not line.startswith("# ")]
    return [line for line in lines if held_out == "" or is_held_out(line) == (held_out == "keep")]


def written(kind, templates):
    """{file: [(language, template)]} of templates/posts or templates/prose; a line of another language than English begins with its sign ("de|"). `templates`: "", "keep" or "drop" those that are held out."""
    files = {}
    for path in sorted((HERE / "templates" / kind).glob("*.txt")):
        rows = [LANGUAGE.match(line).groups(default="en") for line in path.read_text(encoding="utf-8").splitlines()]
        files[path.stem] = [(lang, line) for lang, line in rows if templates == "" or is_held_out(line) == (templates == "keep")]
    return files


def passages(names, kind, count, seed, templates, held_out=None):
    """Posts, or passages of prose in which people, things, places and institutions stand beside each other. `held_out` is of the names, when they differ."""
    filler = new_filler(names, seed, templates if held_out is None else held_out)
    filler.institutions = INSTITUTIONS[kind]
    rng, files, shares = filler.rng, written(kind, templates), PASSAGE_SHARES[kind]
    by_lang = {name: {lang: [t for l, t in rows if l == lang] for lang in filler.languages} for name, rows in files.items()}
    for number in range(count):
        lang, first = rng.choice(files[rng.choices(list(shares), list(shares.values()))[0]])
        filler.begin(lang)
        text = Text()
        text.fill(first, filler)
        for _ in range(rng.choice([0, 0, 1, 1, 2]) if kind == "prose" else 0):
            text.add(rng.choice([" ", " ", "\n"]))
            text.fill(rng.choice(by_lang[rng.choices(list(shares), list(shares.values()))[0]][lang]), filler)
        recased(text, rng)
        yield {"id": f"{kind}-{number}", "lang": lang, "text": text.text, "spans": text.spans, "filled": True}


def new_filler(names, seed, held_out):
    languages = json.loads((HERE / "languages.json").read_text(encoding="utf-8"))
    return Filler(Lists(names, held_out), languages, json.loads((HERE / "common_words.json").read_text(encoding="utf-8")), random.Random(seed))


def generate(names, count, seed, held_out):
    filler = new_filler(names, seed, held_out)
    lists, rng = filler.lists, filler.rng
    templates = {lang: templates_of(lang, held_out) for lang in filler.languages}
    more = more_templates(lists, held_out)
    streets = json.loads((HERE / "more_languages.json").read_text(encoding="utf-8"))
    weights = [3, 2, 1.3, 1.2, 1, 1, 1]
    for number in range(count):
        if rng.random() < MORE_SHARE:
            locale, template = rng.choice(more)
            filler.begin_elsewhere(locale, streets.get(locale, []))
            text = Text()
            text.fill(template, filler)
            recased(text, rng)
            yield {"id": f"{locale}-{number}", "lang": locale.split("_")[0], "text": text.text, "spans": text.spans, "filled": True}
            continue
        lang = rng.choices(list(filler.languages), weights)[0]
        filler.begin(lang)
        kind = rng.random()
        if kind < 0.20:
            text = form(filler)
        elif kind < 0.38:
            text = babble(filler)
        elif kind < 0.42:
            text = headline(filler)
        else:
            text = Text()
            for i in range(rng.choice([1, 1, 1, 2, 2, 3])):
                if i:
                    text.add(rng.choice([" ", " ", "\n"]))
                text.fill(rng.choice(templates[lang]), filler)
        recased(text, rng)
        yield {"id": f"{lang}-{number}", "lang": lang, "text": text.text, "spans": text.spans, "filled": True}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", required=True)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", choices=["", "keep", "drop"], default="")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    names = json.loads(pathlib.Path(options.names).read_text(encoding="utf-8"))
    with open(options.out, "w", encoding="utf-8") as out:
        for sentence in generate(names, options.count, options.seed, options.held_out):
            out.write(json.dumps(sentence, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
