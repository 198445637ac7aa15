#!/usr/bin/env python3
"""The figures of every corpus as the tables of docs/accuracy.md: `python3 tools/accuracy/table.py [--write | --check]`.

They stand between two marks there; tests/corpora/detect/figures.tsv is their home. --check says whether the document has them as they are."""
import collections
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- figures: tools/accuracy/table.py writes them -->", "<!-- end of figures -->"
KINDS = [  # the heading, how files are called, the columns
    ("Names of columns", "schema", [("personal, F1", "personal_f1"), ("precision", "personal_precision"), ("recall", "personal_recall"), ("category, F1", "branch_f1")]),
    ("Columns by their values", "columns", [("personal, F1", "personal_f1"), ("branch, F1", "branch_f1"), ("impersonal ones left alone", "impersonal_clean")]),
    ("Numbers", ("identifiers", "numbers_of_things"), [("F1", "f1"), ("precision", "precision"), ("recall", "recall"), ("decoys left alone", "decoys_clean")]),
    ("Secrets", "secrets", [("F1", "f1"), ("recall", "recall"), ("decoys left alone", "decoys_clean")]),
    ("Texts", ("texts", "sentences", "clinical", "mixed"), [("typed, exact, F1", "typed_exact_f1"), ("type-blind, overlap .7, F2", "any.overlap_f2"), ("persons, overlap, F1", "person.overlap_f1"), ("texts about nobody left alone", "impersonal_texts_clean")]),
]


def figures():
    found = collections.defaultdict(dict)
    for line in (ROOT / "tests/corpora/detect/figures.tsv").read_text().splitlines():
        name, value = line.split("\t")
        corpus, figure = name.split(".", 1)
        found[corpus][figure] = value.lstrip("0") if value.startswith("0.") else value[:4]
    return found


def tables():
    lines, known = [], figures()
    for heading, names, columns in KINDS:
        lines += [f"### {heading}", "", "| corpus | " + " | ".join(title for title, _ in columns) + " |", "|---" * (len(columns) + 1) + "|"]
        for corpus in sorted(known):
            if corpus.startswith(names):
                lines.append(f"| `{corpus}` | " + " | ".join(known[corpus].get(figure, "") for _, figure in columns) + " |")
        lines.append("")
    return "\n".join(lines)


def main():
    path = ROOT / "docs/accuracy.md"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN + "\n")
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}\n{tables()}{END}{after}"
    if "--write" in sys.argv:
        path.write_text(wanted, encoding="utf-8")
    elif "--check" in sys.argv:
        if wanted != text:
            sys.exit("docs/accuracy.md has other figures than tests/corpora/detect/figures.tsv: python3 tools/accuracy/table.py --write")
    else:
        print(tables())


if __name__ == "__main__":
    main()
