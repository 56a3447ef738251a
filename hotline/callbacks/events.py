"""What the desks learn about callbacks, and about messages that callers left."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MessagesChanged(Event):
    """A message came, or nobody has to care for it any more."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class UndecidedChanged(Event):
    """A callback was not kept and waits for a supervisor, or does so no more."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class ExceptionOver(Event):
    """Nobody was free to make a call that `staff_id` had allowed at a time that is not safe."""

    contact_id: UUID
    staff_id: UUID
