"""What rooms above learn about telephone calls."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CallChanged(Event):
    """What the desk shows of a call in hand is different now."""

    contact_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class TransferEnded(Event):
    """A colleague is not to take the contact after all; `offer_id` is what asked them."""

    contact_id: UUID
    staff_id: UUID
    offer_id: UUID | None
