"""The case machine: one table of legal moves. What is not in it does not happen."""

from typing import Final

from hotline.cases.model import CaseState as S

MOVES: Final[dict[S, frozenset[S]]] = {
    S.OPEN: frozenset({S.ACKNOWLEDGED}),
    # A case is closed only by somebody who took it.
    S.ACKNOWLEDGED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
}


def may(now: S, then: S) -> bool:
    """Whether the move is legal."""
    return then in MOVES[now]
