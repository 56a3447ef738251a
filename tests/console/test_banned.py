"""What the front end may not use: holes in the CSP, wrong locale data, too new syntax."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hotline" / "console" / "static"
TEMPLATES = [
    *(ROOT / "hotline/console/templates").rglob("*.html"),
    *(ROOT / "hotline/infra/web/templates").rglob("*.html"),
]
MODULES = [p for p in STATIC.rglob("*.js") if "vendor" not in p.parts]
STYLES = list(STATIC.rglob("*.css"))
LINES = 250

BANNED_JS = {
    "markup from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write",
    "unsafe directives": r"unsafe(HTML|SVG|Static|CSS)",
    "code from text": r"\beval\(|new Function|setTimeout\(['\"]",
    "the browser's locale data": r"Intl\.|toLocale",
    "newer than Chrome 109 and Firefox 115": r"toSorted|toReversed|groupBy|withResolvers|popover",
    "letters of a layout": r"\b(event|e)\.key\b|\.keyCode",
    "style attributes": r"style=|cssText",
    "pseudo-random ids": r"Math\.random",
    "another host": r"https?://(?!\()",
}
BANNED_CSS = {
    "parents by content": r":has\(",
    "nesting": r"(^|[\s{;])&",
    "newer functions": r"color-mix|light-dark|@import|@container",
    "another host": r"https?://|url\(",
}


def found(pattern: str, files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(STATIC)}:{number}: {line.strip()[:80]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("why", BANNED_JS)
def test_modules_stay_clear_of(why: str) -> None:
    assert found(BANNED_JS[why], MODULES) == []


@pytest.mark.parametrize("why", BANNED_CSS)
def test_styles_stay_clear_of(why: str) -> None:
    assert found(BANNED_CSS[why], STYLES) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    assert all(
        "src=" in tag or 'type="application/json"' in tag
        for tag in re.findall(r"<script[^>]*>", text)
    )


def test_no_key_ends_a_call() -> None:
    keys = (STATIC / "core" / "keys.js").read_text(encoding="utf-8")

    assert not re.search(r"hangUp|hangup|leaveCall", keys)


def test_modules_stay_short_and_say_why_they_exist() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in MODULES}

    assert [p.name for p, text in texts.items() if len(text.splitlines()) > LINES] == []
    assert [p.name for p, text in texts.items() if not text.startswith("// ")] == []


def test_vendored_files_are_those_of_the_manifest() -> None:
    folder = STATIC / "vendor"
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    listed = {one["file"]: one["sha256"] for one in manifest["files"]}

    assert listed == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")
    }
    assert all(part["licence"] for one in manifest["files"] for part in one["parts"])


def test_every_text_in_use_exists_and_every_text_is_used() -> None:
    called = re.compile(r"(?<![\w.])t\(['\"]([a-z0-9-]+)['\"]")
    texts = [p.read_text(encoding="utf-8") for p in [*MODULES, *TEMPLATES]]
    texts = [re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL) for text in texts]
    used = {text_id for text in texts for text_id in called.findall(text)}
    folder = ROOT / "hotline" / "locales" / "ru"
    ids = re.compile(r"^([a-z][a-z0-9-]*) =", re.MULTILINE)
    own = set(ids.findall((folder / "console.ftl").read_text(encoding="utf-8")))
    shared = set(ids.findall((folder / "common.ftl").read_text(encoding="utf-8")))
    # The shell's three come from the page that holds it.
    page = {"app-title", "app-loading", "app-no-script"}

    assert used - own - shared == set()
    assert own - used - page == set()
