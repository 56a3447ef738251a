"""What rooms above learn about chats."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """The caller wrote."""

    contact_id: UUID
    message_id: int


@dataclass(frozen=True, slots=True)
class MessageQueued(Event):
    """We are about to write to the caller."""

    contact_id: UUID
    message_id: int


@dataclass(frozen=True, slots=True)
class AnswerOwed(Event):
    """The caller has waited long for a word of their operator."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class MessageStateChanged(Event):
    """What became of something we wrote."""

    contact_id: UUID
    message_id: int
    state: str


@dataclass(frozen=True, slots=True)
class AttachmentChanged(Event):
    """A file that was awaited is here, or will not come."""

    contact_id: UUID
    message_id: int


@dataclass(frozen=True, slots=True)
class ConversationErased(Event):
    """The words of a conversation up to a message are shredded; what belongs to them goes, too."""

    contact_id: UUID
    message_id: int
