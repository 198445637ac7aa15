#!/usr/bin/env python3
"""Runs the suites of ./dev test side by side, each into its own log, and closes with one line: N passed, N failed, N skipped.

  tools/run_tests.py BUILD_DIR [--only WORD]... [--programs-only] [--kills N] [--cuts N] [--every-call] [--suite-seconds N]

A suite is a program that writes its results where it is told (GoogleTest JSON, JUnit XML) or a check whose exit code is its
one result. A suite that dies before it wrote results counts as one failure: nothing can vanish. Servers are started on
loopback by tests/support/*.sh, handed to the suites through the environment, and ended by their pid.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORES = os.cpu_count() or 2


@dataclasses.dataclass
class Suite:
    name: str
    command: list
    results: str  # "gtest", "junit" or "exit"
    alone: bool = False  # measures time or kills processes: nothing else runs beside it
    tries: int = 1
    cwd: pathlib.Path = ROOT


@dataclasses.dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    again: list = dataclasses.field(default_factory=list)  # suites that passed at the second try only

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped, self.again + other.again)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def fails(case):
    return case["status"] != "NOTRUN" and case["result"] != "SKIPPED" and "failures" in case


def count_gtest(path):
    count = Count()
    for suite in json.loads(path.read_text())["testsuites"]:
        for case in suite["testsuite"]:
            if fails(case):
                count.failed += 1
            elif case["status"] == "NOTRUN" or case["result"] == "SKIPPED":
                count.skipped += 1
            else:
                count.passed += 1
    return count


def count_junit(path):
    count = Count()
    # Node writes colours and the like into it as they are, which XML does not know.
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", path.read_text(errors="replace"))
    for case in xml.fromstring(text.encode()).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            count.failed += 1
        elif case.find("skipped") is not None:
            count.skipped += 1
        else:
            count.passed += 1
    return count


# A browser on a busy machine now and then loses a race that no person would notice. In CI such a suite gets a second try, and
# both its logs and the last lines of the whole say so: a suite that is named there has a race to be found.
BROWSER_TRIES = 2 if os.environ.get("CI") else 1


def node_suite(name, files, seconds_max, alone=False, tries=1):
    command = ["node", "--test", f"--test-timeout={seconds_max * 400}", "--test-concurrency=1", "--test-reporter=spec", "--test-reporter-destination=stdout",
               "--test-reporter=junit", "--test-reporter-destination={results}", *map(str, files)]
    return Suite(name, command, "junit", alone, tries)


def programs(build):
    for program in sorted(build.glob("*_test")):
        yield Suite(f"unit/{program.name.removesuffix('_test')}",
                    [str(program), "--gtest_brief=1", "--gtest_output=json:{results}"], "gtest")


def suites(build, seconds_max):
    yield Suite("check", ["./dev", "check", "--built"], "exit")
    yield from programs(build)
    yield Suite("unit/web", ["npx", "vitest", "run", "--reporter=default", "--reporter=junit", "--outputFile.junit={results}"],
                "junit", cwd=ROOT / "web")
    for folder, alone in (("judges", False), ("api", False), ("e2e", False), ("faults", True)):
        for file in sorted((ROOT / "tests" / folder).rglob("*.test.ts")):
            yield node_suite(f"{folder}/{file.name.removesuffix('.test.ts')}", [file], seconds_max, alone, BROWSER_TRIES if folder == "e2e" else 1)


def run(suite, build, environment, seconds_max):
    for attempt in range(1, suite.tries + 1):
        count = run_once(suite, attempt, build, environment, seconds_max)
        if not count.failed:
            break
    count.again = [suite.name] if attempt > 1 and not count.failed else []
    return count


def run_once(suite, attempt, build, environment, seconds_max):
    stem = suite.name.replace("/", "_") + ("" if attempt == 1 else f".try{attempt}")
    log, results = build / "logs" / f"{stem}.log", build / "results" / f"{stem}.{suite.results}"
    command = [part.replace("{results}", str(results)) for part in suite.command]
    started = time.monotonic()
    with log.open("wb") as out:
        try:
            code = subprocess.run(command, cwd=suite.cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=subprocess.STDOUT, timeout=seconds_max).returncode
        except (subprocess.TimeoutExpired, OSError) as problem:
            out.write(f"\n{problem}\n".encode())
            code = 124
    count = tally(suite, results, code)
    verdict = "ok    " if count.failed == 0 else "FAILED"
    print(f"{verdict} {suite.name:32} {count}  ({time.monotonic() - started:.1f} s)", flush=True)
    if count.failed:
        print("\n".join(f"       {line}" for line in what_failed(suite, results, log)), flush=True)
    return count


def tally(suite, results, code):
    if suite.results == "exit":
        return Count(passed=1) if code == 0 else Count(failed=1)
    try:
        count = {"gtest": count_gtest, "junit": count_junit}[suite.results](results)
    except (OSError, ValueError, KeyError, xml.ParseError):
        return Count(failed=1)
    if code != 0 and count.failed == 0:
        count.failed = 1
    if code == 0 and count == Count():
        count.failed = 1
    return count


def what_failed(suite, results, log, lines=40):
    """What the failed tests say, or the log's end where no test says anything: a crash, an end by time."""
    said = gtest_failures(results) if suite.results == "gtest" else []
    if not said:
        said = log.read_text(errors="replace").splitlines()[-lines:]
    return said[:lines] + [f"(all of it: {os.path.relpath(log, ROOT)})"]


