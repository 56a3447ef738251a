"""Set up .venv from the hash-pinned lock with nothing but Python; a second run does nothing.

Usage: python3 deploy/bootstrap.py [--runtime]

`--runtime` leaves out the tools, the tests and the embedded servers, as production wants it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
LOCK = ROOT / "requirements.lock"
RUNTIME_LOCK = ROOT / "requirements-runtime.lock"
OLDEST = (3, 11)
NEWEST_TRIED = 15


class SetupError(Exception):
    """Setting up cannot go on; the text says what to do about it."""


def main() -> int:
    """Set up, and say in words what is missing if that does not work."""
    lock = RUNTIME_LOCK if "--runtime" in sys.argv[1:] else LOCK
    if sys.version_info < OLDEST:
        return restart_with(fitting_python())
    if in_step(lock):
        return 0
    started = time.monotonic()
    try:
        with one_at_a_time():
            if not in_step(lock):
                make_venv()
                # What is cut off half way must not look finished.
                STAMP.unlink(missing_ok=True)
                install(lock)
                STAMP.write_text(fingerprint(lock), "utf-8")
    except SetupError as problem:
        print(f"\nsetup: {problem}", file=sys.stderr)
        return 1
    print(f"setup: done in {time.monotonic() - started:.1f} s")
    return 0


def in_step(lock: Path) -> bool:
    """Whether the environment was made from this lock, here."""
    made = STAMP.is_file() and PYTHON.exists() and STAMP.read_text("utf-8")
    return made == fingerprint(lock)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for another `make` in this folder; the lock ends with the program."""
    with LOCK.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def fingerprint(lock: Path) -> str:
    """What the environment was made from; scripts inside it also know where it lies."""
    import tomllib  # noqa: PLC0415 - an older Python gets this far only to look for a newer one

    page = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    about = {part: page[part] for part in ("build-system", "project", "dependency-groups")}
    digest = hashlib.sha256(lock.read_bytes() + json.dumps(about).encode()).hexdigest()
    return f"{lock.name} {digest} {ROOT}\n"


def fitting_python() -> str:
    """Another Python on the path that is new enough."""
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A name on the path may be a signpost to something that is not installed.
        if (
            found
            and subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0
        ):
            return found
    sys.exit(
        "setup: Python 3.11 or newer is needed, this is {}.{}.\n"
        "  Debian, Ubuntu:  apt-get install python3 python3-venv\n"
        "  Fedora:          dnf install python3.12\n"
        "  macOS:           brew install python3".format(*sys.version_info[:2])
    )


def restart_with(python: str) -> int:
    """Do the same with a Python that is new enough."""
    return subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode


def make_venv() -> None:
    """Make an empty environment, unless a fitting one is there from an earlier lock."""
    if PYTHON.exists() and usable():
        return
    bundled = importlib.util.find_spec("ensurepip") is not None
    if importlib.util.find_spec("venv") is None or not (bundled or importlib.util.find_spec("pip")):
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetupError(
            f"this Python ({sys.executable}) has no 'venv' or no pip. Install and try again:\n"
            f"  Debian, Ubuntu:  apt-get install python{version}-venv (or python3-pip)\n"
            f"  elsewhere:       the package of Python {version} that brings venv and ensurepip"
        )
    print(f"setup: making {VENV.name} with Python {sys.version.split()[0]}", flush=True)
    options = ["--clear"] if bundled else ["--clear", "--without-pip"]
    run([sys.executable, "-m", "venv", *options, str(VENV)], "the environment was not made")


def own_pip() -> list[str]:
    """The environment's pip, or this Python's, where it came without the means to copy it."""
    there = "import importlib.util as i; raise SystemExit(i.find_spec('pip') is None)"
    if succeeds([str(PYTHON), "-c", there]):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def usable() -> bool:
    """Whether the environment was made here, works, and is new enough."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    works = subprocess.run([str(PYTHON), "-c", check], check=False, capture_output=True)
    config = VENV / "pyvenv.cfg"
    made_here = STAMP.is_file() and STAMP.read_text("utf-8").endswith(f" {ROOT}\n")
    return works.returncode == 0 and config.is_file() and made_here


def install(lock: Path) -> None:
    """Bring the environment in step with the lock; fast with uv, else with pip."""
    pip = [*own_pip(), "--disable-pip-version-check", "--quiet", "install"]
    uv = [str(VENV / "bin" / "uv"), "--quiet", "pip"]
    here = ["--python", str(PYTHON)]
    print(f"setup: installing from {lock.name}", flush=True)
    environment = with_pips_settings()
    no_network = "packages could not be fetched; is there a connection to the package index?"
    if install_uv(pip) and succeeds(
        [*uv, "sync", "--require-hashes", *here, str(lock)], environment
    ):
        project = [*uv, "install", *here, "--offline"]
    else:
        print("setup: trying again with pip, which is slower", flush=True)
        # The lock is whole, and pip knows nothing of what pyproject.toml overrides.
        run([*pip, "--no-deps", "--require-hashes", "-r", str(lock)], no_network)
        project = pip
    run(
        [*project, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        "the project itself was not installed",
    )


def install_uv(pip: list[str]) -> bool:
    """Install uv itself from its wheel, with the hashes of the lock."""
    block = re.search(r"^uv==.*(?:\n +--hash=.*)+", LOCK.read_text("utf-8"), re.MULTILINE)
    if block is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "uv.txt"
        wanted.write_text(block.group() + "\n", "utf-8")
        return succeeds([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(wanted)])


def with_pips_settings() -> dict[str, str]:
    """Let uv use the package index and the certificates this machine has set for pip."""
    environment = dict(os.environ)
    asked = subprocess.run(
        [*own_pip(), "config", "list"], check=False, capture_output=True, text=True
    )
    # Lines such as "global.index-url='...'" and, for a variable, ":env:.index-url='...'".
    settings = dict(re.findall(r"^(?:global|:env:)\.([a-z-]+)='(.*)'$", asked.stdout, re.MULTILINE))
    for option, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        if option in settings:
            environment.setdefault(variable, settings[option])
    return environment


def succeeds(command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Run a command whose failure has a second way."""
    return subprocess.run(command, check=False, env=environment).returncode == 0


def run(command: list[str], otherwise: str) -> None:
    """Run a command that must work."""
    if not succeeds(command):
        raise SetupError(f"{otherwise}\n  (the command was: {' '.join(command)})")


if __name__ == "__main__":
    sys.exit(main())
