"""What a messenger must be able to do to carry chats; bots/ holds the implementations."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Final, Protocol, runtime_checkable

from hotline.chat.model import FileKind, InboundKind, MessageState
from hotline.kernel.errors import HotlineError

# The longest file, in bytes, that any messenger gives us; Telegram's Bot API stops there.
LONGEST: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with an event and is still with the provider, which finds it by `handle`.

    All else is what somebody declared: shown while it is awaited, believed never.
    """

    kind: FileKind
    handle: str = field(repr=False)
    length: int | None = None
    width: int | None = None
    height: int | None = None
    duration_s: int | None = None
    name: str | None = field(default=None, repr=False)
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """Something a person did, in words every messenger shares.

    `event_id` is the provider's own id of the event and claims it once; `address` is the stable
    account at the provider, `display` its masked form for staff. `press` is the id of a choice,
    `token` what the provider wants back to end the button's spinning,
    `pressed_id` the message the button stands under. For a command `text` is its
    bare name, `payload` what a link of ours put behind it. The kinds `stop` and `resume` are
    messages that are nothing but such a word. `line` is which of our numbers or accounts was
    written to. `reply_to` is what the provider calls the message that this one answers. *edited*
    and *moved* change the message of that `provider_message_id`. `at` is when it happened, by the
    provider's clock, where it says so: events come late and in any order.
    """

    channel: str
    event_id: str
    address: str = field(repr=False)
    display: str
    kind: InboundKind
    line: str = ""
    text: str | None = field(default=None, repr=False)
    payload: str | None = None
    press: str | None = None
    token: str | None = None
    provider_message_id: str | None = None
    pressed_id: str | None = None
    files: tuple[Attached, ...] = ()
    reply_to: str | None = None
    at: datetime | None = None

    def is_command(self, name: str) -> bool:
        """Whether this is that command."""
        return self.kind == "command" and self.text == name


@dataclass(frozen=True, slots=True)
class Button:
    """A choice with its words in the caller's language."""

    id: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file on its way out: checked by content, under a name that says nothing."""

    kind: str
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """One part of a message on its way out, already small enough for the provider.

    `reply_to` is what the provider calls the message that this one answers. `tried` is another
    number each time that a person has the message sent again.
    """

    message_id: int
    part: int
    address: str = field(repr=False)
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    file: Enclosed | None = None
    reply_to: str | None = None
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it and calls it this."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider says later about something we sent.

    `message_id`, `part` and `tried` are our own names, carried through the provider's callback
    address: a report may come before the answer to the request that it is about. `tried` is None
    where it did not come back.
    """

    channel: str
    message_id: int
    part: int
    provider_id: str
    state: MessageState
    error_code: str | None = None
    tried: int | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The provider's limits: seconds between messages of one chat, messages a second in all."""

    per_chat_s: float = 0.0
    per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Erases:
    """What a provider lets us delete: ids in one request, and how old; None: of any age."""

    at_once: int = 1
    within: timedelta | None = None


class DeliveryError(HotlineError):
    """The provider certainly did not take the message.

    `permanent`: trying again cannot help; the code is shown at the desk. `retry_after_s`: how long
    the provider wants to be left alone.
    """

    status: ClassVar[int] = 502

    def __init__(self, code: str, *, permanent: bool, retry_after_s: float | None = None) -> None:
        super().__init__(code)
        self.permanent = permanent
        self.retry_after_s = retry_after_s


class OutcomeUnknown(HotlineError):  # noqa: N818 - it is what we know, not an error
    """The provider may or may not have taken the message."""

    status: ClassVar[int] = 502

    def __init__(self, code: str = "outcome-unknown") -> None:
        super().__init__(code)


class FetchError(HotlineError):
    """The provider does not give the file, now (`permanent` is false) or ever.

    The code "gone" may be about an address that ran out: asking for a new one is worth a few tries.
    """

    status: ClassVar[int] = 502

    def __init__(self, code: str, *, permanent: bool, retry_after_s: float | None = None) -> None:
        super().__init__(code)
        self.permanent = permanent
        self.retry_after_s = retry_after_s


class FilePort(Protocol):
    """What a messenger that carries files can do; longest in bytes, from and to the caller."""

    longest_in: int
    longest_out: int

    def fetch(self, handle: str) -> AsyncIterator[bytes]:
        """The bytes of a file of an event. Raises FetchError, nothing else."""
        ...


class Channel(Protocol):
    """One messenger. `lookup` is only called where `can_lookup` is true."""

    @property
    def name(self) -> str:
        """The channel's code, as contacts have it."""
        ...

    @property
    def pace(self) -> Pace:
        """The provider's limits."""
        ...

    @property
    def can_lookup(self) -> bool:
        """Whether the provider can be asked what became of a message."""
        ...

    @property
    def files(self) -> FilePort | None:
        """How files come and go; None where the channel carries none."""
        ...

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """The text as the provider takes it, in one or more pieces; the same every time."""
        ...

    async def send(self, outbound: Outbound) -> Sent:
        """Send one part. Raises DeliveryError or OutcomeUnknown, nothing else."""
        ...

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Whether the provider has this part, sent at `since` or later."""
        ...

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """End the spinning of a pressed button and take the used keyboard away."""
        ...

    @property
    def erases(self) -> Erases:
        """What the provider lets us delete."""
        ...

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Delete messages, written by either side, wherever the provider lets us.

        What is gone already is no error, so that it may be asked again. Raises DeliveryError, or
        OutcomeUnknown.
        """
        ...


def lively(channel: object) -> "Lively | None":
    """The channel, where it can what only some can."""
    return channel if isinstance(channel, Lively) else None


@runtime_checkable
class Lively(Protocol):
    """What some messengers can besides: a channel that has these methods is asked for them."""

    async def typing(self, address: str) -> None:
        """Show for some seconds that somebody writes. Raises DeliveryError or OutcomeUnknown."""
        ...

    async def edit(self, address: str, provider_id: str, text: str) -> None:
        """Put other words into a sent message; again changes nothing.

        Raises DeliveryError or OutcomeUnknown.
        """
        ...
