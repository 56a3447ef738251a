"""When somebody is called again, and when calling has cost enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hotline.callbacks.machine import next_allowed, next_try, over_budget
from hotline.callbacks.model import Callback, CallbackState, Rules, Spent, Why
from hotline.contacts.model import Channel
from hotline.contacts.safety import Safety, Window
from hotline.kernel.ids import ContactId

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
    UUID(int=1), ContactId(UUID(int=2)), Why.WAITING, CallbackState.OPEN, 1, NOW, None, LATER
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
    assert next_allowed(replace(AGREED, outside=True), evening, NOW) == NOW


@pytest.mark.parametrize("known", [Safety(never=True), Safety(channels=frozenset({Channel.SMS}))])
def test_who_said_never_is_not_called_whoever_asks(known: Safety) -> None:
    assert next_allowed(replace(AGREED, outside=True), known, NOW) is None


@pytest.mark.parametrize("limit", [{"calls": 10}, {"minutes": 20}, {"calls_to_number": 3}])
def test_each_budget_stops_the_next_call(limit: dict[str, int]) -> None:
    assert not over_budget(LITTLE, RULES)
    assert over_budget(replace(LITTLE, **limit), RULES)
