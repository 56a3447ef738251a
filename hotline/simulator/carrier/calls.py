"""A call leg: its facts, its state and the orders it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from hotline.simulator.carrier.ear import Ear
from hotline.simulator.carrier.verbs import Detection, Room


class Status(StrEnum):
    """Call states as on the wire."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


FINAL = frozenset({Status.COMPLETED, Status.BUSY, Status.FAILED, Status.NO_ANSWER, Status.CANCELED})


class Direction(StrEnum):
    """Who made the leg."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_DIAL = "outbound-dial"


@dataclass(frozen=True, slots=True)
class Script:
    """What a leg does next: fetch a document, run an inline one, or enter a room."""

    url: str = ""
    method: str = "POST"
    twiml: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    fallback_url: str = ""
    fallback_method: str = "POST"
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Where progress is reported; ``events`` of initiated, ringing, answered, completed."""

    url: str = ""
    method: str = "POST"
    events: tuple[str, ...] = ("completed",)


@dataclass(frozen=True, slots=True)
class GoTo:
    """Order: leave everything and run this."""

    script: Script


@dataclass(frozen=True, slots=True)
class End:
    """Order: end. ``unanswered`` is the final state if nobody had answered yet."""

    unanswered: Status = Status.CANCELED


Order: TypeAlias = GoTo | End


@dataclass(slots=True, eq=False)
class Call:
    """One leg. ``over`` is set when it has ended; ``keys`` are the keys the person presses."""

    sid: str
    account_sid: str
    origin: str
    to: str
    direction: Direction
    ear: Ear
    created: datetime
    callbacks: Callbacks = field(default_factory=Callbacks)
    parent_sid: str | None = None
    status: Status = Status.QUEUED
    verdict: Status = Status.COMPLETED
    """The final state once the leg's work ends."""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    answered_instant: float | None = None
    duration_s: int = 0
    answered_by: str | None = None
    detection: Detection | None = None
    tones: str = ""
    """Keys pressed for the caller as soon as this leg is answered."""
    lost: bool = False
    """Nothing is heard of it any more, and it is not known to have ended."""
    forwarded_from: str | None = None
    identity: dict[str, str] = field(default_factory=dict)
    """Fields sent with every request of this leg (ApplicationSid of a softphone)."""
    keys: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    orders: asyncio.Queue[Order] = field(default_factory=asyncio.Queue)
    decided: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the person rung by hand has decided; ``accepted`` says how."""
    accepted: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    recorded: dict[str, str] = field(default_factory=dict)
    """What the last report says of the recording that was asked for with the call."""
    departure: str = "participant_hung_up"
    """Why the leg leaves the room it is in, if it leaves now."""
    last_words: Script | None = None
    """Requested after the leg has ended: the action of the Dial it was in."""
    waits: bool = False
    """In a queue, where a document may not do everything."""
    speaks_until: float | None = None
    """The instant at which the person falls silent; None: they have not said that they speak."""
    sequence: int = 0
    updated: datetime | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        """Say whether the leg has ended."""
        return self.status in FINAL

    @property
    def live(self) -> bool:
        """Say whether the leg is answered and not ended."""
        return self.status is Status.IN_PROGRESS

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.keys.put_nowait(key)

    def decide(self, *, accept: bool) -> None:
        """Take or refuse the call that rings here."""
        self.accepted = accept
        self.decided.set()

    def forget_keys(self) -> None:
        """Drop keys that were pressed while nobody listened."""
        while not self.keys.empty():
            self.keys.get_nowait()


class CallOver(Exception):  # noqa: N818 - control flow, as StopIteration
    """Raised by a verb that ends the leg; ``verdict`` is the final state."""

    def __init__(self, verdict: Status = Status.COMPLETED) -> None:
        super().__init__(verdict)
        self.verdict = verdict
