"""When a caller may be reached: by their own clock, over midnight and when clocks change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.contacts import zones
from hotline.contacts.model import Channel
from hotline.contacts.safety import (
    Safety,
    Window,
    allows,
    from_json,
    next_safe,
    safe_at,
    safe_until,
    to_json,
)
from hotline.kernel.errors import Problems

CONFIG = Path(__file__).resolve().parents[3] / "config"
KEYS = [zone.key for zone in zones.load(CONFIG)]
EVERY_DAY = frozenset(range(7))
WINDOWS = st.builds(
    Window,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    begin=st.integers(0, 24 * 60 - 1),
    end=st.integers(0, 24 * 60 - 1),
)
RECORDS = st.builds(
    Safety,
    zone=st.sampled_from(KEYS),
    windows=st.lists(WINDOWS, min_size=1, max_size=3).map(tuple),
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str, zone: str = "Asia/Bishkek") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def hours(
    begin: int, end: int, days: frozenset[int] = EVERY_DAY, zone: str = "Asia/Bishkek"
) -> Safety:
    return Safety(zone=zone, windows=(Window(days, begin * 60, end * 60),))


def test_without_windows_any_hour_is_safe() -> None:
    assert safe_at(Safety(), at("2026-11-26 03:00"))
    assert safe_until(Safety(), at("2026-11-26 03:00")) is None


def test_the_hours_are_those_of_the_callers_clock() -> None:
    moscow = hours(14, 16, zone="Europe/Moscow")

    assert safe_at(moscow, at("2026-11-26 17:30"))
    assert not safe_at(moscow, at("2026-11-26 14:30"))
    assert next_safe(moscow, at("2026-11-26 14:30")) == at("2026-11-26 17:00")


@pytest.mark.parametrize(
    ("moment", "safe"),
    [
        ("2026-11-27 21:59", "no"),
        ("2026-11-27 22:00", "safe"),
        ("2026-11-28 01:59", "safe"),
        ("2026-11-28 02:00", "no"),
        ("2026-11-27 01:00", "no"),
        ("2026-11-28 23:00", "no"),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment: str, safe: str) -> None:
    friday_night = hours(22, 2, frozenset({4}))

    assert safe_at(friday_night, at(moment)) is (safe == "safe")


def test_hours_that_follow_each_other_are_one_time() -> None:
    evening = Safety(
        windows=(
            Window(frozenset({3}), 20 * 60, 0),
            Window(frozenset({4}), 0, 2 * 60),
        )
    )

    assert safe_until(evening, at("2026-11-26 21:00")) == at("2026-11-27 02:00")
    assert next_safe(evening, at("2026-11-27 02:00")) == at("2026-12-03 20:00")


def test_an_hour_that_the_clocks_leave_out_is_waited_for_a_week() -> None:
    """On 29 March 2026 clocks in Berlin go from 2 to 3."""
    left_out = hours(2, 3, frozenset({6}), "Europe/Berlin")

    found = next_safe(left_out, at("2026-03-28 12:00", "Europe/Berlin"))

    assert found == at("2026-04-05 02:00", "Europe/Berlin")


def test_never_and_channels_stand_above_the_hours() -> None:
    assert allows(Safety(), Channel.VOICE)
    assert not allows(Safety(never=True), Channel.VOICE)
    assert not allows(Safety(channels=frozenset({Channel.SMS})), Channel.VOICE)


@given(RECORDS, MOMENTS)
def test_the_next_safe_moment_is_safe_and_none_is_passed_over(
    record: Safety, moment: datetime
) -> None:
    found = next_safe(record, moment)

    assert found is not None
    assert moment <= found <= moment + timedelta(days=9)
    assert safe_at(record, found)
    if found > moment:
        minutes = (found - moment) // timedelta(minutes=7)
        assert not any(
            safe_at(record, moment + n * timedelta(minutes=7)) for n in range(min(minutes, 300))
        )


@given(RECORDS, MOMENTS)
def test_a_record_is_read_back_as_it_was_kept(record: Safety, moment: datetime) -> None:
    again = from_json(to_json(record))

    assert again == record
    assert safe_at(again, moment) == safe_at(record, moment)


def test_every_country_of_the_list_has_a_clock_and_home_is_first() -> None:
    assert KEYS[0] == Safety().zone
    assert len(set(KEYS)) == len(KEYS)


def test_a_clock_or_a_country_that_does_not_exist_stops_the_start(tmp_path: Path) -> None:
    taxonomy = tmp_path / "taxonomy"
    taxonomy.mkdir()
    countries = (CONFIG / "taxonomy" / "countries.yaml").read_text(encoding="utf-8")
    (taxonomy / "countries.yaml").write_text(countries, encoding="utf-8")
    (taxonomy / "zones.yaml").write_text(
        "version: 1\nzones: {KG: [Asia/Nowhere], QQ: [Asia/Bishkek]}\n", encoding="utf-8"
    )

    with pytest.raises(Problems) as wrong:
        zones.load(tmp_path)

    assert wrong.value.problems == [
        "zones.yaml: no country QQ",
        "zones.yaml: no time zone Asia/Nowhere",
    ]
