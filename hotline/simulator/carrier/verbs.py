"""TwiML as typed verbs: what a document can say, after it has been read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Play:
    """An audio file, or ``digits``: key tones instead of it. ``loop`` 0 means without end."""

    url: str
    loop: int
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Synthesised speech."""

    text: str
    loop: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    length_s: float


Prompt: TypeAlias = Play | Say | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """Keys from the caller, with prompts that the first key cuts off.

    Not ``keys``: words are listened to, and nobody here says any.
    """

    prompts: tuple[Prompt, ...]
    num_digits: int | None
    timeout_s: float
    finish_on_key: str
    action: str | None
    method: str
    action_on_empty: bool
    keys: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer; ``reason`` is ``rejected`` or ``busy``."""

    reason: str


@dataclass(frozen=True, slots=True)
class StatusHook:
    """Where events go; ``events`` as written in the attribute."""

    url: str | None
    method: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Take a message, after a tone if it is to ``beep``, without the silence if to be trimmed."""

    action: str | None
    method: str
    timeout_s: float
    max_length_s: float
    finish_on_key: str
    hook: StatusHook
    beep: bool
    trim: bool


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What a document holds that its carrier finds out only on arriving there."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Detection:
    """Find out whether a person or a machine answered; wait for the message of a machine to end?

    ``apart``: the call goes on meanwhile, and the result goes to ``url``.
    """

    to_the_end: bool
    timeout_s: float
    apart: bool
    url: str | None


class Via(StrEnum):
    """How a dialled party is reached."""

    NUMBER = "Number"
    CLIENT = "Client"
    SIP = "Sip"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to ring; ``whisper`` is run on their side before they are joined."""

    via: Via
    address: str
    whisper: str | None
    method: str
    hook: StatusHook
    digits: str = ""
    """Key tones sent as soon as they answer."""
    detection: Detection | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A conference to enter, and how."""

    name: str
    muted: bool
    start_on_enter: bool
    end_on_exit: bool
    label: str
    coach: str | None
    max_participants: int
    wait_url: str | None
    """None: the carrier's own music; empty: silence."""
    wait_method: str
    hook: StatusHook
    recording: StatusHook | None = None
    """None: it is not recorded."""
    beep: str = "true"
    """Who else hears a tone: ``true`` when this one comes and goes, ``onEnter``, ``onExit``."""


@dataclass(frozen=True, slots=True)
class FromQueue:
    """Whoever waits first in a queue; ``url`` is run on their side before they are joined."""

    name: str
    url: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Join the caller with parties (first answer wins), a room, or the first of a queue."""

    parties: tuple[Party, ...]
    room: Room | None
    queue: FromQueue | None
    action: str | None
    method: str
    timeout_s: float
    time_limit_s: float
    caller_id: str | None
    answer_on_bridge: bool
    hangup_on_star: bool
    recording: StatusHook | None
    """None: it is not recorded."""


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Wait in a queue of the carrier."""

    name: str
    action: str | None
    method: str
    wait_url: str | None
    """None: the carrier's own music."""
    wait_method: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the queue whose waiting document this is."""


Verb: TypeAlias = (
    Play
    | Say
    | Pause
    | Gather
    | Redirect
    | Hangup
    | Reject
    | Record
    | Dial
    | Enqueue
    | Leave
    | Unreadable
)
