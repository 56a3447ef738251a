"""The overall rate of a provider is kept within a process."""

from datetime import UTC, datetime, timedelta

from hotline.chat.pacer import Pacer
from hotline.kernel.clock import ManualClock


def test_thirty_go_at_once_and_the_next_waits_its_turn() -> None:
    clock = ManualClock(datetime(2026, 11, 1, tzinfo=UTC))
    pacer = Pacer(clock)
    assert [pacer.wait_s("telegram", 30) for _ in range(30)] == [0.0] * 30
    assert 0 < pacer.wait_s("telegram", 30) <= 1 / 30 + 1e-9
    assert pacer.wait_s("sms", 30) == 0.0
    clock.advance(timedelta(seconds=1))
    assert pacer.wait_s("telegram", 30) == 0.0


def test_over_any_time_no_more_than_the_rate_and_one_second_more() -> None:
    clock = ManualClock(datetime(2026, 11, 1, tzinfo=UTC))
    pacer = Pacer(clock)
    sent = 0
    for _ in range(1000):
        sent += pacer.wait_s("telegram", 30) == 0.0
        clock.advance(timedelta(milliseconds=10))
    assert 300 <= sent <= 331


def test_no_rate_is_no_limit() -> None:
    pacer = Pacer(ManualClock(datetime(2026, 11, 1, tzinfo=UTC)))
    assert all(pacer.wait_s("sms", 0) == 0.0 for _ in range(1000))
