"""What rooms above learn about records."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RecordChanged(Event):
    """Somebody (`staff_id`) other than the contact's operator wrote into the record."""

    contact_id: UUID
    staff_id: UUID
    rev: int


@dataclass(frozen=True, slots=True)
class EscalationLeftUnsaid(Event):
    """A contact closed though its record, written by `staff_id`, asked for an escalation.

    `kind` and `level` are what was proposed.
    """

    contact_id: UUID
    staff_id: UUID
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class ConsultationFinished(Event):
    """The record is complete and stays as it is."""

    contact_id: UUID
    staff_id: UUID
