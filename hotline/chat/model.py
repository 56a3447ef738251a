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
    "stop",
    "resume",
]
FileKind = Literal["photo", "voice", "audio", "video", "document"]
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


class FileState(StrEnum):
    """Where a file is: still with the provider, sealed here, or not taken, for a reason."""

    AWAITED = "awaited"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered with a message: codes only, its words come from the catalogue.

    `text`: those of what is no part of the catalogue, such as the title of an article.
    """

    id: str
    key: str
    label: str
    lang: Lang
    text: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is kept beside the message."""
        row = {"id": self.id, "key": self.key, "label": self.label, "lang": self.lang}
        return row | ({"text": self.text} if self.text else {})

    @classmethod
    def from_json(cls, row: Mapping[str, str]) -> Self:
        """Back from its row."""
        lang = as_lang(row.get("lang"))
        return cls(row["id"], row["key"], row["label"], lang, row.get("text", ""))


@dataclass(frozen=True, slots=True)
class Conversation:
    """The text side of one contact.

    `seen_id` is the last message the operator has seen; `next_send_at` paces what goes out;
    `said_at` is when the caller's newest words were written, by the provider's clock.
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
    said_at: datetime | None = None


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

    @property
    def tried(self) -> int:
        """Names the trying: who has it sent again makes it count as written then, and this new."""
        return int(self.at.timestamp() * 1000)


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
class Attachment:
    """A file of a message, as its row has it: name and the provider's handle are still sealed.

    `type` is what the content is (infra/scrub.py), `kind` what it was sent as; `length` in bytes
    is what was declared until it is kept. `album` ties files that were sent together.
    """

    id: UUID
    message_id: int
    kind: str
    state: FileState
    error_code: str | None
    handle_sealed: bytes | None = field(repr=False)
    name_sealed: bytes | None = field(repr=False)
    length: int | None
    width: int | None
    height: int | None
    duration_ms: int | None
    album: str | None
    type: str | None
    blob_id: UUID | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its readers see it; `files` are as the desk knows them."""

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
    files: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
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


class Asked(StrEnum):
    """Who wants a conversation erased; *age*: nobody, it is old enough."""

    CALLER = "caller"
    STAFF = "staff"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a conversation up to message `upto` is to be gone, and how far it is.

    `held`: our own copy is kept until somebody has been helped. `says`: the caller is told.
    `deleted` and `remaining` count messages at the provider.
    """

    id: int
    contact_id: UUID
    asked_by: Asked
    asked_at: datetime
    upto: int
    held: bool
    says: bool
    done_at: datetime | None
    deleted: int
    remaining: int


@dataclass(frozen=True, slots=True)
class ChatRules:
    """How long things may take.

    `session`: a number that was silent for so long may be in other hands. `settle` is how long an
    attempt may still be on its way after it was lost sight of; only then the provider is asked. A
    message still unsent after `stale` fails: late words can do harm.
    A file is given as long as a slow line needs; one that cannot be fetched for `fetch_for` is
    given up.
    `forget_after`: so long after the end both sides are deleted at the messenger; 0 is never.
    `remind_after`: when somebody who waits is told that a person is coming, at most once for each;
    never in the `quiet` hours, minutes after midnight by the clock of `zone`.
    Who waits for an operator's word longer than `alert` makes that desk ring; after `unattended`
    (zero: never) the contact goes to somebody else. Within `returns` a caller comes back to the
    operator they talked with.
    """

    intake_idle: timedelta = timedelta(hours=24)
    session: timedelta = timedelta(hours=24)
    stale: timedelta = timedelta(hours=1)
    settle: timedelta = timedelta(seconds=25)
    send_timeout_s: float = 20.0
    send_bytes_per_s: int = 100_000
    fetch_for: timedelta = timedelta(hours=24)
    fetch_pause_s: float = 20.0
    forget_after: timedelta = timedelta(0)
    remind_after: tuple[timedelta, ...] = (timedelta(minutes=10), timedelta(minutes=30))
    quiet: tuple[int, int] = (22 * 60, 8 * 60)
    zone: str = "Asia/Bishkek"
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
        "files": message.files,
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
