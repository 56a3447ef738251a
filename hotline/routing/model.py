"""The words of routing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from hotline.kernel.ids import ContactId, OfferId, StaffId

OWN_PHONE: Final = "own"
PHONE_MODES: Final = ("fake", "browser", OWN_PHONE)
PASS_REASONS: Final = ("paperwork", "language", "topic", "know_caller", "technical", "other")
"""Why an operator lets somebody else take a contact; the desk has words for each."""


class Presence(StrEnum):
    """What an operator asked for, or what their silence means.

    Busy and wrap-up are not here: they follow from the contacts in hand, see `shown_state`.
    """

    OFFLINE = "offline"
    AVAILABLE = "available"
    BREAK = "break"
    NOT_ANSWERING = "not_answering"


HARD_CALL: Final = "hard_call"
"""The reason of a pause after a hard call: a break that ends by itself, and is counted apart."""


class OfferState(StrEnum):
    """An offer is pending once and then ends in exactly one other state."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    PASSED = "passed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OperatorState:
    """One operator as routing sees them. `calls` and `chats` count contacts in hand, wrap-up too.

    `talking` counts those where the caller is still there or being joined; `pending_break` is a
    break asked for while busy, taken when the last contact is out of hand. `call_beside`: how many
    chats they may have in hand and still be offered a call. `wrap_until` is when the time for all
    that is written up is over, `pause_until` when a pause after a hard call is.
    """

    staff_id: StaffId
    presence: Presence
    reason: str | None
    since: datetime
    idle_since: datetime
    max_chats: int
    phone_mode: str
    pending_break: str | None = None
    calls: int = 0
    chats: int = 0
    talking: int = 0
    call_beside: int = 0
    wrap_until: datetime | None = None
    pause_until: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """When their state ends by itself; None when it does not."""
        if self.presence is Presence.BREAK:
            return self.pause_until
        writes_up = self.presence is Presence.AVAILABLE and not self.talking
        return self.wrap_until if writes_up else None


@dataclass(frozen=True, slots=True)
class Ability:
    """What an operator can do: levels by language (1 can help, 2 as their own) and by topic.

    A topic has level 1 for who knows it, 2 for an expert.
    `senior`: may have sealed cases. `reserve`: asked only when the reserve is open, or in danger.
    """

    languages: Mapping[str, int]
    skills: Mapping[str, int]
    senior: bool = False
    reserve: bool = False


class Purpose(StrEnum):
    """What an offer is for: to take who waits, or to join a talk that goes on."""

    QUEUE = "queue"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Offer:
    """Routing asks one operator to take one contact until `deadline`.

    `assigned`: because a supervisor said so, whatever the operator speaks or knows.
    """

    id: OfferId
    contact_id: ContactId
    staff_id: StaffId
    state: OfferState
    made_at: datetime
    deadline: datetime
    purpose: Purpose = Purpose.QUEUE
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A waiting contact as everybody on the desk may see it. `effective_at` is its turn."""

    contact_id: ContactId
    channel: str
    language: str | None
    topic: str | None
    danger: bool
    since: datetime
    effective_at: datetime


def shown_state(operator: OperatorState) -> str:
    """The word on the desk: offline, available, busy, wrap_up, break, not_answering."""
    if operator.presence is not Presence.AVAILABLE:
        return operator.presence
    if operator.talking:
        return "busy"
    return "wrap_up" if operator.calls or operator.chats else "available"
