"""Every code that the server shows has words on the desk, in all languages by their ids."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from hotline.audit.tags import Tag
from hotline.callbacks.model import CallbackState, Why
from hotline.cases.model import CaseKind, CaseResult, CaseState, Level
from hotline.chat.model import InboundKind, MessageState
from hotline.contacts.model import ContactState, Outcome
from hotline.routing.shifts import BREAKS
from hotline.telephony import errands

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hotline" / "console" / "static"
KEY = re.compile(r"['\"]?([\w:.-]+)['\"]?: \(\) => t\(")
JOB_KIND = re.compile(r'^[A-Z_]+: Final = "((?:voice|chat|case)\.\w+)"', re.MULTILINE)
# What needs no words: plain text is shown as it is, and `left` and `moved` are no messages.
SILENT_KINDS = {"text", "left", "moved"}
# Made up from a carrier's number, so not in any list.
NUMBERED = "carrier-"


def family(name: str, file: str = "parts/words.js") -> set[str]:
    """The codes that a map of words knows."""
    text = (STATIC / file).read_text(encoding="utf-8")
    _, begun, rest = text.partition(f"const {name} = ")
    assert begun, name
    return set(KEY.findall(rest[: rest.index("}")]))


def test_audit_tags_have_words() -> None:
    tags = {tag.value.split(":", 1)[1] for tag in Tag}

    assert tags - family("TAGS", "super/audit-words.js") == set()


def test_objects_of_the_audit_have_words() -> None:
    named = set()
    for path in (ROOT / "hotline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "object_type":
                named |= {node.value.value} if isinstance(node.value, ast.Constant) else set()

    assert len(named) > 4
    assert named - family("OBJECTS", "super/audit-words.js") == set()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("callbackState", set(CallbackState)),
        ("callbackWhy", set(Why)),
        ("caseKind", set(CaseKind)),
        ("caseLevel", set(Level)),
        ("caseResult", set(CaseResult)),
        ("caseState", set(CaseState)),
        ("cardState", set(ContactState)),
        ("outcome", set(Outcome)),
        ("messageState", set(MessageState)),
        ("messageKind", set(get_args(InboundKind)) - SILENT_KINDS),
        ("breakReason", set(BREAKS)),
        ("requeueReason", {"operator_lost", "no_join"}),
    ],
)
def test_families_are_complete(name: str, codes: set[str]) -> None:
    assert {str(code) for code in codes} - (family(name) | {"received"}) == set()


def test_reasons_why_a_message_did_not_arrive_have_words() -> None:
    codes = set()
    for folder in ("bots", "hotline/chat"):
        for path in (ROOT / folder).rglob("*.py"):
            codes |= delivery_codes(ast.parse(path.read_text(encoding="utf-8")))

    assert len(codes) > 8
    assert {c for c in codes if not c.startswith(NUMBERED)} - family("refusal") == set()


def delivery_codes(tree: ast.Module) -> set[str]:
    """First arguments of DeliveryError, and `error="…"` of messages that are given up."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = isinstance(node.func, ast.Name) and node.func.id == "DeliveryError"
        given = [k.value for k in node.keywords if k.arg == "error"]
        for value in ([*node.args[:1]] if named else []) + given:
            found |= {
                one.value
                for one in ast.walk(value)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return found - {"outcome-unknown"}


def test_kinds_of_jobs_have_words() -> None:
    known = family("JOBS", "super/audit-words.js")
    kinds = set()
    for path in (ROOT / "hotline").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        kinds |= set(JOB_KIND.findall(text))

    assert errands.RING in kinds
    assert {kind for kind in kinds if not kind.startswith("voice.")} - known == set()


def test_every_icon_in_use_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = set()
    for path in STATIC.rglob("*.js"):
        if "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8")
            named |= set(re.findall(r"\bicon(?:\(|: )'([\w-]+)'", text))

    assert named - sprite == set()
