"""What a desk learns about recordings."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RecordingChanged(Event):
    """What is shown of the recording of a contact is different now."""

    contact_id: UUID
