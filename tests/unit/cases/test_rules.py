"""The ladder's rules as data: read, checked, refused with a reason."""

from pathlib import Path

import pytest

from hotline.cases import rules
from hotline.cases.escalation import STANDARD
from hotline.cases.rules import EscalationProblems

CONFIG = Path(__file__).resolve().parents[3] / "config"


def test_the_shipped_rules_are_the_standard() -> None:
    assert rules.load(CONFIG) == STANDARD


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("urgent = 15", "urgent = 0", "deadline_min.urgent"),
        ("urgent = 15", "urgent = 500", "longer deadline"),
        ("urgent = 15", "", "deadline_min.urgent"),
        ("sms_repeats = 3", "sms_repeats = 3\nhoney = 1", "ladder.honey"),
        ("second_alert = 0.5", "second_alert = 1.0", "ladder.second_alert"),
        ("[ladder]", "[ladder", "not TOML"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, before: str, after: str, named: str) -> None:
    text = (CONFIG / "escalation.toml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "escalation.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(EscalationProblems, match=named):
        rules.load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EscalationProblems, match=r"escalation\.toml"):
        rules.load(tmp_path)
