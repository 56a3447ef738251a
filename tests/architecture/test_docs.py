"""The documents agree with the code: addresses, rights, live kinds, tables, files, commands."""

import ast
import re
import shlex
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typer.main

from hotline import settings
from hotline.access.permissions import Permission
from hotline.cli import app
from hotline.infra.metrics import Metrics
from hotline.infra.web.routes import Public
from hotline.migrations.schema import metadata
from tests.architecture.conftest import Plan
from tests.architecture.sources import PRODUCT, ROOT, sources

DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
# Put there by whoever takes the picture; a missing one shows on the page itself.
LATER = {"docs/img/desk.png"}
API = (DOCS / "api.md").read_text(encoding="utf-8")
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"```[^\n]*\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def words(text: str) -> list[str]:
    return _CODE.findall(_BLOCK.sub("", text))


# ------------------------------------------------------------------------------------ addresses


def written() -> set[tuple[str, str]]:
    """Method and path of everything api.md names; a path alone goes on with the method before."""
    found, method = set(), ""
    for word in words(API):
        named = re.match(r"(GET|POST|PUT|PATCH|DELETE) (/[^\s?]*)", word)
        if named:
            method = named[1]
            found.add((method, named[2]))
        elif word.startswith("/"):
            found.add((method, word))
    return found


def served(plan: Plan) -> set[tuple[str, str]]:
    return {(r.method, r.path) for r in chain(plan.probes, plan.edge, plan.console)}


def test_every_address_is_written_down(plan: Plan) -> None:
    assert served(plan) - written() == set()


def test_every_address_written_down_is_served(plan: Plan) -> None:
    assert written() - served(plan) == set()


def test_every_address_stands_beside_its_right(plan: Plan) -> None:
    rows = re.findall(r"^\| `(\w+) (/[^`\s?]*)`[^|]*\| `([a-z:]+)` \|", API, re.MULTILINE)
    rights = {(r.method, r.path): r.access for r in plan.console}
    assert len(rows) > 25
    assert [row for row in rows if rights.get((row[0], row[1])) != row[2]] == []
    told = {(method, path) for method, path, _ in rows}
    api = {
        (r.method, r.path)
        for r in plan.console
        if r.path.startswith("/api/") and not isinstance(r.access, Public)
    }
    assert told == api


def test_every_live_kind_is_written_down(plan: Plan) -> None:
    section = API[API.index("## The live socket") : API.index("## For machines")]
    told = {word for word in words(section) if re.fullmatch(r"[a-z]+\.[a-z_]+", word)}
    filled = {kind for room in plan.rooms for kind in room.live_bodies}
    families = {kind.partition(".")[0] for kind in told | filled}
    literals = {
        node.value
        for source in sources("hotline")
        if "LiveEvent(" in source.text
        for node in source.nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+\.[a-z_]+", node.value)
        and node.value.partition(".")[0] in families
    }
    assert filled | literals == told


# ----------------------------------------------------------------------------------- other facts


def test_every_table_is_on_the_map_of_data() -> None:
    text = (DOCS / "data-map.md").read_text(encoding="utf-8")
    rows = {word for line in text.splitlines() for word in re.findall(r"^\| `(\w+)` \|", line)}
    assert rows == set(metadata.tables)


def test_every_sealed_column_is_called_sealed() -> None:
    text = (DOCS / "data-map.md").read_text(encoding="utf-8")
    rows = {m[1]: m[0] for m in re.finditer(r"^\| `(\w+)` \|.*$", text, re.MULTILINE)}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("sealed"):
                assert f"`{column.name}`" in rows[table.name], f"{table.name}.{column.name}"


def test_every_right_named_exists() -> None:
    rights = {word for word in words(API) if re.fullmatch(r"[a-z]+:[a-z]+:[a-z]+", word)}
    assert rights <= set(Permission)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / link).resolve()
        known = target.exists() or target.relative_to(ROOT).as_posix() in LATER
        if "://" not in link and not known:
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_named_are_there(page: Path) -> None:
    roots = "hotline|bots|config|deploy|tests|docs"
    lost = [
        word
        for word in words(page.read_text(encoding="utf-8"))
        if re.fullmatch(rf"(?:{roots})/[\w./*@-]+", word)
        and not any(ROOT.glob(word.rstrip("/")))
        and word not in LATER
    ]
    assert lost == []


def command_lines() -> list[list[str]]:
    """Every call of our own command in the documents, cut into words."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        calls = words(text) + [
            line for block in _BLOCK.findall(text) for line in block.splitlines()
        ]
        for call in calls:
            line = re.match(r"(?:\S*/bin/)?hotline ([a-z][^#\n]*)|h ([a-z][^#\n]*)$", call.strip())
            if line:
                found.append(shlex.split(line[1] or line[2]))
    return found


def test_commands_in_the_documents_exist() -> None:
    lines = command_lines()
    assert len(lines) > 10
    for line in lines:
        command: Any = typer.main.get_command(app)
        assert line[0] in command.commands, line
        for word in line:
            command = getattr(command, "commands", {}).get(word, command)
        options = {option for one in command.params for option in one.opts}
        assert {word for word in line if word.startswith("--")} <= options, line


def test_every_command_is_mentioned_in_the_map() -> None:
    top: Any = typer.main.get_command(app)
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| cli |"))
    assert set(re.findall(r"\w+", row.split(":")[1])) == set(top.commands)


def test_every_secret_file_is_in_the_guide() -> None:
    guide = (DOCS / "install.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE))
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"secrets/(\w+)\"", compose)) <= named
    variables = set(re.findall(r"HOTLINE__\w+", guide))
    assert variables <= set(settings._variables())


def test_every_number_to_watch_is_counted_somewhere() -> None:
    metrics = Metrics()
    declared = {
        name: collector.describe()[0].name
        for name, collector in vars(metrics).items()
        if hasattr(collector, "describe") and name != "registry"
    }
    guide = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = {
        word.split("{")[0].removesuffix("_total")
        for word in words(guide)
        if word.startswith("hotline_") and "/" not in word and "_case" not in word
    }
    assert named <= set(declared.values())
    used = {name for name, shown in declared.items() if shown in named}
    text = "".join(source.text for source in sources(*PRODUCT))
    assert {name for name in used if f"metrics.{name}." not in text} == set()


def test_every_decision_is_in_the_list_and_says_its_cost() -> None:
    decisions = sorted((DOCS / "adr").glob("0*.md"))
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    assert len(decisions) >= 10
    for number, path in enumerate(decisions, 1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number:04} ")
        assert path.name in listed
        assert [line for line in text.splitlines() if line.startswith("## ")] == [
            "## Context",
            "## Decision",
            "## Cost",
        ]


def test_the_version_has_a_chapter() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    chapters = re.findall(r"^## (\S+)", log, re.MULTILINE)
    assert chapters[0] == version[1]
    parts = log[log.index(f"## {version[1]}") :].split("\n### ")[1:]
    assert parts[0].startswith("Security")
