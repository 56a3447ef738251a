"""The words of a contact."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from hotline.kernel.ids import CallerId, ContactId, StaffId
from hotline.kernel.languages import Lang

CHANNEL_CODE: Final = re.compile(r"[a-z]{1,20}")


class Channel(str):
    """A way of being reached: calls, or a messenger by the code it has in `bots/`.

    Raises ValueError for what cannot be such a code.
    """

    __slots__ = ()
    VOICE: ClassVar["Channel"]
    TELEGRAM: ClassVar["Channel"]
    SMS: ClassVar["Channel"]

    def __new__(cls, code: str) -> Self:
        """Take a code of small letters."""
        if not CHANNEL_CODE.fullmatch(code):
            message = "not a channel's code"
            raise ValueError(message)
        return super().__new__(cls, code)

    @property
    def kind(self) -> str:
        """`call` or `chat`: what it costs an operator's attention."""
        return "call" if self == Channel.VOICE else "chat"

    @property
    def address_kind(self) -> str:
        """What tells callers apart here: who phones and writes from one number is one caller."""
        return "number" if self in {Channel.VOICE, Channel.SMS} else str(self)


Channel.VOICE, Channel.TELEGRAM, Channel.SMS = Channel("voice"), Channel("telegram"), Channel("sms")
CHANNELS: Final = (Channel.VOICE, Channel.TELEGRAM, Channel.SMS)
"""What is there everywhere, in the order in which it is shown; others follow."""


class ContactState(StrEnum):
    """Where a contact is; see machine.py for the legal moves."""

    INTAKE = "intake"
    WAITING = "waiting"
    RESERVED = "reserved"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How it ended for the caller.

    *unfinished*: answered, but nobody wrote the record; *not reached*: called back in vain;
    *silent*: pressed no key in all their time, also when asked for one; *message*: they left one,
    it was heard, and no call was needed; *came again*: a later contact of theirs stands for it.
    """

    ANSWERED = "answered"
    UNFINISHED = "unfinished"
    ABANDONED = "abandoned"
    LEFT_IN_INTAKE = "left_in_intake"
    OUT_OF_HOURS = "out_of_hours"
    REJECTED = "rejected"
    NOT_REACHED = "not_reached"
    SILENT = "silent"
    MESSAGE = "message"
    CAME_AGAIN = "came_again"


@dataclass(frozen=True, slots=True)
class Contact:
    """One call or one chat from one person. Times are UTC by PostgreSQL's clock.

    `priority` is a head start in seconds; `rev` grows with every stored change and is what a
    compare-and-swap compares. `intake` is the flow engine's state, without any text. `campaign` is
    which link of ours they came by; `alarm_at` when they wrote their word for "I am not alone".
    """

    id: ContactId
    channel: Channel
    line: str
    caller_id: CallerId
    state: ContactState
    rev: int
    opened_at: datetime
    language: Lang | None = None
    topic: str | None = None
    danger: bool = False
    priority: int = 0
    outcome: Outcome | None = None
    operator_id: StaffId | None = None
    waiting_since: datetime | None = None
    reserved_at: datetime | None = None
    talking_since: datetime | None = None
    caller_left_at: datetime | None = None
    closed_at: datetime | None = None
    closed_kind: str | None = None
    campaign: str | None = None
    alarm_at: datetime | None = None
    intake: dict[str, Any] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether the caller may still be there."""
        return self.state not in {ContactState.WRAP_UP, ContactState.CLOSED}

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: closed, and not for want of somebody to write it up."""
        return self.state is ContactState.CLOSED and self.outcome is not Outcome.UNFINISHED


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who reaches us. `address` identifies them (None: hidden).

    `source` is the full number or account and is stored sealed; `masked` is what staff see.
    """

    channel: Channel
    line: str
    address: str | None
    source: str
    masked: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """What we know of a newcomer: the keyed hash of their address, the language they last chose.

    `at` is when we looked, by PostgreSQL's clock. `beside` is what another room saw meanwhile.
    """

    index: bytes | None
    language: Lang | None
    at: datetime
    beside: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallerSeen:
    """What the desk may show of a caller: masked source and how often they came."""

    masked: str
    contacts: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a contact's history; `fields` hold codes and ids, never personal data."""

    id: int
    at: datetime
    kind: str
    staff_id: StaffId | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EarlierContact:
    """A line of "earlier contacts": enough to not make people repeat themselves."""

    id: ContactId
    at: datetime
    channel: Channel
    topic: str | None
    outcome: Outcome | None
