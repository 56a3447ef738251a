"""The files speak of the product alone: no machine they were written on, no shop, no workshop."""

import re
import subprocess

import pytest

from tests.architecture.sources import ROOT


def whole(pieces: str) -> list[str]:
    """Words cut by `~`, so that this file does not hold what it looks for."""
    return [piece.replace("~", "").replace("_", " ") for piece in pieces.split()]


FORBIDDEN = {
    "a folder of a building machine": whole(
        "/wo~rk/ /tm~p/h189 /ho~me/user/ /r~oot/ shared/ref~erence shared/des~ign"
    ),
    "a host packages come from": whole(
        "py~pi.org python~hosted npm~js.org registry.~npm arti~factory proxy.~golang dl-~cdn.alpine"
    ),
    "how it is made": whole(
        "language_~model chat~gpt open~ai anthro~pic clau~de co~pilot assist~ant sub~agent"
        " prompt_~engineering generated_~by co-~authored-by"
    ),
}
_WORDS = re.compile(r"\b(?:l[l]ms?|g[p]t-?\d|a[i] agents?|coding a[g]ents?)\b")
# Lists of other people's licences and packages are what those people wrote.
_NOT_OURS = ("hotline/console/static/vendor/",)
_TEXT = {
    "", ".cfg", ".conf", ".css", ".dockerignore", ".env", ".ftl", ".html", ".in", ".ini", ".js",
    ".json", ".lock", ".mako", ".md", ".mjs", ".py", ".service", ".sh", ".svg", ".target", ".toml",
    ".ts", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip


def files() -> list[str]:
    """What is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - the git of this machine
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return [name for name in names if (ROOT / name).is_file()]


def traces(text: str) -> list[str]:
    """Everything in a text that does not belong there."""
    low = text.lower()
    found = [word for words in FORBIDDEN.values() for word in words if word in low]
    return found + _WORDS.findall(low)


def test_no_file_says_where_or_how_it_was_made() -> None:
    found = {}
    for name in files():
        path = ROOT / name
        if path.suffix in _TEXT and not name.startswith(_NOT_OURS):
            marks = traces(path.read_text(encoding="utf-8")) + traces(name)
            if marks:
                found[name] = sorted(set(marks))
    assert found == {}


def test_every_file_is_of_a_known_kind() -> None:
    binary = {".ico", ".png", ".mp3", ".wav", ".woff2"}
    unknown = {name for name in files() if (ROOT / name).suffix not in _TEXT | binary}
    assert unknown == set()


def test_nothing_heavy_or_secret_is_committed() -> None:
    heavy = {name for name in files() if (ROOT / name).stat().st_size > 1_500_000}
    secret = {name for name in files() if (ROOT / name).suffix in {".key", ".pem", ".p12"}}
    assert heavy == set()
    assert secret == set()


@pytest.mark.parametrize("words", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_look_finds_each_of_them(words: list[str]) -> None:
    for word in words:
        assert traces(f"see {word.upper()} for more") == [word]
