"""Every module says at its top why it exists, and every folder with modules is a package."""

import ast

import pytest

from tests.architecture.sources import EVERYTHING, PRODUCT, ROOT, Source, sources

_NAMELESS = {"conftest", "__init__"}
# Names that say nothing about what a file is for.
_CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "info"}


def revisions(source: Source) -> bool:
    """Alembic writes the heads of revisions in its own way."""
    return "versions" in source.path.parts


def test_there_is_something_to_look_at() -> None:
    assert len(sources(*PRODUCT)) > 100


@pytest.mark.parametrize("folder", EVERYTHING)
def test_every_module_begins_with_one_sentence(folder: str) -> None:
    silent = [
        source.name
        for source in sources(folder)
        if not revisions(source)
        and (folder in PRODUCT or source.path.stem not in _NAMELESS)
        and not first_sentence(source).endswith((".", "?", "!", ":"))
    ]
    assert silent == []


def first_sentence(source: Source) -> str:
    words = ast.get_docstring(source.tree) or ""
    return words.split("\n\n")[0].strip()


def test_no_module_is_called_anything_and_nothing() -> None:
    vague = [s.name for s in sources(*PRODUCT) if set(s.module.split(".")) & _CATCH_ALL]
    assert vague == []


def test_every_folder_with_modules_is_a_package() -> None:
    for source in sources(*PRODUCT):
        if not revisions(source):
            assert (source.path.parent / "__init__.py").is_file(), source.name


def test_the_look_finds_a_silent_module() -> None:
    silent = Source(ROOT / "x.py", "import os\n", ast.parse("import os\n"))
    assert not first_sentence(silent)
