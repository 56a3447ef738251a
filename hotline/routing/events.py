"""What rooms above learn about routing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.kernel.events import Event


class _OfOperator:
    """Changes of one operator stay in order."""

    __slots__ = ()
    staff_id: UUID

    @property
    def lane(self) -> str:
        """One lane per operator."""
        return f"staff:{self.staff_id}"


@dataclass(frozen=True, slots=True)
class QueueChanged(Event):
    """A contact joined or left the queue, or its place changed: look for a match."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class SealedWaits(Event):
    """A contact joined the queue for senior operators only."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class SealLifted(Event):
    """A waiting contact is for everybody again."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """An operator is asked to take a contact."""

    contact_id: UUID
    offer_id: UUID
    staff_id: UUID
    deadline: datetime


@dataclass(frozen=True, slots=True)
class OfferEnded(Event):
    """An offer ended without being accepted (`how`: passed, expired, withdrawn)."""

    contact_id: UUID
    offer_id: UUID
    staff_id: UUID
    how: str
    purpose: str = "queue"


@dataclass(frozen=True, slots=True)
class OfferAccepted(Event):
    """An operator took the contact: join them."""

    contact_id: UUID
    offer_id: UUID
    staff_id: UUID
    purpose: str = "queue"


@dataclass(frozen=True, slots=True)
class PresenceChanged(_OfOperator, Event):
    """An operator's state changed."""

    staff_id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class ShiftStarted(_OfOperator, Event):
    """An operator signed on: look whether their account was changed meanwhile."""

    staff_id: UUID


@dataclass(frozen=True, slots=True)
class OperatorGone(_OfOperator, Event):
    """An operator is gone with a call still in hand: nothing may connect them any longer."""

    staff_id: UUID


@dataclass(frozen=True, slots=True)
class WrapUpOver(Event):
    """The time for writing up is over: the operator is free, and the record still theirs."""

    contact_id: UUID
    staff_id: UUID
