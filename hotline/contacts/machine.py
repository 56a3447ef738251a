"""The contact machine: one table of legal moves. What is not in it does not happen."""

from typing import Final

from hotline.contacts.model import ContactState as S
from hotline.contacts.model import Outcome

MOVES: Final[dict[S, frozenset[S]]] = {
    S.INTAKE: frozenset({S.WAITING, S.CLOSED}),
    S.WAITING: frozenset({S.RESERVED, S.CLOSED}),
    # Back to waiting: the operator never arrived, or was lost in mid-talk. Nobody is dropped.
    S.RESERVED: frozenset({S.TALKING, S.WAITING, S.WRAP_UP, S.CLOSED}),
    S.TALKING: frozenset({S.WAITING, S.WRAP_UP}),
    S.WRAP_UP: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
}


def may(now: S, then: S) -> bool:
    """Whether the move is legal; a late or repeated event asks for an illegal one and is stale."""
    return then in MOVES[now]


def after_caller_left(state: S) -> tuple[S, Outcome] | None:
    """Where a contact goes when the caller is gone; None when it was over already.

    Whoever waited or was about to be joined counts as abandoned; after a talk the record is still
    to be written.
    """
    match state:
        case S.INTAKE:
            return S.CLOSED, Outcome.LEFT_IN_INTAKE
        case S.WAITING | S.RESERVED:
            return S.CLOSED, Outcome.ABANDONED
        case S.TALKING:
            return S.WRAP_UP, Outcome.ANSWERED
        case S.WRAP_UP | S.CLOSED:
            return None