def gtest_failures(path):
    try:
        suites = json.loads(path.read_text())["testsuites"]
    except (OSError, ValueError):
        return []
    return [
        line
        for suite in suites
        for case in suite["testsuite"]
        if fails(case)
        for line in [f"{suite['name']}.{case['name']}"] + [each for failure in case["failures"] for each in failure["failure"].splitlines()]
    ]


class Servers:
    """The real servers that suites need; started in order, stopped in reverse."""

    def __init__(self):
        self.started = []

    def start(self, script, variable, environment):
        line = subprocess.run([str(script), "start"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        environment[variable] = line
        self.started.append((script, line))

    def stop(self):
        for script, line in reversed(self.started):
            subprocess.run([str(script), "stop", line], check=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--only", action="append", default=[], help="run suites whose name contains this word")
    parser.add_argument("--programs-only", action="store_true", help="only the unit suites that BUILD_DIR holds as programs: a sanitizer's build has no console and no server to drive")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--cuts", type=int, default=5)
    parser.add_argument("--every-call", action="store_true", help="an error at every write and sync, not at some of them")
    parser.add_argument("--suite-seconds", type=int, default=1500, help="a suite that takes longer has failed")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    for folder in ("logs", "results"):
        shutil.rmtree(build / folder, ignore_errors=True)
        (build / folder).mkdir(parents=True)

    environment = dict(os.environ, PRIVITY=str(build / "privity"), PRIVITY_BUILD=str(build), PRIVITY_KILLS=str(arguments.kills),
                       PRIVITY_CUTS=str(arguments.cuts), PRIVITY_EVERY_CALL="1" if arguments.every_call else "0", NO_COLOR="1", TZ="UTC", LC_ALL="C.UTF-8",
                       PRIVITY_TEST_DUCKDB=str(ROOT / "tests/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so"))
    offered = programs(build) if arguments.programs_only else suites(build, arguments.suite_seconds)
    chosen = [s for s in offered if not arguments.only or any(word in s.name for word in arguments.only)]
    servers = Servers()
    total = Count()
    try:
        servers.start(ROOT / "tests/support/postgres.sh", "PRIVITY_TEST_POSTGRES", environment)
        servers.start(ROOT / "tests/support/mariadb.sh", "PRIVITY_TEST_MARIADB", environment)
        servers.start(ROOT / "tests/support/redis.sh", "PRIVITY_TEST_REDIS", environment)
        servers.start(ROOT / "tests/support/ldap.sh", "PRIVITY_TEST_LDAP", environment)
        servers.start(ROOT / "tests/support/dovecot.sh", "PRIVITY_TEST_DOVECOT", environment)
        servers.start(ROOT / "tests/support/s3rver.sh", "PRIVITY_TEST_S3", environment)
        with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
            for count in pool.map(lambda s: run(s, build, environment, arguments.suite_seconds), [s for s in chosen if not s.alone]):
                total += count
        for suite in (s for s in chosen if s.alone):
            total += run(suite, build, environment, arguments.suite_seconds)
    finally:
        servers.stop()
    for name in total.again:
        print(f"passed only at the second try: {name}")
    print(total)
    sys.exit(1 if total.failed or total.passed == 0 else 0)


if __name__ == "__main__":
    main()
