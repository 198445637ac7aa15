"""Sentences about things that bear names ("Dyson fan", "the Markov chain", "Maven plugin"), and about people beside things: what `privity_train_names --doubt` learns from.

A line of templates/things is filled as generate.py fills its own, with slots of its own: {g} goods, {fo} food, {sc} laws and methods of science, {sw} parts of programs, {M} a program, {B} what goods are called by, {W} a thing's
name that WordNet knows, {me} a measure."""

import json
import re

import generate
import wordnet

DEFINITIONS_SHARE = 0.25  # of the sentences are what WordNet says that a word means,
LIVES_SHARE = 0.15  # or whom it names as what,
PEOPLE_SHARE = 0.12  # or put words that are said of people beside names
HELD_OUT_SHARE = 8
LANGUAGE_WEIGHTS = [5, 1.3, 1.3, 1.2, 1, 1, 1]


class ThingFiller(generate.Filler):
    def __init__(self, filler):
        super().__init__(filler.lists, filler.languages, filler.common, filler.rng)
        self.things = json.loads((generate.HERE / "things.json").read_text(encoding="utf-8"))
        self.thing_names = wordnet.thing_names()
        # One in eight only measures.
        self.definitions = [(word, meaning) for number, word, meaning in wordnet.definitions() if number % HELD_OUT_SHARE != 0]
        self.lives = [life for number, life in wordnet.lives() if number % HELD_OUT_SHARE != 0]
        self.roles = [role for number, role in wordnet.roles() if number % HELD_OUT_SHARE != 0]

    def thing(self, kind):
        word = self.one(self.things[self.lang][kind].split())
        return word.capitalize() if self.lang == "de" else word

    def brand_name(self):
        """What goods are called by: people, mostly."""
        roll = self.rng.random()
        if roll < 0.35:
            return self.one(self.data["last"])
        if roll < 0.55:
            return self.one(self.data["first"]) + " " + self.one(self.data["last"])
        if roll < 0.65:
            return self.one(self.data["first"])
        if roll < 0.72:
            return self.one(self.lists.cities)
        return self.one(self.things["brands"].split()) if roll < 0.85 else self.brand()

    def program_name(self):
        """"Debconf", "libxml", "GnuTLS", "Perl", "Maven": what programs and their parts are called by."""
        roll, word, made = self.rng.random(), self.word(), self.made_up()
        if roll < 0.1:
            return made
        if roll < 0.3:
            return word.capitalize()
        if roll < 0.4:
            return self.one(self.data["first" if roll < 0.35 else "last"])
        if roll < 0.5:
            return made[:4] + word[:5]
        if roll < 0.6:
            return self.one(["Lib", "Open", "Py", "Gnu", "Free", "Net", "Web", "My", "Any"]) + self.one([word, word.capitalize(), made])
        if roll < 0.75:
            return word.capitalize() + self.one(["DB", "SQL", "ML", "JS", "OS", "X", "FS", "GL", "Script", "Kit", "Base", "Conf", "Lang"])
        return made + self.one(["-", " "]) + word.capitalize() if roll < 0.8 else self.one(self.things["brands"].split())

    def measure(self):
        number = self.one([str(self.rng.randint(1, 999)), f"{self.rng.randint(0, 99)}{self.one('.,')}{self.rng.randint(1, 99)}"])
        units = [" ml", " g", " kg", " cm", " mm", " l", " W", " V", "V", "g", "ml", "%", " %", " €", " EUR", " °C", " pcs", " km", " GB", " kW", " in", " oz", "-inch"]
        return number + self.one(units) if self.rng.random() < 0.8 else self.one("€£$") + number

    def value(self, slot):
        of_things = {"g": lambda: self.thing("goods"), "fo": lambda: self.thing("food"), "sc": lambda: self.thing("science"), "sw": lambda: self.thing("software"), "M": self.program_name, "B": self.brand_name,
                     "W": lambda: self.one(self.thing_names), "me": self.measure}
        return (of_things[slot](), None) if slot in of_things else super().value(slot)


