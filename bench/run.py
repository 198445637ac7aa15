#!/usr/bin/env python3
"""Runs the benchmarks one after another: bench/run.py BUILD_DIR [WORD]...

Each program measures itself and its limit or peer in the same run and prints the ratio. Nothing here is a test: a slow machine
fails nothing.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    build, words = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    programs = [[str(p)] for p in sorted(build.glob("*_bench"))]
    programs += [["node", str(p)] for p in sorted((ROOT / "bench").glob("*.bench.mts"))]
    environment = dict(os.environ, PRIVITY=str(ROOT / "build" / "privity"), PRIVITY_BENCH_BUILD=str(build))
    postgres = ROOT / "tests/support/postgres.sh"
    line = subprocess.run([str(postgres), "start", "disk"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    environment["PRIVITY_TEST_POSTGRES"] = line
    failures = 0
    try:
        for program in programs:
            name = pathlib.Path(program[-1]).name
            if words and not any(word in name for word in words):
                continue
            print(f"\n== {name}", flush=True)
            failures += subprocess.run(program, cwd=ROOT, env=environment).returncode != 0
    finally:
        subprocess.run([str(postgres), "stop", line], check=False)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
