"""Shifts in local times, also in nights in which the clocks change, and what a week lacks."""

from datetime import date, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from hotline.intake import hours
from hotline.kernel.errors import Invalid
from hotline.kernel.ids import StaffId
from hotline.roster import coverage, plan, weekgrid
from hotline.roster.model import Planned

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2027, 3, 27), date(2026, 10, 24)  # Saturdays before the clocks change
SOMEBODY = StaffId(UUID(int=7))


def planned(day: date, begin: time, end: time) -> Planned:
    when = plan.span(BERLIN, day, begin, end)
    return Planned(when.begins_at, when.ends_at, UUID(int=1), SOMEBODY, 1)


def test_a_shift_that_the_clocks_jump_over_is_refused() -> None:
    with pytest.raises(Invalid):
        plan.span(BERLIN, SPRING + timedelta(days=1), time(2, 30), time(3))


@pytest.mark.parametrize(
    ("day", "begin", "end", "length", "days"),
    [
        (date(2026, 12, 1), time(8), time(16), 8, 1),
        (date(2026, 12, 1), time(22), time(6), 8, 2),
        (date(2026, 12, 1), time(16), time(0), 8, 1),  # midnight is the end of the day
        (date(2026, 12, 1), time(8), time(8), 24, 2),
        (SPRING, time(22), time(6), 7, 2),
        (AUTUMN, time(22), time(6), 9, 2),
    ],
)
def test_a_shift_is_as_long_as_its_night(
    day: date, begin: time, end: time, length: int, days: int
) -> None:
    shift = planned(day, begin, end)
    told = plan.shift_json(shift, BERLIN)

    assert shift.ends_at - shift.begins_at == timedelta(hours=length)
    assert (told["from"], told["to"]) == (f"{begin:%H:%M}", f"{end:%H:%M}")
    assert told["days"] == [day + timedelta(days=n) for n in range(days)]


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_covered_night_has_no_gap_when_the_clocks_change(day: date) -> None:
    week = weekgrid.slots(BERLIN, weekgrid.monday(day))
    open_then = hours.always(BERLIN.key)
    night = planned(day, time(20), time(8))
    there = [set(coverage.present(slot, [night], [])) for slot in week]

    gaps = coverage.gaps(week, open_then, there, {SOMEBODY: ("ky", "ru", "uz", "en")})

    local = [plan.gap_json(gap, BERLIN) for gap in gaps]
    assert {gap["language"] for gap in local} == {coverage.ANY}
    around = [(gap["from"], gap["to"]) for gap in local if gap["day"] >= day]
    assert around == [("00:00", "20:00"), ("08:00", "00:00")]
