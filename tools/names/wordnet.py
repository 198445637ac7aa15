"""What the tagger learns from WordNet 3.0 and SCOWL (Debian's wordnet-base and scowl): which English words everybody knows, and
whom and what WordNet names."""

import re

WORDNET = "/usr/share/wordnet"
SCOWL = "/usr/share/dict/scowl"
PERSON = "18"  # the lexicographer file of nouns for people
# The other files, by their numbers (lexnames(5WN)).
LIVING = {5, 20}  # animals and plants
MATTERS = {4, 6, 7, 8, 9, 10, 11, 13, 17, 19, 21, 22, 23, 25, 26, 27, 28}
WRITTEN = {9, 10}  # "Amos", "Judith", "Punjabi"
EVENTS = {4, 9, 10, 11, 21, 26, 28}
GOODS, FOOD = 6, 13
PEOPLE = 18
TOUCHED = (5, GOODS, FOOD, 17, 20, 27)  # animals, goods, food, parts of the world, plants, substances
UNTOUCHED = (7, 9, 10, 11, 19, 22, 23, 25, 26)  # qualities, ideas, messages, events, phenomena, processes, measures, shapes, states
PEOPLE_AND_PLACES = {14, 15, PEOPLE}


def lines_of(path):
    with open(path, encoding="latin-1") as file:
        yield from (line.rstrip("\n") for line in file)


def listed(size):
    return {w.strip() for kind in ("english", "american") for w in lines_of(f"{SCOWL}/{kind}-words.{size}")}


def common_words():
    """SCOWL's two smallest lists, and of the third those that are a headword of WordNet."""
    heads = {line.split(" ", 1)[0] for kind in ("noun", "verb", "adj", "adv") for line in lines_of(f"{WORDNET}/index.{kind}") if line[0] != " "}
    return {w for w in listed(10) | listed(20) | (listed(35) & heads) if w.isalpha() and w.isascii() and len(w) > 1}


def well_known():
    """("given" or "surname", word): of the people whom WordNet names, but for words of every day."""
    everyday = common_words()
    for line in lines_of(f"{WORDNET}/data.noun"):
        fields = line.split(" ")
        if line[0] == " " or fields[1] != PERSON or "@i" not in fields:  # one person, and no kind of people
            continue
        for lemma in fields[4:4 + 2 * int(fields[3], 16):2]:
            words = [w for w in lemma.split("_") if len(w) > 2 and w[0].isupper() and w[1:].islower() and w.lower() not in everyday]
            for i, word in enumerate(words):
                yield ("given" if i + 1 < len(words) else "surname", word)


def nouns():
    """(kind of things, one thing and no kind, lemmas, gloss) of every noun."""
    for line in lines_of(f"{WORDNET}/data.noun"):
        if line[0] == " ":
            continue
        fields, gloss = line.split(" | ", 1)[0].split(" "), line.split(" | ", 1)[1].strip()
        yield int(fields[1]), "@i" in fields, [w.replace("_", " ") for w in fields[4:4 + 2 * int(fields[3], 16):2]], gloss


def words_of(kind):
    """Known words whose most frequent meaning is of this kind: "kettle", "lentil"."""
    known = listed(10) | listed(20) | listed(35) | listed(40) | listed(50)
    first = {}
    for line in lines_of(f"{WORDNET}/index.noun"):
        fields = line.split()
        if line[0] != " " and fields[0] in known:
            first[fields[-int(fields[2])]] = first.get(fields[-int(fields[2])], []) + [fields[0]]
    return sorted(word for line in lines_of(f"{WORDNET}/data.noun") if line[0] != " " and line.split(" ")[1] == f"{kind:02d}" for word in first.get(line.split(" ")[0], []))


def thing_names():
    """"Bunsen burner", "Earl Grey", "Parkinson's disease": names that are nobody's."""
    words = set().union(*(listed(size) for size in (10, 20, 35, 40, 50, 55, 60)))
    names = set()
    for kind, one, lemmas, _ in nouns():
        for lemma in lemmas:
            parts = lemma.split(" ")
            if not re.search(r"\b[A-Z][a-z]", lemma) or len(lemma) > 40 or (len(parts) == 1 and kind in WRITTEN):
                continue
            living = kind in LIVING and not one and len(parts) > 1 and parts[-1] in words and parts[0] not in ("genus", "family", "order", "class")
            if living or kind in (MATTERS if not one else EVENTS):
                names.add(lemma)
    return sorted(names)


