"""What is written by a program is what the program writes today."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SCRIPT = runpy.run_path(str(ROOT / "deploy" / "make_docs.py"))
PAGES: Callable[[], dict[str, str]] = SCRIPT["pages"]


@pytest.mark.parametrize("name", ["permissions.md", "machines.md"])
def test_committed_is_generated(name: str) -> None:
    """When this fails: .venv/bin/python deploy/make_docs.py."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES()[name]


def test_check_says_which_page_is_old(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # The functions look their folder up in the namespace the script ran in.
    monkeypatch.setitem(SCRIPT["main"].__globals__, "DOCS", tmp_path)
    monkeypatch.setattr("sys.argv", ["make_docs.py", "--check"])
    (tmp_path / "machines.md").write_text(PAGES()["machines.md"], encoding="utf-8")

    assert SCRIPT["main"]() == 1
    assert capsys.readouterr().out.split(":")[0] == "docs/permissions.md"
    assert not (tmp_path / "permissions.md").exists()


def test_without_check_it_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(SCRIPT["main"].__globals__, "DOCS", tmp_path)
    monkeypatch.setattr("sys.argv", ["make_docs.py"])

    assert SCRIPT["main"]() == 0
    assert (tmp_path / "machines.md").read_text(encoding="utf-8") == PAGES()["machines.md"]
