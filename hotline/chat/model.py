"""The words of a chat: conversations, messages and the rules they live by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, Self
from uuid import UUID

from hotline.kernel.languages import Lang, as_lang

InboundKind = Literal[
    "text",
    "edited",
    "moved",
    "photo",
    "video",
    "voice",
    "document",
    "location",
    "contact",
    "sticker",
    "other",
    "command",
    "press",
    "left",
]
Decision = Literal["resend", "drop"]


class MessageState(StrEnum):
    """Where a message is; see machine.py for the order."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    READ = "read"


class Author(StrEnum):
    """Who wrote a message."""

    CALLER = "caller"
    OPERATOR = "operator"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered with a message: codes only, its words come from the catalogue."""

    id: str
    key: str
    label: str
    lang: Lang

    def to_json(self) -> dict[str, str]:
        """As it is kept beside the message."""
        return {"id": self.id, "key": self.key, "label": self.label, "lang": self.lang}

    @classmethod
    def from_json(cls, row: Mapping[str, str]) -> Self:
        """Back from its row."""
        return cls(row["id"], row["key"], row["label"], as_lang(row.get("lang")))


@dataclass(frozen=True, slots=True)
class Conversation:
    """The text side of one contact.

    `seen_id` is the last message the operator has seen; `next_send_at` paces what goes out.
    """

    contact_id: UUID
    channel: str
    address_sealed: bytes = field(repr=False)
    open: bool
    last_at: datetime
    unanswered_since: datetime | None
    seen_id: int
    told_unreadable: bool
    next_send_at: datetime | None
    reopens: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as its row has it: the text is still sealed."""

    id: int
    contact_id: UUID
    author: Author
    staff_id: UUID | None
    kind: str
    body_sealed: bytes | None = field(repr=False)
    options: tuple[Option, ...]
    client_id: str | None
    state: MessageState
    error_code: str | None
    at: datetime
    reply_to: int | None = None
    edited_at: datetime | None = None
    edit_state: str | None = None
    edit_error: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The beginning of the message that another one answers."""

    id: int
    author: Author
    kind: str
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Revision:
    """Words that a message had before it was changed."""

    at: datetime
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its readers see it."""

    id: int
    contact_id: UUID
    author: Author
    kind: str
    text: str | None = field(repr=False)
    state: MessageState
    error: str | None
    at: datetime
    client_id: str | None
    staff_id: UUID | None
    staff: str | None = None
    reply: Quote | None = None
    edited_at: datetime | None = None
    edit_state: str | None = None
    edit_error: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an outbound message, as small as the provider takes it."""

    number: int
    state: MessageState
    state_at: datetime
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class ChatRules:
    """How long things may take.

    `settle` is how long an attempt may still be on its way after it was lost sight of; only then
    the provider is asked. A message still unsent after `stale` fails: late words can do harm.
    Who waits for an operator's word longer than `alert` makes that desk ring; after `unattended`
    (zero: never) the contact goes to somebody else. Within `returns` a caller comes back to the
    operator they talked with.
    """

    intake_idle: timedelta = timedelta(hours=24)
    stale: timedelta = timedelta(hours=1)
    settle: timedelta = timedelta(seconds=25)
    send_timeout_s: float = 20.0
    alert: timedelta = timedelta(minutes=3)
    unattended: timedelta = timedelta(minutes=5)
    returns: timedelta = timedelta(hours=24)


def message_json(message: Message) -> dict[str, Any]:
    """A message as the desk knows it."""
    return {
        "id": message.id,
        "contact_id": message.contact_id,
        "from": message.author,
        "kind": message.kind,
        "text": message.text,
        "state": message.state,
        "error": message.error,
        "at": message.at,
        "client_id": message.client_id,
        "staff": message.staff,
        "reply": _quote_json(message.reply),
        "edited_at": message.edited_at,
        "edit": edit_json(message),
    }


def edit_json(message: Message) -> dict[str, Any] | None:
    """What became of a change of ours that the other side may not have yet."""
    if message.edit_state is None:
        return None
    return {"state": message.edit_state, "error": message.edit_error}


def _quote_json(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {"id": quote.id, "from": quote.author, "kind": quote.kind, "text": quote.text}
