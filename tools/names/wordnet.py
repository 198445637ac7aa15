"""What the tagger learns from WordNet 3.0 and SCOWL (Debian's wordnet-base and scowl): which English words everybody knows, and
whom WordNet names."""

WORDNET = "/usr/share/wordnet"
SCOWL = "/usr/share/dict/scowl"
PERSON = "18"  # the lexicographer file of nouns for people


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
