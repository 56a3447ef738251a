"""The locks pin everything by hash, name no address, and follow pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-runtime.lock")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


def entries(lock: str) -> dict[str, list[str]]:
    """Each `name==version [; marker]` with the lines of hashes that follow it."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if line.startswith(" "):
            found[current].append(line)
        else:
            current = line.removesuffix("\\").strip()
            found[current] = []
    return found


def pins(lock: str) -> dict[str, str]:
    pinned = [Requirement(entry) for entry in entries(lock)]
    return {canonicalize_name(p.name): str(p.specifier).removeprefix("==") for p in pinned}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def wanted(*, runtime: bool) -> list[Requirement]:
    page = project()
    groups = page["dependency-groups"]
    lines: list[str] = page["project"]["dependencies"] + groups["build"]
    if not runtime:
        lines += [line for group in groups.values() for line in group]
        lines += page["project"]["optional-dependencies"]["embedded"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_one_version_with_hashes(lock: str) -> None:
    for entry, hashes in entries(lock).items():
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9a-z.]+( ; .+)?", entry), entry
        assert hashes, f"{entry} has no hash"
        assert all(HASH.fullmatch(line) for line in hashes), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_written_down(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    for trace in ("://", " @ ", "file:", "--index", "--extra-index", "--find-links", "#"):
        assert trace not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_direct_dependencies_are_locked_within_their_ranges(lock: str) -> None:
    locked = pins(lock)
    for need in wanted(runtime=lock == "requirements-runtime.lock"):
        version = locked.get(canonicalize_name(need.name))
        assert version is not None, f"{need.name} is missing: run `make lock`"
        assert need.specifier.contains(version), f"{need} but {version}: run `make lock`"


def test_both_locks_agree() -> None:
    everything = pins("requirements.lock")
    for name, version in pins("requirements-runtime.lock").items():
        assert everything[name] == version


def test_production_gets_no_tools() -> None:
    runtime = pins("requirements-runtime.lock")
    groups = project()["dependency-groups"]
    for line in groups["dev"] + groups["test"] + groups["setup"]:
        assert canonicalize_name(Requirement(line).name) not in runtime
