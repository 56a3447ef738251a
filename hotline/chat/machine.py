"""The message machine: provider reports come late, twice and in any order; states only go forward.

queued < sending < unknown < sent < (delivered | failed) < read. Three moves are not the provider's
to make and have their own names: `RETURNED` (it certainly did not take the message), and what a
person decides about a message whose fate is unknown or bad.
"""

from collections.abc import Collection
from typing import Final

from hotline.chat.model import Decision
from hotline.chat.model import MessageState as S

RANK: Final[dict[S, int]] = {
    S.RECEIVED: 9,
    S.QUEUED: 0,
    S.SENDING: 1,
    S.UNKNOWN: 2,
    S.SENT: 3,
    S.DELIVERED: 4,
    S.FAILED: 4,
    S.READ: 5,
}
RETURNED: Final = (S.SENDING, S.QUEUED)
DECIDABLE: Final[dict[Decision, frozenset[S]]] = {
    "resend": frozenset({S.UNKNOWN, S.FAILED}),
    "drop": frozenset({S.UNKNOWN}),
}


def may(now: S, then: S) -> bool:
    """Whether the move goes forward; a report that would not is stale, not an error."""
    return RANK[then] > RANK[now]


def below(then: S) -> list[str]:
    """The states from which a message may move to this one: what a compare-and-swap allows."""
    return [state.value for state in S if may(state, then)]


def decidable(now: S, decision: Decision) -> bool:
    """Whether a person may decide this now."""
    return now in DECIDABLE[decision]


def combined(parts: Collection[S], total: int) -> S:
    """What a message made of `total` parts is, as the state of those begun: its worst part."""
    if S.FAILED in parts:
        return S.FAILED
    if S.UNKNOWN in parts:
        return S.UNKNOWN
    if len(parts) < total or not parts:
        return S.SENDING
    return min(parts, key=RANK.__getitem__)
