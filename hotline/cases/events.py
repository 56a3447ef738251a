"""What rooms above, and the desks, learn about cases."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class EscalationRaised(Event):
    """Somebody must take this; also when an operator insists or it became more urgent."""

    contact_id: UUID
    case_id: UUID
    level: str


@dataclass(frozen=True, slots=True)
class EscalationPaged(Event):
    """Nobody took it yet: alerted again, possibly with another owner."""

    contact_id: UUID
    case_id: UUID
    step: int


@dataclass(frozen=True, slots=True)
class EscalationAcknowledged(Event):
    """A person took it: the ladder stands still."""

    contact_id: UUID
    case_id: UUID
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class EscalationNoted(Event):
    """The history of the case grew."""

    contact_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class CaseSealed(Event):
    """From now on, or no longer, its person is served by senior operators only."""

    contact_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class EscalationClosed(Event):
    """The case ended."""

    contact_id: UUID
    case_id: UUID
    result: str
