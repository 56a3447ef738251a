"""The forecast from a past made by hand, and the week it is for."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.contacts.load import Arrived, Handled, Past
from hotline.roster import weekgrid
from hotline.roster.forecast import (
    CALL,
    CHAT,
    Assumptions,
    Profile,
    patience_of,
    profile,
    staffing,
)
from hotline.roster.views import ScenarioBody

BISHKEK = ZoneInfo("Asia/Bishkek")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 30)
DAYS = [MONDAY - timedelta(days=back) for back in range(56, 0, -1)]
WEEK = weekgrid.slots(BISHKEK, MONDAY)
ASKED = Assumptions(target=0.8, seconds=20)


def steady(
    per_half: int, days: Iterable[date] = DAYS, kind: str = CALL, handling: float = 180
) -> Past:
    """The same number in every half hour, in Russian."""
    came = tuple(Arrived(day, half, kind, "ru", per_half) for day in days for half in range(48))
    return Past(came, (Handled(kind, "ru", 1000, handling),), 0, 0.0)


def profiles(past: Past, language: str | None = "ru") -> dict[str, Profile]:
    return {kind: profile(past, kind, language, DAYS, ()) for kind in (CALL, CHAT)}


def test_constant_traffic_gives_the_result_of_hand() -> None:
    """FC-1: 100 calls of 3 minutes in half an hour, 80 % within 20 s: 14 people."""
    told = staffing(profiles(steady(100)), WEEK, [14] * len(WEEK), ASKED)

    assert set(told["calls"]) == {100}
    assert set(told["needed"]) == {14}
    assert set(told["erlang_a"]) == {None}
    assert set(told["level"]) == {0.888}
    assert set(told["chats"]) == {None}
    assert told["based_on"][CALL] == {
        "contacts": 56 * 48 * 100,
        "weeks": 8,
        "handling_s": 180,
        "enough": True,
    }


@pytest.mark.parametrize(
    ("change", "needed"),
    [
        ({"load_factor": 2}, 24),
        ({"aht_factor": 0.5}, 8),
        ({"target": 0.95}, 16),
        ({"shrinkage": 0.3}, 20),
        ({"patience_s": 60.0}, 12),
    ],
)
def test_what_is_supposed_changes_what_is_needed(change: dict[str, float], needed: int) -> None:
    given = Assumptions(**{"target": 0.8, "seconds": 20, **change})  # type: ignore[arg-type]

    told = staffing(profiles(steady(100)), WEEK, [0] * len(WEEK), given)

    assert set(told["needed"]) == {needed}
    assert set(told["level"]) == {0}


def test_one_operator_has_several_chats() -> None:
    past = steady(10, kind=CHAT, handling=900)  # five erlangs
    alone = staffing(profiles(past), WEEK, [3] * len(WEEK), Assumptions(chats_at_once=1))
    three = staffing(profiles(past), WEEK, [3] * len(WEEK), Assumptions(chats_at_once=3))

    assert set(alone["needed"]) == {8}
    assert set(three["needed"]) == {3}


def test_who_writes_waits_whatever_the_patience_of_the_telephone() -> None:
    chats = steady(10, kind=CHAT, handling=900)
    both = Past(
        (*chats.arrived, *steady(100).arrived), (*chats.handled, *steady(100).handled), 0, 0
    )
    given = Assumptions(chats_at_once=1, patience_s=60)

    alone = staffing(profiles(chats), WEEK, [3] * len(WEEK), given)
    told = staffing(profiles(both), WEEK, [3] * len(WEEK), given)

    assert set(alone["erlang_a"]) == set(alone["erlang_c"]) == {8}
    assert set(told["needed"]) == {12 + 8}
    assert set(told["erlang_c"]) == {14 + 8}


@pytest.mark.parametrize(
    "past",
    [
        steady(100, DAYS[-21:]),  # three weeks
        steady(0),
        Past(tuple(Arrived(day, 20, CALL, "ru", 1) for day in DAYS[::2]), (), 0, 0.0),
        Past(steady(9).arrived, (Handled(CALL, "ru", 3, 180),), 0, 0.0),  # never measured
    ],
)
def test_too_little_history_is_said_and_no_number(past: Past) -> None:
    """FC-4."""
    told = staffing(profiles(past), WEEK, [2] * len(WEEK), ASKED)

    assert not told["based_on"][CALL]["enough"]
    for name in ("calls", "needed", "erlang_c", "level"):
        assert set(told[name]) == {None}, name


@pytest.mark.parametrize(
    ("known", "unknown", "names"),
    [(CALL, CHAT, ("calls", "calls_low")), (CHAT, CALL, ("chats",))],
)
def test_a_kind_that_came_and_is_not_known_leaves_no_number_of_people(
    known: str, unknown: str, names: tuple[str, ...]
) -> None:
    """FC-4: calls say nothing of who is needed for chats, nor the other way round."""
    much, little = steady(9, kind=known), Arrived(DAYS[-3], 20, unknown, "ru", 1)
    past = Past((*much.arrived, little), much.handled, 0, 0.0)
    patient = Assumptions(patience_s=60)

    for given in (ASKED, patient):
        told = staffing(profiles(past), WEEK, [9] * len(WEEK), given)
        for name in ("needed", "erlang_c", "erlang_a", "level"):
            assert set(told[name]) == {None}, name
        for name in names:
            assert set(told[name]) == {9}, "what is expected is known all the same"


def test_a_kind_that_hardly_comes_is_no_reason_to_say_nothing() -> None:
    """One chat in two months does not blind the planning of calls."""
    calls = steady(9, kind=CALL)
    past = Past((*calls.arrived, Arrived(DAYS[3], 20, CHAT, "ru", 1)), calls.handled, 0, 0.0)
    alone = staffing(profiles(calls), WEEK, [9] * len(WEEK), ASKED)

    told = staffing(profiles(past), WEEK, [9] * len(WEEK), ASKED)

    assert not told["based_on"][CHAT]["enough"]
    assert set(told["chats"]) == {None}
    assert told["needed"] == alone["needed"]


def test_weekdays_differ_neighbours_count_half_and_holidays_do_not() -> None:
    holiday = DAYS[-7]  # the last Monday
    came = [Arrived(day, 20, CALL, "ru", 8) for day in DAYS if day.weekday() == 0]
    came += [Arrived(holiday, 20, CALL, "ru", 900), Arrived(DAYS[0], 21, CALL, "ky", 4)]
    past = Past(tuple(came), (Handled(CALL, None, 50, 60),), 0, 0.0)

    told = profile(past, CALL, "ru", DAYS, {holiday})

    assert told.contacts == 8 * 7
    assert [told.expected[0, half] for half in (18, 19, 20, 21, 22)] == [0, 2, 4, 2, 0]
    assert (told.low[0, 20], told.high[0, 20]) == (8, 8)
    assert told.expected[1, 20] == 0
    both = profile(past, CALL, None, DAYS, {holiday})
    assert both.contacts == told.contacts + 4


def test_a_weekday_of_which_every_one_was_a_holiday_is_not_known() -> None:
    sundays = {day for day in DAYS if day.weekday() == 6}
    calls = profile(steady(100), CALL, "ru", DAYS, sundays)

    told = staffing({CALL: calls, CHAT: calls}, WEEK, [2] * len(WEEK), ASKED)

    for name in ("calls", "calls_low", "needed", "erlang_c", "level"):
        assert set(told[name][6 * 48 :]) == {None}, name
        assert None not in told[name][: 6 * 48], name


def test_patience_is_all_waiting_by_who_gave_up() -> None:
    assert patience_of(Past((), (), 40, 6000.0)) == 150
    assert patience_of(Past((), (), 3, 6000.0)) is None


@pytest.mark.parametrize("waited_s", [30.0, 6000.0, 40 * 2003.7, 9e6])
def test_what_was_measured_may_be_supposed(waited_s: float) -> None:
    measured = patience_of(Past((), (), 40, waited_s))

    assert ScenarioBody(patience_s=measured).assumptions().patience_s == measured


def test_a_week_is_that_of_the_zone_also_when_the_clocks_change() -> None:
    assert len(WEEK) == 336
    assert WEEK[0].at == datetime(2026, 11, 29, 18, tzinfo=UTC)
    assert (WEEK[17].clock, WEEK[17].day) == ("08:30", MONDAY)
    spring = weekgrid.slots(BERLIN, date(2027, 3, 22))
    autumn = weekgrid.slots(BERLIN, date(2026, 10, 19))
    assert (len(spring), len(autumn)) == (334, 338)
    sunday = [slot.clock for slot in spring if slot.day == date(2027, 3, 28)]
    assert sunday[3:5] == ["01:30", "03:00"]
    twice = [slot.clock for slot in autumn if slot.day == date(2026, 10, 25)]
    assert twice.count("02:30") == 2
    jumped = weekgrid.moment(BERLIN, date(2027, 3, 28), time(2, 30))
    assert jumped.astimezone(BERLIN).time() == time(3, 30)
    assert weekgrid.monday(date(2026, 12, 6)) == MONDAY
