#!/usr/bin/env python3
"""Compares three statements of the architecture: each room's DEPENDS in CMake, the real #include lines, and the picture in
ARCHITECTURE.md.

  tools/layers.py           exit 1 and one line per difference
  tools/layers.py --write   draws the picture again from the declarations
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
PICTURE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- rooms: drawn by tools/layers.py --write -->", "<!-- /rooms -->"
INCLUDE = re.compile(r'^\s*#include\s+"([a-z0-9_]+)/([^"]+)"', re.M)


def declared():
    rooms = {}
    for lists in sorted(SRC.glob("*/CMakeLists.txt")):
        text = re.sub(r"#.*", "", lists.read_text())
        for call in re.finditer(r"privity_module\(\s*(\w+)([^)]*)\)", text):
            words = call.group(2).split()
            depends = []
            collecting = False
            for word in words:
                if word.isupper() and "::" not in word:
                    collecting = word == "DEPENDS"
                elif collecting:
                    depends.append(word)
            rooms[call.group(1)] = depends
    return rooms


def included(room):
    """(file, other room, path, is_test) for every include of a room's header by a file of `room`."""
    for path in sorted((SRC / room).rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        inside = path.relative_to(SRC / room)
        is_test = path.name.endswith("_test.cc") or "testing" in inside.parts
        for other, rest in INCLUDE.findall(path.read_text(errors="replace")):
            yield path.relative_to(ROOT), other, rest, is_test


def differences(rooms):
    order = {}
    for room, depends in rooms.items():
        for other in depends:
            if other not in rooms:
                yield f"src/{room}/CMakeLists.txt: DEPENDS names {other}, which is not a room"
    for room in rooms:
        order[room] = closure(room, rooms)
        if room in order[room]:
            yield f"src/{room}/CMakeLists.txt: {room} depends on itself through {' → '.join(sorted(order[room]))}"
    for room, depends in rooms.items():
        used = set()
        for path, other, rest, is_test in included(room):
            if other not in rooms or other == room:
                continue
            used.add(other)
            reachable = other in (order[room] if is_test else depends)
            if not reachable:
                yield f"{path}: includes {other}/{rest}, but {room} does not declare that it DEPENDS on {other}"
            if rest.startswith("internal/"):
                yield f"{path}: includes {other}/{rest}; internal/ is closed to other rooms"
            if rest.startswith("testing/") and not is_test:
                yield f"{path}: includes {other}/{rest}; testing/ is for tests only"
        for other in depends:
            if other not in used:
                yield f"src/{room}/CMakeLists.txt: DEPENDS on {other}, but no file includes it"


def closure(room, rooms):
    seen, todo = set(), list(rooms[room])
    while todo:
        other = todo.pop()
        if other not in seen:
            seen.add(other)
            todo.extend(rooms.get(other, []))
    return seen


def picture(rooms):
    """The arrows that are not already said by a longer path, as a Mermaid chart, and the complete list as a table."""
    lines = [BEGIN, "```mermaid", "flowchart TD"]
    for room, depends in rooms.items():
        implied = set().union(*(closure(other, rooms) for other in depends)) if depends else set()
        for other in depends:
            if other not in implied:
                lines.append(f"  {room} --> {other}")
    lines += ["```", "", "| room | may use |", "|---|---|"]
    for room, depends in rooms.items():
        lines.append(f"| `{room}` | {', '.join(depends) or 'nothing'} |")
    lines.append(END)
    return "\n".join(lines)


def main():
    rooms = dict(sorted(declared().items()))
    text = PICTURE.read_text()
    block = re.compile(re.escape(BEGIN) + r".*?" + re.escape(END), re.S)
    if not block.search(text):
        sys.exit(f"ARCHITECTURE.md: the markers {BEGIN} and {END} are missing")
    drawn = block.sub(lambda _: picture(rooms), text)
    if sys.argv[1:] == ["--write"]:
        PICTURE.write_text(drawn)
        return
    found = list(differences(rooms))
    if drawn != text:
        found.append("ARCHITECTURE.md: the picture differs from the declarations; run tools/layers.py --write")
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
