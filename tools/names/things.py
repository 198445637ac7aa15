"""Sentences about things that bear names ("Dyson fan", "the Markov chain", "Maven plugin"), and about people beside things: what `privity_train_names --doubt` learns from.

A line of templates/things is filled as generate.py fills its own, with slots of its own: {g} goods, {fo} food, {sc} laws and methods of science, {sw} parts of programs, {M} a program, {B} what goods are called by, {W} a thing's
name that WordNet knows, {K} a make or program that everybody knows, {me} a measure, {va} and {vs} what only people do, then and now, {vt} what things do, too."""

import json
import re

import generate
import wordnet

DEFINITIONS_SHARE = 0.25  # of the sentences are what WordNet says that a word means,
LIVES_SHARE = 0.12  # or whom it names as what,
USES_SHARE = 0.12  # or how it shows that a word is used of somebody,
WORDNETS_SHARE = 0.5  # of the English goods and food
KNOWN_SHARE = 0.08  # of the people are such as WordNet names
PEOPLE_SHARE = 0.12  # or put words that are said of people beside names
HELD_OUT_SHARE = 8
LANGUAGE_WEIGHTS = [5, 1.3, 1.3, 1.2, 1, 1, 1]


class ThingFiller(generate.Filler):
    def __init__(self, filler, known_things):
        super().__init__(filler.lists, filler.languages, filler.common, filler.rng)
        self.known_things = known_things
        self.known_people = [name for name in wordnet.people() if " " in name]
        self.acts = wordnet.acts()
        self.wordnets = {"goods": wordnet.words_of(wordnet.GOODS), "food": wordnet.words_of(wordnet.FOOD)}
        self.things = json.loads((generate.HERE / "things.json").read_text(encoding="utf-8"))
        self.thing_names = wordnet.thing_names()
        # One in eight only measures.
        self.definitions = [(word, meaning) for number, word, meaning in wordnet.definitions() if number % HELD_OUT_SHARE != 0]
        self.uses = [said for number, said in wordnet.sentences_about_people() if number % HELD_OUT_SHARE != 0]
        self.lives = [life for number, life in wordnet.lives() if number % HELD_OUT_SHARE != 0]
        self.roles = [role for number, role in wordnet.roles() if number % HELD_OUT_SHARE != 0]

    def thing(self, kind):
        if self.lang == "en" and kind in self.wordnets and self.rng.random() < WORDNETS_SHARE:
            return self.one(self.wordnets[kind])
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
        if roll < 0.82:
            return self.known_thing()
        return self.one(self.things["brands"].split()) if roll < 0.9 else self.brand()

    def program_name(self):
        """"Debconf", "libxml", "GnuTLS", "Perl", "Maven": what programs and their parts are called by."""
        roll, word, made = self.rng.random(), self.word(), self.made_up()
        if roll < 0.1:
            return made if roll < 0.02 else self.known_thing()
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

    def person(self):
        return self.one(self.known_people) if self.rng.random() < KNOWN_SHARE else super().person()

    def known_thing(self):
        name = self.one(self.known_things)
        return name.title() if name.islower() else name

    def act(self, whose, form):
        return self.one(self.acts[whose])[form]

    def measure(self):
        number = self.one([str(self.rng.randint(1, 999)), f"{self.rng.randint(0, 99)}{self.one('.,')}{self.rng.randint(1, 99)}"])
        units = [" ml", " g", " kg", " cm", " mm", " l", " W", " V", "V", "g", "ml", "%", " %", " €", " EUR", " °C", " pcs", " km", " GB", " kW", " in", " oz", "-inch"]
        return number + self.one(units) if self.rng.random() < 0.8 else self.one("€£$") + number

    def value(self, slot):
        of_things = {"g": lambda: self.thing("goods"), "fo": lambda: self.thing("food"), "sc": lambda: self.thing("science"), "sw": lambda: self.thing("software"), "M": self.program_name, "B": self.brand_name,
                     "W": lambda: self.one(self.thing_names), "me": self.measure, "K": self.known_thing,
                     "va": lambda: self.act("people", 0), "vs": lambda: self.act("people", 1), "vt": lambda: self.act("things", self.rng.randrange(2))}
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


def use(filler):
    """A sentence of WordNet with a name for its pronoun: "Lindqvist dug a hole"."""
    rng, text = filler.rng, generate.Text()
    said = re.sub(r"^(He|She|he|she) ", lambda m: rng.choice(["{P} ", "{P} ", "{L} ", "{F} "]), filler.one(filler.uses), count=1)
    said = re.sub(r" (him|his)\b", lambda m: rng.choice([" {L}", " {F}", " {P}"]) + ("'s" if m[1] == "his" else "") if rng.random() < 0.5 else m[0], said, count=1)
    text.fill((said if said[0] == "{" else said[0].upper() + said[1:]) + rng.choice([".", ".", "", " in {Y}.", ", {x} {L}.", " on {wd}"]), filler)
    return text


def of_people(filler):
    """Words without sense, among them one that is said of people."""
    rng, text = filler.rng, generate.Text()
    said = filler.one(filler.things[filler.lang]["people"].split())
    text.fill(rng.choice([f"{said} {{P}}", f"{said.capitalize()} {{F}} {{x}} {{x}}", f"{{P}}, {said} {{x}}", f"{{x}} {said} {{F}} {{x}}", f"{{P}} {{x}} {said} {{x}} {{x}}", f"{{L}} {{x}} {{x}} {said}", f"{{F}} {said} {{x}}",
                          f"{{Xs}} {said} {{x}} {{x}} {{P}}.", f"{said} {{x}} {{F}}, {{n}}, {{x}} {{C}}", f"{{F}} ({{n}}) {{x}} {{F}} ({{n}}) {{x}} {said}", f"{{P}}, * {{D}} {{C}}, {{x}} {said}", f"{said.capitalize()} {{x}} {{O}} {{x}} {{C}}"]), filler)
    return text


def sentences(names, count, seed, held_out=""):
    filler = ThingFiller(generate.new_filler(names, seed, held_out), names["things"])
    rng = filler.rng
    templates = {}
    for lang in filler.languages:
        lines = (generate.HERE / "templates/things" / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
        templates[lang] = [line for line in lines if line and not line.startswith("# ")]
    for number in range(count):
        kind = rng.random()
        by_wordnet = kind < DEFINITIONS_SHARE + LIVES_SHARE + USES_SHARE
        lang = "en" if by_wordnet else rng.choices(list(filler.languages), LANGUAGE_WEIGHTS)[0]
        filler.begin(lang)
        if by_wordnet:
            text = definition(filler) if kind < DEFINITIONS_SHARE else life(filler) if kind < DEFINITIONS_SHARE + LIVES_SHARE else use(filler)
        elif kind > 1 - PEOPLE_SHARE:
            text = of_people(filler)
        else:
            text = generate.Text()
            text.fill(rng.choice(templates[lang]), filler)
        yield {"id": f"{lang}-{number}", "lang": lang, "text": text.text, "spans": text.spans}
