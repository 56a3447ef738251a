"""The words of a callback."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from hotline.kernel.ids import CallerId, ContactId, StaffId

_SPEAKING: Final = timedelta(hours=1)
# How a call ended that was not made at all.
NOT_ALLOWED: Final = "not-allowed"


class Why(StrEnum):
    """What the callback was promised for."""

    WAITING = "waiting"
    MISSED = "missed"
    MESSAGE = "message"
    AGREED = "agreed"


class CallbackState(StrEnum):
    """Open until the two have talked, or nobody will try any more; *closed*: by a person.

    *undecided*: it was not kept, nobody calls, and a supervisor is to say what becomes of it.
    """

    OPEN = "open"
    DONE = "done"
    UNDECIDED = "undecided"
    GIVEN_UP = "given_up"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Callback:
    """A promise to call somebody back. The number is the caller's, sealed with the contact.

    `attempts` counts the calls that were made; `next_at` is set while the next one must wait.
    Of an agreed time: `from_at` and `until_at` are its hours, `promised_by` who promised.
    `outside_until`: `outside_by` said that one call may be made before then, whatever the hours,
    and not before `next_at`.
    `overridden`: somebody said so, though perhaps that has passed, or the call was made.
    `talked_at`: when we talked with them elsewhere since; nobody rings them for this any more.
    `tries`: how often the caller tried to reach us for it; `tried_as`: how the last of those that
    have no promise of their own ended, a `Why` or an outcome. `rings`: there is a number to call.
    """

    id: UUID
    contact_id: ContactId
    caller_id: CallerId
    why: Why
    state: CallbackState
    attempts: int
    asked_at: datetime
    next_at: datetime | None
    expires_at: datetime
    from_at: datetime | None = None
    until_at: datetime | None = None
    promised_by: StaffId | None = None
    outside_until: datetime | None = None
    outside_by: StaffId | None = None
    overridden: bool = False
    talked_at: datetime | None = None
    tries: int = 1
    tried_at: datetime | None = None
    tried_as: str | None = None
    rings: bool = True

    def begins(self, now: datetime) -> bool:
        """Whether a message is perhaps still being spoken."""
        return self.why is Why.MESSAGE and now < self.asked_at + _SPEAKING

    def lapsed(self, at: datetime) -> bool:
        """Whether its hours are over, and nobody said that it may be later."""
        return self.until_at is not None and self.until_at <= at and not self.excepts(at)

    def excepts(self, at: datetime) -> bool:
        """Whether one call may still be made, whatever the hours, at this time or later."""
        return self.outside_until is not None and at < self.outside_until

    def excepted(self, at: datetime) -> bool:
        """Whether one call may be made at this time, whatever the hours."""
        return self.excepts(at) and (self.next_at is None or self.next_at <= at)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to the person, in one reservation. `first`: it was not planned before."""

    id: UUID
    planned_at: datetime
    callback_id: UUID
    contact_id: ContactId
    number: str = field(repr=False)
    first: bool


class MessageState(StrEnum):
    """Still at the carrier; sealed here; nothing was said; gone before we had it; kept for long."""

    FETCHING = "fetching"
    KEPT = "kept"
    EMPTY = "empty"
    LOST = "lost"
    SHREDDED = "shredded"


@dataclass(frozen=True, slots=True)
class VoiceMessage:
    """What a caller said after the tone. `heard_at`: when staff listened to it first."""

    id: UUID
    contact_id: ContactId
    recording_sid: str
    state: MessageState
    length_s: int
    at: datetime
    sound_id: UUID | None
    heard_at: datetime | None
    deleted_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether somebody must listen to it before anything else."""
        waiting = (MessageState.FETCHING, MessageState.KEPT)
        return self.state in waiting and self.heard_at is None


@dataclass(frozen=True, slots=True)
class MessageRules:
    """How long a message may last, and how long its sound is kept.

    `deletes`: the carrier can be told to delete what it has; otherwise its own rule must.
    """

    longest: timedelta
    keep_for: timedelta
    deletes: bool = True


@dataclass(frozen=True, slots=True)
class Spent:
    """What the last 24 hours cost: calls and minutes in all, and calls to one number."""

    calls: int
    minutes: int
    calls_to_number: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What callbacks may cost and how often somebody is tried, from the settings.

    `pauses` are the waits after the first, second, ... call that reached nobody; there is one call
    more than pauses. Missed calls of one number within `once_in` of the last promise are one.
    """

    prefixes: tuple[str, ...]
    calls_per_day: int
    minutes_per_day: int
    calls_per_number: int
    pauses: tuple[timedelta, ...]
    keep_for: timedelta
    once_in: timedelta = timedelta(minutes=10)