def definition(filler):
    """A sentence by WordNet in which nobody is named, whatever is written with a capital letter."""
    rng = filler.rng
    word, meaning = filler.one(filler.definitions)
    said = re.findall(r'"([^"]+)"', meaning)
    meaning = meaning.split('; "')[0]
    roll, text = rng.random(), generate.Text()
    if said and roll < 0.3:
        text.add(rng.choice(said) + rng.choice(["", "."]))
    elif roll < 0.5:
        text.add(meaning)
    else:
        text.add(word if roll < 0.75 else word[0].upper() + word[1:], "other" if word[0].isupper() else None)
        text.add(rng.choice([": ", " - ", ". ", ", "]) + (meaning if rng.random() < 0.6 else meaning[:1].upper() + meaning[1:] + "."))
    return text


def life(filler):
    """A sentence about somebody, by what WordNet says of others."""
    rng, text = filler.rng, generate.Text()
    said, role = filler.one(filler.lives), filler.one(filler.roles)
    an = "an" if said[0] in "AEIOaeio" else "a"
    text.fill(rng.choice([f"{{P}}: {said}", f"{{P}} was {an} {said}.", f"{{P}} is {an} {said}", f"{{P}}, {said}, {{x}} the {{x}} in {{Y}}.", f"{{P}} ({{Y}}-{{Y}}) was {an} {said}.", f"{{P}}, {said}",
                          f"The {role} {{P}} {{x}} the {{x}}.", f"{{P}} is the {role}.", f"{{P}} works as a {role} in {{C}}.", f"our {role}, {{F}}, {{x}}", f"{{F}} was a {role} and {{x}} {{x}}.", f"{role.capitalize()} {{P}} {{x}} {{x}}."]), filler)
    return text


def of_people(filler):
    """Words without sense, among them one that is said of people."""
    rng, text = filler.rng, generate.Text()
    said = filler.one(filler.things[filler.lang]["people"].split())
    text.fill(rng.choice([f"{said} {{P}}", f"{said.capitalize()} {{F}} {{x}} {{x}}", f"{{P}}, {said} {{x}}", f"{{x}} {said} {{F}} {{x}}", f"{{P}} {{x}} {said} {{x}} {{x}}", f"{{L}} {{x}} {{x}} {said}", f"{{F}} {said} {{x}}",
                          f"{{Xs}} {said} {{x}} {{x}} {{P}}.", f"{said} {{x}} {{F}}, {{n}}, {{x}} {{C}}", f"{{F}} ({{n}}) {{x}} {{F}} ({{n}}) {{x}} {said}", f"{{P}}, * {{D}} {{C}}, {{x}} {said}", f"{said.capitalize()} {{x}} {{O}} {{x}} {{C}}"]), filler)
    return text


def sentences(names, count, seed):
    filler = ThingFiller(generate.new_filler(names, seed, ""))
    rng = filler.rng
    templates = {}
    for lang in filler.languages:
        lines = (generate.HERE / "templates/things" / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
        templates[lang] = [line for line in lines if line and not line.startswith("# ")]
    for number in range(count):
        kind = rng.random()
        by_wordnet = kind < DEFINITIONS_SHARE + LIVES_SHARE
        lang = "en" if by_wordnet else rng.choices(list(filler.languages), LANGUAGE_WEIGHTS)[0]
        filler.begin(lang)
        if by_wordnet:
            text = definition(filler) if kind < DEFINITIONS_SHARE else life(filler)
        elif kind > 1 - PEOPLE_SHARE:
            text = of_people(filler)
        else:
            text = generate.Text()
            text.fill(rng.choice(templates[lang]), filler)
        yield {"id": f"{lang}-{number}", "lang": lang, "text": text.text, "spans": text.spans}
