"""When somebody is called again, and when calling has cost enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.callbacks.machine import OUTSIDE_FOR, next_allowed, next_try, over_budget
from hotline.callbacks.model import Callback, CallbackState, Rules, Spent, Why
from hotline.contacts.model import Channel
from hotline.contacts.safety import Safety, Window, safe_at
from hotline.kernel.ids import CallerId, ContactId

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=4)
RULES = Rules(
    prefixes=("+996",),
    calls_per_day=10,
    minutes_per_day=20,
    calls_per_number=3,
    pauses=(timedelta(minutes=10), timedelta(hours=1)),
    keep_for=timedelta(hours=4),
)
LITTLE = Spent(calls=9, minutes=19, calls_to_number=2)


WAITING = Callback(
    UUID(int=1),
    ContactId(UUID(int=2)),
    CallerId(UUID(int=3)),
    Why.WAITING,
    CallbackState.OPEN,
    1,
    NOW,
    None,
    LATER,
)
AGREED = replace(
    WAITING,
    why=Why.AGREED,
    from_at=NOW,
    until_at=NOW + timedelta(minutes=30),
    expires_at=NOW + timedelta(hours=5),
)


def test_each_call_in_vain_is_followed_by_a_longer_pause_and_then_by_none() -> None:
    tried = [next_try(replace(WAITING, attempts=n), None, NOW, RULES) for n in (0, 1, 2, 3)]

    assert tried == [
        NOW + timedelta(minutes=10),
        NOW + timedelta(minutes=10),
        NOW + timedelta(hours=1),
        None,
    ]


def test_nobody_is_called_after_the_promise_has_expired() -> None:
    soon = replace(WAITING, attempts=2, expires_at=NOW + timedelta(hours=1))

    assert next_try(soon, None, NOW, RULES) is None


def test_an_agreed_time_that_is_over_with_calls_left_waits_for_a_person() -> None:
    assert next_try(AGREED, None, NOW, RULES) == NOW + timedelta(minutes=10)
    assert next_try(replace(AGREED, attempts=2), None, NOW, RULES) == AGREED.expires_at
    assert next_try(replace(AGREED, attempts=3), None, NOW, RULES) is None


def test_the_next_call_waits_for_a_safe_hour() -> None:
    evening = Safety(windows=(Window(frozenset(range(7)), 21 * 60, 22 * 60),))  # 15:00 UTC

    assert next_try(WAITING, evening, NOW, RULES) == NOW + timedelta(hours=3)
    assert next_allowed(AGREED, evening, NOW) is None
    excepted = replace(AGREED, outside_until=NOW + OUTSIDE_FOR)
    assert next_allowed(excepted, evening, NOW) == NOW
    assert next_allowed(excepted, evening, NOW + OUTSIDE_FOR) is None, "a word has an end"


@pytest.mark.parametrize("known", [Safety(never=True), Safety(channels=frozenset({Channel.SMS}))])
def test_who_said_never_is_not_called_whoever_asks(known: Safety) -> None:
    assert next_allowed(replace(AGREED, outside_until=LATER), known, NOW) is None


@pytest.mark.parametrize("limit", [{"calls": 10}, {"minutes": 20}, {"calls_to_number": 3}])
def test_each_budget_stops_the_next_call(limit: dict[str, int]) -> None:
    assert not over_budget(LITTLE, RULES)
    assert over_budget(replace(LITTLE, **limit), RULES)


@given(
    st.integers(0, 7 * 24 * 60),
    st.integers(1, 24 * 60),
    st.lists(
        st.builds(
            Window,
            days=st.frozensets(st.integers(0, 6), min_size=1),
            begin=st.integers(0, 1439),
            end=st.integers(0, 1439),
        ),
        max_size=3,
    ),
    st.sampled_from(["Asia/Bishkek", "Europe/Moscow", "Europe/Berlin", "America/New_York"]),
    st.integers(-24 * 60, 14 * 24 * 60),
)
def test_no_call_is_ever_allowed_outside_the_agreed_and_the_safe_hours(
    begins: int, length: int, windows: list[Window], zone: str, asked: int
) -> None:
    """P30."""
    from_at = NOW + timedelta(minutes=begins)
    until_at = from_at + timedelta(minutes=length)
    known = Safety(zone=zone, windows=tuple(windows))
    callback = replace(AGREED, from_at=from_at, until_at=until_at)

    found = next_allowed(callback, known, NOW + timedelta(minutes=asked))

    if found is not None:
        assert max(from_at, NOW + timedelta(minutes=asked)) <= found < until_at
        assert safe_at(known, found)
        assert next_allowed(callback, known, found) == found
