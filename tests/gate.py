"""Every check in one order, with a heading and a time for each; stops at the first that fails.

Usage: python -m tests.gate [lint|nightly]
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests import browser

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
# Who is done takes from who is not: a long test that comes late holds up nobody else.
TWO: Final = ("-n", "2", "--dist", "worksteal")
# Journeys wait more than they reckon.
THREE: Final = ("-n", "3", "--dist", "worksteal")
_QUIET: Final = ("-q", "--inline-snapshot=disable")
_SUMMARY: Final = re.compile(r"^=*\s*(\d+ .*) in [\d.]+s.*?=*$")
_COUNT: Final = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its heading, its command, and the folders of tests that it runs."""

    name: str
    command: tuple[str, ...]
    folders: tuple[str, ...] = ()


def _tests(*folders: str, options: tuple[str, ...] = ()) -> Step:
    """What shares a start shares its seconds: of servers, of imports, of a browser."""
    paths = (f"tests/{folder}" for folder in folders)
    command = (sys.executable, "-m", "pytest", *_QUIET, *options, *paths)
    return Step(", ".join(folders), command, folders)


LINT: Final = (
    Step("format", (str(BIN / "ruff"), "format", "--check", ".")),
    Step("lint", (str(BIN / "ruff"), "check", ".")),
    Step("imports", (str(BIN / "lint-imports"), "--no-logo")),
    Step("types", (str(BIN / "mypy"), "--num-workers", "2")),
    Step(
        "spelling", (str(BIN / "codespell"), "hotline", "bots", "config", "deploy", "docs", "tests")
    ),
    Step("dependencies", (str(BIN / "deptry"), "--no-ansi", ".")),
    Step("dead code", (str(BIN / "vulture"),)),
)
TESTS: Final = (
    _tests("unit", "architecture", "migrations", options=TWO),
    _tests("contracts", "service", options=TWO),
    _tests("journeys", "console", options=THREE),
)
# What takes long: for every night and every release, beside the gate.
_OTHERS: Final = (*TWO, "--nightly", "-k", "signalwire or somleng")
NIGHTLY: Final = (
    _tests("nightly"),
    _tests("service", options=_OTHERS),
    _tests("journeys", options=_OTHERS),
)


class Totals:
    """What the test runs said, added up."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def read(self, line: str) -> None:
        """Take the counts out of the last line of a pytest run; other lines say nothing."""
        found = _SUMMARY.match(line.strip())
        for number, word in _COUNT.findall(found.group(1) if found else ""):
            key = "failed" if word.startswith("error") else word
            self._counts[key] = self._counts.get(key, 0) + int(number)

    def line(self, *, failed_steps: int) -> str:
        """The last line of the gate; a check that is no test counts as one failure."""
        failed = max(self._counts.get("failed", 0), failed_steps)
        return f"{self._counts.get('passed', 0)} passed, {failed} failed"

    @property
    def skipped(self) -> int:
        """How many tests did not run on this machine; they say why themselves."""
        return self._counts.get("skipped", 0)


def main() -> int:
    """Run the steps; the exit code is 0 only if all of them passed."""
    steps = {"lint": LINT, "nightly": NIGHTLY}.get("".join(sys.argv[1:]), LINT + TESTS)
    forgotten = sorted(set(strays()))
    if forgotten:
        print(f"no step of the gate runs {', '.join(forgotten)}")
        return 1
    totals = Totals()
    started = time.monotonic()
    for step in steps:
        code = _run(step, totals)
        if code != 0:
            print(f"\nstopped at: {step.name}\n\n{totals.line(failed_steps=1)}")
            return code
    print(f"\nall checks passed in {time.monotonic() - started:.0f} s")
    if steps != LINT:
        if totals.skipped:
            print(f"{totals.skipped} skipped on this machine")
        print(f"\n{totals.line(failed_steps=0)}")
    return 0


def strays() -> Iterator[str]:
    """Folders with tests that nobody would run."""
    known = {folder for step in TESTS + NIGHTLY for folder in step.folders}
    for test in (ROOT / "tests").rglob("test_*.py"):
        first = test.relative_to(ROOT / "tests").parts[0]
        if first not in known:
            yield f"tests/{first}"


def _run(step: Step, totals: Totals) -> int:
    print(f"\n=== {step.name}", flush=True)
    started = time.monotonic()
    if "console" in step.folders:
        try:
            print(f"browser: {browser.provide()}", flush=True)
        except browser.NoBrowserError as problem:
            print(problem)
            return 1
    code = _stream(step.command, totals)
    print(f"--- {step.name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.1f} s")
    return code


def _stream(command: tuple[str, ...], totals: Totals) -> int:
    """Run a command, show what it says as it says it, and count."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                totals.read(line)
        except KeyboardInterrupt:
            # The child got the same signal and puts its servers away first.
            process.wait()
            raise
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
