#!/usr/bin/env python3
"""Makes src/detect/model/fields.model from the labelled schemas that may be looked at; see README.md.

  tools/fields/train.py [--measure] [--build build]

With --measure it leaves the committed model alone: each of the schemas in its own folder is judged by a model that saw four fifths of their tables and every other file, and what comes out is printed.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPORA = ROOT / "tests/corpora/detect"
FOLDS = 5

sys.path.append(str(ROOT / "tools/accuracy"))
import fields  # noqa: E402


def tables(path):
    """The tables of a file of schemas, each its heading and its lines."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if not line.startswith(" "):
            found.append([])
        found[-1].append(line)
    return found


def written(path, some):
    path.write_text("".join(line + "\n" for table in some for line in table), encoding="utf-8")
    return path


def train(trainer, out, paths):
    subprocess.run([trainer, "--out", out, *paths], check=True)


def measure(trainer, corpora, ours):
    """By file: how the rules with a model that has not seen the table judge it."""
    labels = {path.stem: [] for path in ours}
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for fold in range(FOLDS):
            seen = [table for path in ours for i, table in enumerate(tables(path)) if i % FOLDS != fold]
            train(trainer, work / "fields.model", [*corpora, written(work / "seen.txt", seen)])
            for path in ours:
                unseen = written(work / "unseen.txt", tables(path)[fold::FOLDS])
                judged = subprocess.run([trainer, "--judge", work / "fields.model", unseen], check=True, stdout=subprocess.PIPE, text=True).stdout
                labels[path.stem] += [line.split("\t")[1:3] for line in judged.splitlines()]
    for name, pairs in labels.items():
        labelled = sum(fields.personal(label) for label, _ in pairs)
        found = sum(fields.personal(judged) for _, judged in pairs)
        both = sum(fields.personal(label) and fields.personal(judged) for label, judged in pairs)
        right = sum(fields.personal(label) and fields.branch(label) == fields.branch(judged) for label, judged in pairs)
        print(f"{name}: {len(pairs)} fields, {labelled} personal")
        print("personal or not: precision %.3f recall %.3f F1 %.3f" % fields.f1(both, found, labelled))
        print("right second-level category: precision %.3f recall %.3f F1 %.3f" % fields.f1(right, found, labelled))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--build", default=str(ROOT / "build"))
    options = parser.parse_args()
    trainer = pathlib.Path(options.build) / "privity_train_fields"
    corpora = sorted(path for path in CORPORA.glob("schema*.txt") if "held_out" not in path.name)
    ours = sorted(HERE.glob("schemas/*.txt"))
    if options.measure:
        measure(trainer, corpora, ours)
    else:
        twice = [path for path in ours if path.name.startswith("natural_") or path.name in ("languages.txt", "people.txt")]
        # Of the whole systems, those that run others are the fewest.
        operational = [path for path in ours if path.name.startswith("natural_operational")]
        train(trainer, ROOT / "src/detect/model/fields.model", [*corpora * 3, *ours, *twice, *sorted(operational * 2)])


if __name__ == "__main__":
    main()
