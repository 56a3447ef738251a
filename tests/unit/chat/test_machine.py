"""Message states: reports come late, twice and in any order, and nothing ever goes back."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.chat.machine import RANK, below, combined, decidable, may
from hotline.chat.model import MessageState as S

REPORTS = st.lists(st.sampled_from([S.SENT, S.DELIVERED, S.FAILED, S.READ, S.UNKNOWN]), max_size=8)


@given(REPORTS)
def test_a_state_never_goes_back(reports: list[S]) -> None:
    now = S.SENDING
    for then in reports:
        before = now
        now = then if may(now, then) else now
        assert RANK[now] >= RANK[before]


def test_every_order_of_the_same_reports_ends_the_same() -> None:
    for order in permutations([S.SENT, S.DELIVERED, S.READ]):
        now = S.QUEUED
        for then in order:
            now = then if may(now, then) else now
        assert now is S.READ


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (S.DELIVERED, S.FAILED),
        (S.FAILED, S.DELIVERED),
        (S.FAILED, S.SENT),
        (S.SENT, S.UNKNOWN),
        (S.RECEIVED, S.SENT),
        (S.SENT, S.SENT),
    ],
)
def test_stale_moves(now: S, then: S) -> None:
    assert not may(now, then)
    assert now.value not in below(then)


def test_the_fate_of_an_unknown_message_may_become_known() -> None:
    assert all(may(S.UNKNOWN, then) for then in (S.SENT, S.DELIVERED, S.FAILED, S.READ))


def test_only_what_is_unknown_or_bad_is_for_a_person_to_decide() -> None:
    assert {state for state in S if decidable(state, "resend")} == {S.UNKNOWN, S.FAILED}
    assert {state for state in S if decidable(state, "drop")} == {S.UNKNOWN}


@pytest.mark.parametrize(
    ("parts", "total", "whole"),
    [
        ([S.SENT], 1, S.SENT),
        ([S.SENT], 2, S.SENDING),
        ([S.SENT, S.DELIVERED], 2, S.SENT),
        ([S.DELIVERED, S.READ], 2, S.DELIVERED),
        ([S.DELIVERED, S.FAILED], 2, S.FAILED),
        ([S.UNKNOWN], 2, S.UNKNOWN),
        ([S.FAILED, S.UNKNOWN], 2, S.FAILED),
        ([], 1, S.SENDING),
    ],
)
def test_a_message_is_what_its_worst_part_is(parts: list[S], total: int, whole: S) -> None:
    assert combined(parts, total) is whole
