"""Find a Chromium for the browser tests, or fetch one; alone: python -m tests.browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# The shell without windows does a page in half the time; the engine is the same.
_NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_APPLICATIONS: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Where Playwright puts its downloads on Linux and macOS.
_CACHES: Final = (".cache/ms-playwright", "Library/Caches/ms-playwright")
_DOWNLOADS: Final = (
    "chromium_headless_shell-*/*/*headless*shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
_PACKAGES: Final = ("chromium-headless-shell", "chromium")
_FONTS: Final = ("fonts-noto-core", "fonts-dejavu-core")
_TRY_S: Final = 60
_FETCH_S: Final = 600

FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


class NoBrowserError(RuntimeError):
    """There is no Chromium, and none could be fetched; the text says what to install."""


def flags() -> list[str]:
    """How to start it: quiet on the network, and without the sandbox that root cannot have."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]


def find() -> Path | None:
    """The first Chromium on this machine that really starts."""
    return next((place for place in _candidates() if _starts(place)), None)


def provide() -> Path:
    """The same, fetching one if there is none: Playwright's own, else the distribution's."""
    found = find()
    for fetch in (_from_playwright, _from_distribution):
        if found is None:
            fetch()
            found = find()
    if found is None:
        raise NoBrowserError(
            "The browser tests need Chromium, and it could not be fetched. Install it:\n"
            "  Debian, Ubuntu:  apt-get install chromium fonts-noto-core\n"
            "  elsewhere:       .venv/bin/playwright install --with-deps chromium"
        )
    return found


def node() -> Path:
    """The Node that Playwright brings, for the tests of browser modules without a browser."""
    import playwright  # noqa: PLC0415 - the gate reads this file before it needs Playwright

    return Path(playwright.__file__).with_name("driver") / "node"


def _candidates() -> Iterator[Path]:
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            yield Path(found)
    yield from (Path(place) for place in _APPLICATIONS if Path(place).exists())
    for cache in _CACHES:
        for pattern in _DOWNLOADS:
            yield from sorted((Path.home() / cache).glob(pattern), reverse=True)


def _starts(place: Path) -> bool:
    """Show an empty page: a signpost to a missing snap or a missing library fails here."""
    command = [str(place), "--headless", *flags(), "--dump-dom", "about:blank"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=_TRY_S)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"<html" in done.stdout


def _from_playwright() -> None:
    print("browser: none here, fetching the one of Playwright", flush=True)
    _attempt(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")


def _from_distribution() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("browser: fetching the one of the distribution", flush=True)
    _attempt("apt-get", "update", "-qq")
    quietly = ("-o", "Dpkg::Use-Pty=0", "-qq", "--no-install-recommends", "-y")
    for package in _PACKAGES:
        _attempt("apt-get", "install", *quietly, package, *_FONTS)
        if find() is not None:
            return


def _attempt(*command: str) -> None:
    """Run a command whose failure the caller sees from what is there afterwards."""
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_FETCH_S,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"browser: {command[0]}: {type(problem).__name__}", flush=True)
        return
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").strip().splitlines()
        reason = [line for line in said if line.startswith(("E:", "Error"))] or said[-1:] or ["?"]
        print(f"browser: that did not work: {reason[0]}", flush=True)


if __name__ == "__main__":
    print(provide())
