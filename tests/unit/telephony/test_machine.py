"""Legs and rooms under every order of events."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.contacts.model import Channel, Contact, ContactState
from hotline.kernel.ids import CallerId, ContactId, StaffId, new_id
from hotline.telephony.machine import (
    RANK,
    Change,
    Fact,
    Hear,
    Moved,
    Next,
    Stale,
    advance,
    after_change,
    hears,
    is_final,
    present,
)
from hotline.telephony.model import CallState, Leg, LegState, Role, Room, Situation, call_state

NOW = datetime(2026, 3, 1, tzinfo=UTC)
STAFF = StaffId(new_id())
CONTACT = ContactId(new_id())
FINAL = [state for state in LegState if is_final(state)]
PROGRESS = [state for state in LegState if not is_final(state)]


def contact(state: ContactState) -> Contact:
    return Contact(
        CONTACT, Channel.VOICE, "189", CallerId(new_id()), state, 1, NOW, operator_id=STAFF
    )


def leg(role: Role, *, here: bool = True, room: str | None = "c-1", over: bool = False) -> Leg:
    return Leg(
        sid=role.value,
        contact_id=CONTACT,
        role=role,
        staff_id=STAFF if role is Role.OPERATOR else None,
        state=LegState.IN_PROGRESS,
        room=room,
        in_room=here,
        last_seen_at=NOW,
        opened_at=NOW,
        ended_at=NOW if over else None,
    )


ROOM = Room("c-1", CONTACT, STAFF, NOW)


def situation(state: ContactState, *legs: Leg, room: Room | None = ROOM) -> Situation:
    return Situation(contact(state), legs, room)


def play(reports: list[LegState]) -> LegState:
    state = LegState.QUEUED
    for report in reports:
        moved = advance(state, report)
        if isinstance(moved, Moved):
            state = moved.state
    return state


@given(
    st.lists(st.sampled_from(PROGRESS), max_size=6),
    st.sampled_from(FINAL),
    st.randoms(use_true_random=False),
)
def test_any_order_of_reports_with_one_end_gives_that_end(
    progress: list[LegState],
    end: LegState,
    chance: "st.randoms",  # type: ignore[valid-type] # a strategy's value
) -> None:
    reports = [*progress, end, end]
    chance.shuffle(reports)  # type: ignore[attr-defined] # it is a random.Random

    assert play(reports) == end


@given(st.lists(st.sampled_from(PROGRESS), max_size=6))
def test_without_an_end_the_furthest_report_counts(progress: list[LegState]) -> None:
    orders = {play(list(order)) for order in permutations(progress[:5])}

    assert orders == {max([LegState.QUEUED, *progress[:5]], key=RANK.__getitem__)}


@given(st.sampled_from(FINAL), st.sampled_from(list(LegState)))
def test_an_end_is_final(end: LegState, then: LegState) -> None:
    assert advance(end, then) == Stale()


_FACTS = st.lists(
    st.builds(
        Fact,
        room_sid=st.sampled_from(["CF1", "CF2"]),
        sid=st.sampled_from(["a", "b"]),
        sequence=st.integers(1, 12),
        change=st.sampled_from([Change.JOIN, Change.LEAVE]),
    ),
    unique_by=lambda fact: (fact.room_sid, fact.sequence),
    max_size=8,
)


@given(_FACTS, st.data())
def test_who_is_in_a_room_does_not_depend_on_the_order_of_the_news(
    facts: list[Fact], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(facts))
    repeated = [*shuffled, *facts]

    assert present(facts) == present(shuffled) == present(repeated)


def test_the_last_number_decides_and_an_ended_room_is_empty() -> None:
    join = Fact("CF1", "a", 1, Change.JOIN)
    leave = Fact("CF1", "a", 4, Change.LEAVE)
    again = Fact("CF1", "a", 7, Change.JOIN)
    end = Fact("CF1", "", 9, Change.END)

    assert present([leave, join]) == frozenset()
    assert present([again, leave, join]) == {"a"}
    assert present([end, again, leave, join]) == frozenset()
    assert present([end, again, Fact("CF2", "a", 1, Change.JOIN)]) == {"a"}


@pytest.mark.parametrize(
    ("state", "operator", "caller", "expected"),
    [
        (ContactState.RESERVED, True, True, {Next.TALK, Next.STOP_GRACE}),
        (ContactState.TALKING, True, True, {Next.STOP_GRACE}),
        (ContactState.RESERVED, True, False, {Next.PULL_CALLER}),
        (ContactState.TALKING, True, False, {Next.PULL_CALLER}),
        (ContactState.TALKING, False, True, {Next.START_GRACE}),
        (ContactState.TALKING, False, False, {Next.START_GRACE}),
        (ContactState.RESERVED, False, True, {Next.START_GRACE}),
        (ContactState.RESERVED, False, False, set()),
        (ContactState.WAITING, True, True, set()),
        (ContactState.WRAP_UP, True, True, set()),
        (ContactState.CLOSED, False, True, set()),
    ],
)
def test_what_follows_from_who_is_there(
    state: ContactState,
    operator: bool,  # noqa: FBT001 - a column of the table
    caller: bool,  # noqa: FBT001 - a column of the table
    expected: set[Next],
) -> None:
    now = situation(state, leg(Role.OPERATOR, here=operator), leg(Role.CALLER, here=caller))

    assert after_change(now) == expected


@pytest.mark.parametrize(
    ("state", "operator", "expected"),
    [
        (ContactState.INTAKE, False, Hear.QUESTION),
        (ContactState.WAITING, False, Hear.HOLD),
        (ContactState.RESERVED, False, Hear.HOLD),
        (ContactState.RESERVED, True, Hear.BRIDGE),
        (ContactState.TALKING, True, Hear.BRIDGE),
        (ContactState.TALKING, False, Hear.HOLD),
        (ContactState.WRAP_UP, True, Hear.GOODBYE),
        (ContactState.CLOSED, False, Hear.GOODBYE),
    ],
)
def test_a_caller_never_leaves_the_music_for_silence(
    state: ContactState,
    operator: bool,  # noqa: FBT001 - a column of the table
    expected: Hear,
) -> None:
    caller = leg(Role.CALLER, here=False)
    now = situation(state, caller, leg(Role.OPERATOR, here=operator))

    assert hears(now, caller, rooms=True) is expected


def test_without_rooms_the_caller_is_bridged_as_soon_as_somebody_took_the_contact() -> None:
    caller = leg(Role.CALLER, here=False, room=None)

    assert hears(situation(ContactState.RESERVED, caller), caller, rooms=False) is Hear.BRIDGE
    waiting = situation(ContactState.RESERVED, caller, room=None)
    assert hears(waiting, caller, rooms=False) is Hear.HOLD


def test_an_operator_gets_only_the_room_of_their_own_reservation() -> None:
    mine = leg(Role.OPERATOR)
    stranger = replace(mine, staff_id=StaffId(new_id()))

    reserved = situation(ContactState.RESERVED, mine)
    assert hears(reserved, mine, rooms=True) is Hear.OPERATOR_ROOM
    assert hears(reserved, stranger, rooms=True) is Hear.NOBODY
    for state in (ContactState.WAITING, ContactState.WRAP_UP, ContactState.CLOSED):
        assert hears(situation(state, mine), mine, rooms=True) is Hear.GONE


def test_presence_in_another_room_does_not_count() -> None:
    elsewhere = leg(Role.OPERATOR, room="c-0")

    assert not situation(ContactState.RESERVED, elsewhere).operator_here
    assert not situation(ContactState.RESERVED, leg(Role.OPERATOR, over=True)).operator_here


def test_what_the_desk_shows_of_a_call() -> None:
    caller, operator = leg(Role.CALLER), leg(Role.OPERATOR)
    started = replace(ROOM, started_at=NOW)
    closed = replace(started, ended_at=NOW)

    assert call_state([caller], None) is CallState.CONNECTING
    assert call_state([caller, operator], ROOM) is CallState.CONNECTING
    assert call_state([caller, operator], started) is CallState.LIVE
    assert call_state([caller, leg(Role.OPERATOR, here=False)], started) is CallState.LOST
    assert call_state([caller], started) is CallState.LIVE  # bridged: the operator has no leg
    assert call_state([leg(Role.CALLER, here=False)], started) is CallState.LOST
    assert call_state([caller, operator], closed) is CallState.ENDED
    assert call_state([leg(Role.CALLER, over=True), operator], started) is CallState.ENDED
