"""What the house asks of a telephone company, in the house's own words."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Protocol

from hotline.kernel.errors import HotlineError
from hotline.kernel.secret import Secret

TOKEN_TTL_S: Final = 3600
MAX_VALIDITY_S: Final = 36_000
FINAL_CALL_STATES: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
RECORDING_GOES_ON: Final = frozenset({"in-progress", "paused"})
_GONE: Final = frozenset({"404", "20404", "21220"})


class CarrierError(HotlineError):
    """The carrier refused, or could not be asked, and did nothing.

    `code` is the vendor's number as text, or one of `unreachable`, `timeout`, `broken`, `too-many`,
    `unreadable`. `permanent` says that the same request
    can never succeed; otherwise it may be made again without fear of doing a thing twice.
    """

    status: ClassVar[int] = 503

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.permanent = permanent

    @property
    def gone(self) -> bool:
        """Whether the call or room has ended already, or never was."""
        return self.code in _GONE


class OutcomeUnknown(HotlineError):  # noqa: N818 - it names what happened
    """The carrier may or may not have done it: look it up, never just send again."""

    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__("outcome-unknown")


@dataclass(frozen=True, slots=True)
class CallRef:
    """One leg at the carrier; `status` as on the wire (queued ... completed)."""

    sid: str
    status: str

    @property
    def over(self) -> bool:
        """Whether it has ended, for whatever reason."""
        return self.status in FINAL_CALL_STATES


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that goes on at the carrier. `made`: we asked for it, showing `caller_id`."""

    sid: str
    made: bool
    caller_id: str = field(repr=False)
    since: datetime | None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message the carrier took; `status` as on the wire (accepted, queued ... delivered)."""

    sid: str
    status: str


@dataclass(frozen=True, slots=True)
class MessageFound:
    """A message that the carrier has on record, to compare with what we meant to send."""

    sid: str
    status: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    error_code: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A message that somebody sent us, as the carrier has it on record; `at` in whole seconds."""

    sid: str
    sender: str = field(repr=False)
    to: str = field(repr=False)
    body: str = field(repr=False)
    num_media: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody in a room should be: the whole of it, so asking twice changes nothing.

    `hold_url` says what a held person hears. `coaches` names the leg that alone hears this one.
    """

    held: bool = False
    hold_url: str = ""
    muted: bool = False
    coaches: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingRef:
    """A recording the carrier has of a call; `length_s` is 0 while it goes on.

    `sure`: the carrier says what had it made.
    """

    sid: str
    length_s: int
    status: str = "completed"
    sure: bool = True

    @property
    def going(self) -> bool:
        """Whether it can still be paused, resumed and stopped."""
        return self.status in RECORDING_GOES_ON


@dataclass(frozen=True, slots=True)
class PhoneToken:
    """What lets a browser be a telephone for `ttl_s` seconds."""

    jwt: Secret
    identity: str
    ttl_s: int = TOKEN_TTL_S


class Carrier(Protocol):
    """Every method but `access_token` speaks to the outside: only in jobs, never in a transaction.

    All may raise `CarrierError`. Only `call`, `redirect`, `begin_recording` and `send_message`
    raise `OutcomeUnknown`: the carrier takes no idempotency key for them; everything else may
    simply be asked again.
    """

    async def call(
        self, to: str, url: str, status_url: str, *, caller_id: str, timeout_s: int
    ) -> CallRef:
        """Ring `to` (a number, `client:` or `sip:`) for `timeout_s`; `url` says what it hears."""
        ...

    async def redirect(self, sid: str, url: str) -> None:
        """Let a live call leave everything and hear `url`. `gone` when it has ended.

        What became of an unknown one shows: a call that was taken there asks for `url`.
        """
        ...

    async def hang_up(self, sid: str) -> None:
        """End a call, ringing or answered. An ended one is no error."""
        ...

    async def fetch_call(self, sid: str) -> CallRef:
        """What the carrier knows of a call. `gone` when it knows nothing."""
        ...

    async def find_calls(self, to: str, since: datetime) -> list[CallRef]:
        """Calls we made to an address since a moment, newest first."""
        ...

    async def live_calls(self) -> list[LiveCall]:
        """Every answered call of the account that goes on now, also those we did not make."""
        ...

    async def end_conference(self, name: str) -> None:
        """End every open room of that name; none is no error."""
        ...

    async def tune(self, room: str, sid: str, wish: Wish) -> None:
        """Make a leg in the open room of that name as it should be. `gone` when it is not there."""
        ...

    async def remove(self, room: str, sid: str) -> None:
        """Take a leg out of a room; what it hears next is its document's. Not there is no error."""
        ...

    async def begin_recording(self, call_sid: str, status_url: str) -> RecordingRef:
        """Begin to record a live call, each side by itself. `gone` when the call has ended."""
        ...

    async def steer_recording(self, call_sid: str, sid: str, status: str) -> None:
        """Make a recording `paused`, `in-progress` or `stopped`; what is paused is left out.

        `gone` when it has ended already.
        """
        ...

    async def send_message(
        self, to: str, body: str, status_url: str, *, validity_s: int
    ) -> MessageRef:
        """Send an SMS that is worth nothing after `validity_s` (1 to 36000)."""
        ...

    async def find_messages(self, to: str, since: datetime) -> list[MessageFound]:
        """Messages we sent to a number since a moment, newest first."""
        ...

    async def redact_message(self, sid: str) -> None:
        """Empty what the carrier keeps of a message, sent or received.

        `gone` when it has nothing of it; a passing `CarrierError` while it is on its way.
        """
        ...

    async def received_messages(self, since: datetime) -> list[MessageReceived]:
        """Messages that came to our number since a moment (whole seconds), oldest first.

        What still arrives in pieces is left out: a later look finds it.
        """
        ...

    async def recordings(self, call_sid: str) -> list[RecordingRef]:
        """What was said after a tone in a call, newest first; no recordings of talks."""
        ...

    async def talk_recordings(self, call_sid: str) -> list[RecordingRef]:
        """The recordings of talks on a call, newest first; nothing that was said after a tone."""
        ...

    def recording(self, sid: str) -> AsyncIterator[bytes]:
        """The sound of a recording as WAV, while it arrives. `gone` when there is none, or not yet.

        Nothing limits its length but whoever stops listening.
        """
        ...

    async def delete_recording(self, sid: str) -> bool:
        """Delete a recording for good; False when there was none any more, or it cannot be done.

        Raises a passing `CarrierError` while it still goes on.
        """
        ...

    def access_token(self, identity: str) -> PhoneToken:
        """Make a token for the browser's telephone. Local, no I/O."""
        ...
