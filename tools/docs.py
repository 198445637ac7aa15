#!/usr/bin/env python3
"""Runs every command of the documents, in order, against a fresh installation.

A fenced block marked ```console holds lines that start with `$ `; each is run by bash with `privity` on the PATH, in one
folder per document, with a server already running there. It must exit 0, or as `# exit N` at its end says. Lines below a
command that are not commands are output: each must occur in what the command printed, in order; `...` stands for anything.
Blocks of another kind are not run, and may not hold `privity` commands that were not run elsewhere.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRIVITY = pathlib.Path(os.environ.get("PRIVITY", ROOT / "build" / "privity"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
SECONDS_MAX = 60


def commands(text):
    for block in BLOCK.finditer(text):
        line_number = text[: block.start()].count("\n") + 2
        command, expected, at = None, [], 0
        for offset, line in enumerate(block.group(1).splitlines()):
            if line.startswith("$ "):
                if command:
                    yield at, command, expected
                command, expected, at = line[2:], [], line_number + offset
            elif command and command.endswith("\\") and not expected:
                command = command[:-1] + line.strip()
            elif line.strip():
                expected.append(line)
        if command:
            yield at, command, expected


def matches(expected, printed):
    position = 0
    for line in expected:
        if line.strip() == "...":
            continue
        pattern = ".*".join(re.escape(part) for part in line.strip().split("..."))
        found = re.compile(pattern).search(printed, position)
        if not found:
            return line
        position = found.end()
    return None


class Installation:
    """A server on a Unix socket and free ports in its own folder, and a PATH on which `privity` finds it."""

    def __init__(self, folder):
        self.folder = folder
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "privity").symlink_to(PRIVITY)
        self.environment = dict(os.environ, PATH=f"{bin_folder}:{os.environ['PATH']}", HOME=str(folder), NO_COLOR="1", TZ="UTC",
                                PRIVITY_DATA_DIRECTORY=str(folder / "data"), PRIVITY_KEY_HOME_DIRECTORY=str(folder / "keys"),
                                PRIVITY_CONSOLE_LISTEN="127.0.0.1:0")
        self.log = (folder / "serve.log").open("wb")
        self.server = subprocess.Popen([PRIVITY, "serve"], cwd=folder, env=self.environment, stdout=self.log, stderr=self.log)
        for _ in range(200):
            if self.server.poll() is not None:
                sys.exit("privity serve ended at once:\n" + (folder / "serve.log").read_text())
            if subprocess.run([PRIVITY, "health"], cwd=folder, env=self.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return
            time.sleep(0.05)
        sys.exit("privity serve was not ready within ten seconds:\n" + (folder / "serve.log").read_text())

    def run(self, command):
        return subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS_MAX)

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(timeout=20)


def check(document):
    text = document.read_text()
    listed = list(commands(text))
    if not listed:
        return
    with tempfile.TemporaryDirectory(prefix="privity-docs-") as folder:
        installation = Installation(pathlib.Path(folder))
        try:
            for line, command, expected in listed:
                wanted = re.search(r"# exit (\d+)$", command)
                done = installation.run(command)
                place = f"{document.relative_to(ROOT)}:{line}: $ {command}"
                if done.returncode != (int(wanted.group(1)) if wanted else 0):
                    yield f"{place}\n  exit {done.returncode}:\n{done.stdout[-2000:]}"
                elif (missing := matches(expected, done.stdout)) is not None:
                    yield f"{place}\n  did not print: {missing}\n  but:\n{done.stdout[-2000:]}"
        finally:
            installation.stop()


def main():
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "src").glob("*/README.md"))]
    found = [finding for document in documents for finding in check(document)]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
