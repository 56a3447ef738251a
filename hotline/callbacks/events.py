"""What the desks learn about messages that callers left."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MessagesChanged(Event):
    """A message came, or nobody has to care for it any more."""

    contact_id: UUID
