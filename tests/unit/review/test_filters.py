"""The filters of the log: days of the hotline's place, and no nonsense."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from hotline.kernel.errors import Invalid
from hotline.review.model import LogFilter, RiskFilter
from hotline.review.views import log_filter

BISHKEK = ZoneInfo("Asia/Bishkek")
SOMEBODY = "8c1f3c57-5d5f-4c3e-8b57-06c3a2a54a11"


def test_days_are_whole_days_in_bishkek() -> None:
    found = log_filter({"from": "2026-11-23", "to": "2026-11-23"}, BISHKEK)
    assert found.since == datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert found.until == datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_moments_are_taken_as_they_are() -> None:
    found = log_filter(
        {"from": "2026-11-22T18:00:00.000Z", "to": "2026-11-23T18:00:00.000Z"}, BISHKEK
    )
    assert found.since == datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert found.until == datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_all_filters_together_and_empty_ones_left_out() -> None:
    query = {
        "channel": "sms",
        "language": "uz",
        "topic": "labour",
        "operator": SOMEBODY,
        "risk": "escalated",
        "state": "wrap_up",
        "from": "",
        "cursor": "whatever",
    }
    assert log_filter(query, BISHKEK) == LogFilter(
        channel="sms",
        language="uz",
        topic="labour",
        operator_id=UUID(SOMEBODY),
        risk=RiskFilter.ESCALATED,
        state="wrap_up",
    )


def test_every_senseless_filter_is_named_at_once() -> None:
    query = {
        "from": "yesterday",
        "to": "0001-01-01",
        "channel": "Fax 2",
        "language": "xx",
        "operator": "ana",
        "risk": "none at all",
        "state": "lost",
    }
    with pytest.raises(Invalid) as refused:
        log_filter(query, BISHKEK)
    assert set(refused.value.fields) == set(query)
