"""How well names of columns are judged: `python3 tools/accuracy/fields.py build/privity tests/corpora/detect/schemas_saas.txt`."""
import os
import subprocess
import sys
import tempfile


EXTRA = os.environ.get("PRIVITY_DETECT_OPTIONS", "").split()


def read_schemas(path):
    """Rows (system, collection, field, category) of a file in the form of tests/corpora/detect/schemas_saas.txt."""
    rows, place = [], ("", "")
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            place = tuple(line.strip().split("/", 1))
            continue
        for item in line.split():
            field, _, category = item.partition("=")
            rows.append((*place, field, "user." + category if category else "none"))
    return rows


def read_labelled(path):
    """Rows of a tab-separated file with the columns system, collection, field, data_categories."""
    lines = open(path, encoding="utf-8").read().splitlines()
    names = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        row = dict(zip(names, line.split("\t")))
        rows.append((row["system"], row["collection"], row["field"], row["data_categories"] or "none"))
    return rows


def judge(privity, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as given, tempfile.NamedTemporaryFile("r", suffix=".tsv") as found:
        given.write("id\tsystem\tcollection\tfield\tdeclared_type\n")
        for i, (system, collection, field, _) in enumerate(rows):
            given.write(f"{i}\t{system}\t{collection}\t{field}\t\n")
        given.flush()
        subprocess.run([privity, "detect", "fields", *EXTRA, "--in", given.name, "--out", found.name], check=True)
        return [line.rstrip("\n").split("\t") for line in list(found)[1:]]


def personal(category):
    return category.startswith("user")


def branch(category):
    return ".".join(category.split(".")[:2])


def f1(right, found, labelled):
    precision = right / found if found else 0
    recall = right / labelled if labelled else 0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0


def main():
    privity, path = sys.argv[1:3]
    rows = read_schemas(path) if path.endswith(".txt") else read_labelled(path)
    judged = judge(privity, rows)
    labelled = sum(personal(r[3]) for r in rows)
    found = sum(personal(j[1]) for j in judged)
    both = sum(personal(r[3]) and personal(j[1]) for r, j in zip(rows, judged))
    right = sum(personal(r[3]) and branch(r[3]) == branch(j[1]) for r, j in zip(rows, judged))
    print("%s: %d columns, %d personal" % (path, len(rows), labelled))
    print("personal or not: precision %.3f recall %.3f F1 %.3f" % f1(both, found, labelled))
    print("right second-level category: precision %.3f recall %.3f F1 %.3f" % f1(right, found, labelled))
    if "--errors" in sys.argv:
        for (system, collection, field, category), j in zip(rows, judged):
            if branch(category) != branch(j[1]):
                print("\t".join([system + "/" + collection + "." + field, category, *j[1:]]))


if __name__ == "__main__":
    main()
