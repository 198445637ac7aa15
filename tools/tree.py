#!/usr/bin/env python3
"""Looks for what does not belong into the tree: unfinished words, machine paths, registry addresses, big files, missing room
READMEs, and error codes without words. One line per finding, exit 1 when there is one."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BYTES_MAX = 2 * 1024 * 1024
# Weights that a training script makes again (tools/names/train.py, tools/fields/train.py, tools/values/train.py, tools/spans/train.py).
BYTES_MAX_OF = {"src/detect/model/names.model": 10 * 1024 * 1024, "src/detect/model/fields.model": 4 * 1024 * 1024, "src/detect/model/values.model": 3 * 1024 * 1024 // 2,
                "src/detect/model/spans.model": 9 * 1024 * 1024 // 2}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
REGISTRY = re.compile(r"https?://(registry\.|deb\.debian|[a-z0-9.]*pypi)", re.I)
MACHINE = re.compile(r"(^|[\s\"'=(])/(work|root|home)/")
TEXT = {".h", ".cc", ".py", ".sh", ".ts", ".tsx", ".css", ".html", ".json", ".yaml", ".yml", ".md", ".txt", ".cmake", ".tsv", ".go", ""}


def files():
    listed = subprocess.run(["git", "ls-files", "-z", "-c", "-o", "--exclude-standard"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    for name in sorted(set(filter(None, listed.decode().split("\0")))):
        path = ROOT / name
        if path.is_file():
            yield name, path


def findings():
    for name, path in files():
        if path.stat().st_size > (limit := BYTES_MAX_OF.get(name, BYTES_MAX)):
            yield f"{name}: larger than {limit >> 20} MiB"
        if path.suffix not in TEXT or path.name == "package-lock.json" or "/corpus/" in name or "/templates/" in name or "/spans/texts/" in name:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for what, pattern in (("speaks of unfinished work", UNFINISHED), ("names a registry", REGISTRY), ("names a path of one machine", MACHINE)):
                if pattern.search(line):
                    yield f"{name}:{number}: {what}: {line.strip()[:100]}"
    for room in sorted((ROOT / "src").iterdir()):
        if room.is_dir():
            for needed in ("README.md", "CMakeLists.txt"):
                if not (room / needed).is_file():
                    yield f"src/{room.name}/: {needed} is missing"
    for lock in ROOT.glob("*/package-lock.json"):
        if '"resolved"' in lock.read_text():
            yield f"{lock.relative_to(ROOT)}: carries registry addresses; set omit-lockfile-registry-resolved in its .npmrc"


def main():
    found = list(findings())
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
