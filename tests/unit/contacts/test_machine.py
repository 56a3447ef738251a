"""The contact machine: every state ends, nobody comes back from the end."""

import itertools

from hotline.contacts.machine import MOVES, after_caller_left, may
from hotline.contacts.model import ContactState, Outcome


def test_every_state_is_in_the_table_and_only_closed_is_final() -> None:
    assert set(MOVES) == set(ContactState)
    assert [s for s in ContactState if not MOVES[s]] == [ContactState.CLOSED]


def test_every_state_reaches_closed() -> None:
    reaches = {ContactState.CLOSED}
    for _ in ContactState:
        reaches |= {s for s in ContactState if MOVES[s] & reaches}
    assert reaches == set(ContactState)


def test_nobody_comes_back_from_the_end() -> None:
    ended = (ContactState.WRAP_UP, ContactState.CLOSED)
    alive = set(ContactState) - set(ended)
    assert not any(may(now, then) for now, then in itertools.product(ended, alive))


def test_caller_leaving_ends_every_live_state_by_a_legal_move() -> None:
    for state in ContactState:
        after = after_caller_left(state)
        if after is None:
            assert state in {ContactState.WRAP_UP, ContactState.CLOSED}
        else:
            assert may(state, after[0])
            assert (after[1] is Outcome.ANSWERED) == (state is ContactState.TALKING)