def people():
    """"Grace Hopper", "Crick": whom WordNet names."""
    return sorted({lemma for kind, one, lemmas, _ in nouns() if one and kind == PEOPLE for lemma in lemmas if re.match(r"[A-Z][^ ]", lemma)})


def definitions():
    """(number of the noun, its word, what it means), where nobody and no place is named."""
    capital = re.compile(r"(?<!^)(?<!\")\b[A-Z]")
    for number, (kind, one, lemmas, gloss) in enumerate(nouns()):
        if not one and kind not in PEOPLE_AND_PLACES and not capital.search(gloss) and len(gloss) <= 200:
            yield number, lemmas[0], gloss


def lives():
    """What is said of somebody, without a name: "United States poet (1879-1955)"."""
    later = re.compile(r" [A-Z]")
    for number, (kind, one, _, gloss) in enumerate(nouns()):
        said = gloss.split(";")[0].removeprefix("United States ")
        if one and kind == PEOPLE and said[0] != "(" and not later.search(said) and len(said) <= 160:
            yield number, gloss.split(";")[0]


def sentences_about_people():
    """(number, sentence with a pronoun for somebody), as WordNet shows how words are used: "He dug a hole", "they told him the news"."""
    number = 0
    for kind in ("noun", "verb", "adj", "adv"):
        for line in lines_of(f"{WORDNET}/data.{kind}"):
            for said in re.findall(r'"([^"]+)"', line.split(" | ", 1)[1]) if line[0] != " " else []:
                if re.match(r"(He|She|he|she) ", said) or re.search(r" (him|his)\b", said):
                    number += 1
                    yield number, said


def roles():
    """(number of the noun, what somebody is): "bartender"."""
    known = set().union(*(listed(size) for size in (10, 20, 35, 40, 50, 55, 60)))
    for number, (kind, one, lemmas, _) in enumerate(nouns()):
        if not one and kind == PEOPLE and all(word in known and word.islower() for word in lemmas[0].split(" ")):
            yield number, lemmas[0]


# Frames of verbs whose subject is no person (wninput(5WN)).
OF_THINGS = {1, 3, 4, 5, 6, 10, 11, 12, 34, 35}
SENSES = 2  # of a verb that are looked at, the most frequent ones


def verbs():
    """(verb, whether only people do it) of the known verbs of one word."""
    frames = {}
    for line in lines_of(f"{WORDNET}/data.verb"):
        if line[0] == " ":
            continue
        fields = line.split(" | ")[0].split(" ")
        words, at = int(fields[3], 16), 4 + 2 * int(fields[3], 16)
        at += 1 + 4 * int(fields[at])
        listed_frames = fields[at + 1:]
        for i in range(words):
            held = {int(listed_frames[j + 1]) for j in range(0, len(listed_frames) - 2, 3) if listed_frames[j + 2] in ("00", f"{i + 1:02x}")}
            frames[(fields[0], fields[4 + 2 * i])] = held
    known = listed(10) | listed(20) | listed(35)
    for line in lines_of(f"{WORDNET}/index.verb"):
        fields = line.split()
        if line[0] == " " or "_" in fields[0] or fields[0] not in known:
            continue
        offsets = fields[-int(fields[2]):][:SENSES]
        held = set().union(*(frames.get((offset, fields[0]), set()) for offset in offsets))
        if held:
            yield fields[0], not held & OF_THINGS


def with_s(word):
    """"pays", "boxes": the present of a verb, the plural of a noun."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def past(verb, irregular):
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) else verb + "ed"


def kinds_of_nouns():
    """(kind, known noun or its plural) of what can be touched, of what cannot, and of what somebody is."""
    for kind, files in (("goods", TOUCHED), ("matter", UNTOUCHED), ("role", (PEOPLE,))):
        for word in (w for file in files for w in words_of(file) if "_" not in w):
            yield from ((kind, word), (kind, with_s(word)))


def acts():
    """{"people": [(past, present)], "things": …}: of what only people do, and of what things do, too."""
    irregular = {}
    for line in lines_of(f"{WORDNET}/verb.exc"):
        form, verb = line.split()[:2]
        if not form.endswith(("ing", "s")):
            irregular.setdefault(verb, form)
    found = {"people": [], "things": []}
    for verb, by_people in verbs():
        found["people" if by_people else "things"].append((past(verb, irregular), with_s(verb)))
    return found
