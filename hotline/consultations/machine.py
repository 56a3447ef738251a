"""The record machine: one table of legal moves. What is not in it does not happen."""

from typing import Final

from hotline.consultations.model import RecordState as S

MOVES: Final[dict[S, frozenset[S]]] = {
    S.DRAFT: frozenset({S.FINISHED}),
    S.FINISHED: frozenset(),
}


def may(now: S, then: S) -> bool:
    """Whether the move is legal."""
    return then in MOVES[now]
