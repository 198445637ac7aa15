"""How well text is read: `python3 tools/accuracy/texts.py build/privity tests/corpora/detect/clinical_es.txt [--errors] [--spelled lower|upper|plain]`.

Prints typed exact F1, type-blind F2 of spans that overlap by 70 % (of the longer one), and how many labelled spans a
redaction would leave standing, whole or in part. `--spelled` writes the texts in small letters, in capitals or without accents first."""
import collections
import json
import re
import subprocess
import sys
import tempfile
import unicodedata

MARK = re.compile(r"\[\[(\w+):(.*?)\]\]", re.DOTALL)
OVERLAP = 0.7


def read_marked(path):
    """Texts of a file with [[entity:text]]."""
    texts = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        line = line.replace("\\n", "\n")
        text, spans, last = "", [], 0
        for m in MARK.finditer(line):
            text += line[last : m.start()]
            spans.append((len(text), len(text) + len(m[2]), m[1]))
            text += m[2]
            last = m.end()
        texts.append((text + line[last:], spans))
    return texts


def read_labelled(path):
    texts = []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        texts.append((row["text"], [(s["start"], s["end"], s.get("entity", s.get("type"))) for s in row["spans"]]))
    return texts


def find(privity, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as given, tempfile.NamedTemporaryFile("r", suffix=".jsonl") as found:
        for i, (text, _) in enumerate(texts):
            given.write(json.dumps({"id": i, "text": text}) + "\n")
        given.flush()
        subprocess.run([privity, "detect", "text", "--in", given.name, "--out", found.name], check=True, stderr=subprocess.DEVNULL)
        return [[(s["start"], s["end"], s["entity"]) for s in json.loads(line)["spans"]] for line in found]


def spelled(text, way):
    """The same text otherwise, each character in its place."""
    ways = {"lower": str.lower, "upper": str.upper, "plain": lambda c: unicodedata.normalize("NFD", c)[0]}
    return "".join(ways[way](c) if len(ways[way](c)) == 1 else c for c in text)


def stands(text, span, got):
    """Letters and digits of a span that no find covers."""
    return any(text[i].isalnum() and not any(g[0] <= i < g[1] for g in got) for i in range(span[0], span[1]))


def f(precision, recall, beta=1):
    b = beta * beta
    return (1 + b) * precision * recall / (b * precision + recall) if precision + recall else 0


def overlaps(a, b):
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common >= OVERLAP * max(a[1] - a[0], b[1] - b[0])


def main():
    privity, path = sys.argv[1:3]
    texts = read_marked(path) if path.endswith(".txt") else read_labelled(path)
    if "--spelled" in sys.argv:
        way = sys.argv[sys.argv.index("--spelled") + 1]
        texts = [(spelled(text, way), spans) for text, spans in texts]
    found = find(privity, texts)
    labelled = sum(len(spans) for _, spans in texts)
    count = sum(map(len, found))
    exact = sum(len(set(spans) & set(got)) for (_, spans), got in zip(texts, found))
    recalled = sum(any(overlaps(s, g) for g in got) for (_, spans), got in zip(texts, found) for s in spans)
    right = sum(any(overlaps(s, g) for s in spans) for (_, spans), got in zip(texts, found) for g in got)
    clean = [got for (_, spans), got in zip(texts, found) if not spans]
    print(f"{path}: {len(texts)} texts, {labelled} spans, {count} found")
    print(f"exact typed: precision {exact / max(1, count):.3f} recall {exact / max(1, labelled):.3f} F1 {f(exact / max(1, count), exact / max(1, labelled)):.3f}")
    print(f"type-blind, overlap {OVERLAP}: precision {right / max(1, count):.3f} recall {recalled / max(1, labelled):.3f} F2 {f(right / max(1, count), recalled / max(1, labelled), 2):.3f}")
    left = sum(stands(text, s, got) for (text, spans), got in zip(texts, found) for s in spans)
    print(f"left standing after redaction: {left} of {labelled} spans")
    print(f"impersonal texts hit: {sum(bool(g) for g in clean)} of {len(clean)}")
    if "--errors" not in sys.argv:
        return
    kinds = collections.Counter()
    for (text, spans), got in zip(texts, found):
        for s in sorted(set(spans) - set(got)):
            kinds["missed " + s[2]] += 1
            near = [f"{g[2]}:{text[g[0]:g[1]]}" for g in got if g[0] < s[1] and s[0] < g[1]]
            print("missed", s[2], repr(text[s[0] : s[1]]), "got", near)
        for g in sorted(set(got) - set(spans)):
            if not any(g[0] < s[1] and s[0] < g[1] for s in spans):
                kinds["extra " + g[2]] += 1
                print("extra", g[2], repr(text[g[0] : g[1]]), "in", repr(text[max(0, g[0] - 30) : g[1] + 20]))
    print(kinds.most_common())


if __name__ == "__main__":
    main()
