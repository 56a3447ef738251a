"""When the line is open, in Bishkek time."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.intake import hours

WEEK = """
timezone = "Asia/Bishkek"
[week]
monday = ["08:00-12:00", "13:00-20:00"]
tuesday = ["00:00-24:00"]
wednesday = []
thursday = ["08:00-20:00"]
friday = ["08:00-20:00"]
saturday = []
sunday = []
[days]
2026-11-26 = ["10:00-11:00"]
"""


@pytest.fixture
def week(tmp_path: Path) -> hours.Hours:
    path = tmp_path / "hours.toml"
    path.write_text(WEEK)
    return hours.load(path)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 23rd is a Monday, and Bishkek is six hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (utc(23, 1, 59), False),
        (utc(23, 2), True),
        (utc(23, 6), False),
        (utc(23, 7), True),
        (utc(23, 13, 59), True),
        (utc(23, 14), False),
        (utc(23, 18), True),  # midnight in Bishkek: Tuesday begins
        (utc(24, 17, 59), True),
        (utc(24, 18), False),
        (utc(26, 3), False),  # a short Thursday
        (utc(26, 4, 30), True),
    ],
)
def test_open_by_the_clock_of_the_line(week: hours.Hours, at: datetime, *, is_open: bool) -> None:
    assert hours.is_open(week, at) is is_open


def test_next_opening_skips_closed_days(week: hours.Hours) -> None:
    assert hours.next_open(week, utc(27, 14)) == utc(30, 2)
    assert hours.next_open(week, utc(23, 6, 30)) == utc(23, 7)
    assert hours.next_open(week, utc(24, 20)) == utc(26, 4)


def test_open_now_is_the_next_opening(week: hours.Hours) -> None:
    assert hours.next_open(week, utc(23, 3)) == utc(23, 3)


def test_round_the_clock_never_closes() -> None:
    always = hours.always()

    assert all(hours.is_open(always, utc(day, hour)) for day in range(1, 8) for hour in range(24))


def test_never_open_has_no_next_opening() -> None:
    never = hours.Hours(hours.always().zone, tuple(() for _ in range(7)), {})

    assert hours.next_open(never, utc(23, 3)) is None


@pytest.mark.parametrize(
    ("spans", "fault"),
    [
        ('["20:00-08:00"]', "ends before it begins"),
        ('["08:00-12:00", "11:00-13:00"]', "overlap"),
        ('["08:00"]', "not a span"),
        ('["8-9"]', "not a time"),
        ('["08:00-24:30"]', "past the end"),
        ('["08:60-09:00"]', "past the end"),
    ],
)
def test_faulty_spans_are_named(tmp_path: Path, spans: str, fault: str) -> None:
    path = tmp_path / "hours.toml"
    path.write_text(WEEK.replace('["08:00-12:00", "13:00-20:00"]', spans))

    with pytest.raises(hours.HoursProblems) as refused:
        hours.load(path)
    assert fault in str(refused.value)


@pytest.mark.parametrize("content", [None, "not = = toml"])
def test_unreadable_file_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "hours.toml"
    if content is not None:
        path.write_text(content)

    with pytest.raises(hours.HoursProblems, match=r"hours\.toml"):
        hours.load(path)


def test_hours_can_be_written_down_and_read_again(week: hours.Hours) -> None:
    written = hours.document(week)

    assert written["week"]["monday"] == ["08:00-12:00", "13:00-20:00"]
    assert hours.parse(written) == week


def test_hours_of_a_day_are_shown_in_few_signs() -> None:
    week = hours.parse(tomllib.loads(WEEK))
    shown = [hours.shown(week, datetime(2026, 3, day, 9, tzinfo=UTC)) for day in (2, 3, 4)]
    assert shown == ["08:00-20:00", "00:00-24:00", "-"]
    assert hours.shown(hours.always(), datetime(2026, 3, 2, tzinfo=UTC)) == "24/7"


def test_days_that_follow_each_other_and_are_alike_stand_together() -> None:
    office, short = ((480, 720), (780, 1080)), ((600, 840),)
    week = hours.Hours(ZoneInfo("Asia/Bishkek"), (office, office, (), office, short, (), ()), {})
    assert hours.in_words(week, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")) == [
        ("Mo–Tu", "08:00-12:00, 13:00-18:00"),
        ("We", ""),
        ("Th", "08:00-12:00, 13:00-18:00"),
        ("Fr", "10:00-14:00"),
        ("Sa–Su", ""),
    ]
    assert not hours.round_the_clock(week)
