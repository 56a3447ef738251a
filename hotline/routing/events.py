"""What rooms above learn about routing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from typing_extensions import override

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class QueueChanged(Event):
    """A contact joined or left the queue, or its place changed: look for a match."""

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


@dataclass(frozen=True, slots=True)
class OfferAccepted(Event):
    """An operator took the contact: join them."""

    contact_id: UUID
    offer_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class PresenceChanged(Event):
    """An operator's state changed."""

    staff_id: UUID
    state: str

    @property
    @override
    def lane(self) -> str:
        """Changes of one operator stay in order."""
        return f"staff:{self.staff_id}"
