"""What rooms above learn about contacts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ContactOpened(Event):
    """Somebody reached us."""

    hurry: ClassVar[bool] = False

    contact_id: UUID
    channel: str


@dataclass(frozen=True, slots=True)
class ContactWaiting(Event):
    """Intake is over; the caller waits for an operator."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class ContactReserved(Event):
    """An operator took the offer; the two are being joined."""

    contact_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class ContactTalking(Event):
    """Caller and operator are together."""

    contact_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class ContactRequeued(Event):
    """Nobody has it in hand any more, and the caller waits again.

    `why`: operator_lost, no_join, transferred (they wait in front), not_reached (for the time of
    the next call), adrift (their call asks us for nothing: until it does), unattended (their
    operator answered nothing for too long).
    """

    contact_id: UUID
    staff_id: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class ContactHandedOver(Event):
    """In the middle of the talk the contact went from one operator to another."""

    contact_id: UUID
    from_staff: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class CallerLeft(Event):
    """The caller's side is over; `staff_id` is who was with them or about to be."""

    contact_id: UUID
    outcome: str
    staff_id: UUID | None


@dataclass(frozen=True, slots=True)
class TalkEnded(Event):
    """The operator ended the talk."""

    contact_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class WrapUpEnded(Event):
    """The consultation is finished: the operator is free of this contact."""

    contact_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class LinkSuggested(Event):
    """What is known of who the caller is changed: suggested, confirmed, refused or taken back."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class ContactClosed(Event):
    """The contact reached its end state."""

    contact_id: UUID
    outcome: str
