"""The words of a recording."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.kernel.ids import ContactId


class State(StrEnum):
    """Where a recording is; see machine.py for the legal moves.

    *kept*: sealed with us. *destroyed*: it was, or was never fetched, and is no more. *absent*:
    nothing was recorded. *lost*: the carrier had it and has it no more. *failed*: never begun.
    """

    ASKED = "asked"
    GOING = "going"
    ENDED = "ended"
    KEPT = "kept"
    DESTROYED = "destroyed"
    ABSENT = "absent"
    LOST = "lost"
    FAILED = "failed"


class Told(StrEnum):
    """How a recording is to be, and how the carrier was last told to have it; its words."""

    ON = "in-progress"
    PAUSED = "paused"
    OFF = "stopped"


class Wish(StrEnum):
    """What an operator asks for at the desk; *refused*: the caller wants nothing kept."""

    ON = "on"
    PAUSED = "paused"
    OFF = "off"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording of one leg of a caller.

    `hushed`: the operator paused it. `quiet`: the talk is not one between caller and hotline just
    now. `over`: it is to end, and is never begun again. `discard`: nothing of it is to be fetched.
    `sid` is the carrier's name of it, `gone_at` when the carrier was seen to have it no more.
    """

    id: UUID
    contact_id: ContactId
    call_sid: str
    state: State
    sid: str | None
    told: Told | None
    hushed: bool
    quiet: bool
    over: bool
    discard: bool
    begun_at: datetime
    length_s: int | None
    sound_id: UUID | None
    kept_at: datetime | None
    gone_at: datetime | None
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A call as the telephone sees it now.

    `leg` is that of the caller, None unless it is the very call on which the notice was played.
    `together`: caller and operator hear each other. `quiet`: on hold, or others are there or on
    their way.
    """

    contact: Contact
    leg: str | None
    together: bool
    quiet: bool
