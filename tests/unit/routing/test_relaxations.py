"""The table of relaxations: read, proved, and never asking for more with time."""

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.routing import relaxations
from hotline.routing.matching import Asks
from hotline.routing.relaxations import RelaxingProblems

CONFIG = Path(__file__).resolve().parents[3] / "config"
CODES = (("ky", "ru"), ("wages", "ban", "missing"))


def test_the_shipped_table_drops_the_topic_then_the_language_then_opens_the_reserve() -> None:
    table = relaxations.load(CONFIG, *CODES)
    asked = [
        table.asks("ky", "wages", danger=False, senior=False, waited=timedelta(seconds=waited))
        for waited in (0, 59, 60, 120, 240)
    ]
    assert asked == [
        Asks("ky:2", "wages:1"),
        Asks("ky:2", "wages:1"),
        Asks("ky:1", None),
        Asks(None, None),
        Asks(None, None, reserve=True),
    ]
    sealed = table.asks("ky", "wages", danger=False, senior=True, waited=timedelta(0))
    assert sealed == Asks("ky:2", "wages:1", senior=True, reserve=True)


def test_a_topic_with_a_level_asks_for_an_expert_and_then_for_who_knows_it() -> None:
    table = relaxations.load(CONFIG, *CODES)
    asked = [
        table.asks("ky", "missing", danger=False, senior=False, waited=timedelta(seconds=waited))
        for waited in (0, 19, 20, 60)
    ]
    assert asked == [
        Asks("ky:2", "missing:2"),
        Asks("ky:2", "missing:2"),
        Asks("ky:2", "missing:1"),
        Asks("ky:1", None),
    ]
    danger = table.asks("ky", "missing", danger=True, senior=False, waited=timedelta(0))
    assert danger == Asks(None, None, reserve=True)


def test_danger_and_codes_that_are_gone_ask_for_nothing_at_once() -> None:
    table = relaxations.load(CONFIG, *CODES)
    new = timedelta(0)
    assert table.asks("uz", "gone", danger=False, senior=False, waited=new) == Asks(None, None)
    danger = table.asks("ky", "wages", danger=True, senior=False, waited=new)
    assert danger == Asks(None, None, reserve=True)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("after_s: 120", "after_s: 60", "relax.2: after_s must be more"),
        ("after_s: 120", "after_s: soon", "relax.2.after_s"),
        ("topic: any", "topic: some", "relax.1.topic"),
        ("missing: 2", "lost: 2", "levels.lost: there is no such topic"),
        ("missing: 2", "missing: 3", "levels.missing"),
        ("missing: 2", "missing: 1", "relax.0: drops nothing"),
        ("language: any", "topic: second", "relax.2: topic is asked for again"),
        ("language: any", "language: second", "relax.2: drops nothing"),
        ("language: second", "language: any", "relax.2: drops nothing"),
        ("topic: any", "colour: red", "relax.1.colour"),
        ("    topic: any\n", "", "neither language nor topic"),
        ("relax:", "relax", "not YAML"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, before: str, after: str, named: str) -> None:
    text = (CONFIG / "routing.yaml").read_text(encoding="utf-8").partition("relax:")
    rows = "".join(text[1:])
    assert before in rows
    (tmp_path / "routing.yaml").write_text(rows.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RelaxingProblems) as found:
        relaxations.load(tmp_path, *CODES)
    assert named in "; ".join(found.value.problems)
    assert "routing.yaml" in "; ".join(found.value.problems)
