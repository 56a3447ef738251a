"""When somebody is called again, and when calling has cost enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hotline.callbacks.machine import next_try, over_budget
from hotline.callbacks.model import Rules, Spent

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


def test_each_call_in_vain_is_followed_by_a_longer_pause_and_then_by_none() -> None:
    assert next_try(1, NOW, LATER, RULES) == NOW + timedelta(minutes=10)
    assert next_try(2, NOW, LATER, RULES) == NOW + timedelta(hours=1)
    assert next_try(3, NOW, LATER, RULES) is None


def test_nobody_is_called_after_the_promise_has_expired() -> None:
    assert next_try(2, NOW, NOW + timedelta(hours=1), RULES) is None


@pytest.mark.parametrize("limit", [{"calls": 10}, {"minutes": 20}, {"calls_to_number": 3}])
def test_each_budget_stops_the_next_call(limit: dict[str, int]) -> None:
    assert not over_budget(LITTLE, RULES)
    assert over_budget(replace(LITTLE, **limit), RULES)
