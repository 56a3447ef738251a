"""The words of the line: what staff may change at once, and what follows from it for a caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.intake import hours as opening
from hotline.intake.hours import Hours
from hotline.intake.queues import Crowd, Door, Doors, Queue, Queues, overflows
from hotline.kernel.ids import StaffId


class Kind(StrEnum):
    """What is kept, each with versions of its own."""

    HOURS = "hours"
    CLOSING = "closing"
    ANNOUNCEMENT = "announcement"
    RECORDING = "recording"
    QUEUES = "queues"


@dataclass(frozen=True, slots=True)
class Closing:
    """Shut by hand; without `until` until somebody opens it."""

    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it is still in force."""
        return self.until is None or at < self.until


@dataclass(frozen=True, slots=True)
class Announcement:
    """The intake topic that many ask about today, told to who waits until a moment."""

    topic: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SetDoor:
    """A queue opened, overflowing or closed by hand, whatever its rule says, until a moment."""

    door: Door
    until: datetime | None
    by: StaffId
    at: datetime


class FloodMode(StrEnum):
    """What holds for the numbers of a prefix: they flood us, or all are let in."""

    FLOOD = "flood"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """The line as it is set now; ask it with the time, because closings and announcements end.

    `records`: talks are recorded, after the notice; never where site or carrier rule it out.
    `doors`: what was set by hand, by queue; `crowds`: who waits.
    """

    hours: Hours
    closing: Closing | None = None
    announcement: Announcement | None = None
    blocked: Mapping[bytes, datetime] = field(default_factory=dict)
    floods: Mapping[str, tuple[FloodMode, datetime]] = field(default_factory=dict)
    records: bool = False
    queues: Queues = field(default_factory=Queues.one)
    doors: Mapping[str, SetDoor] = field(default_factory=dict)
    crowds: Sequence[Crowd] = ()

    def blocks(self, address_key: bytes | None, at: datetime) -> bool:
        """Whether the number of this keyed hash is kept off the line at this moment."""
        until = self.blocked.get(address_key) if address_key is not None else None
        return until is not None and at < until

    def flood(self, prefix: str | None, at: datetime) -> FloodMode | None:
        """What holds for the numbers of a prefix at this moment."""
        mode, until = self.floods.get(prefix or "", (None, at))
        return mode if at < until else None

    def flooded(self, at: datetime) -> bool:
        """Whether any numbers flood us at this moment."""
        return any(self.flood(prefix, at) is FloodMode.FLOOD for prefix in self.floods)

    def is_open(self, at: datetime) -> bool:
        """Whether the line is answered at this moment."""
        shut = self.closing is not None and self.closing.holds(at)
        return not shut and opening.is_open(self.hours, at)

    def next_open(self, at: datetime) -> datetime | None:
        """The next moment of opening; `at` itself while open, None when nobody knows."""
        if self.closing is not None and self.closing.holds(at):
            if self.closing.until is None:
                return None
            at = self.closing.until
        return opening.next_open(self.hours, at)

    def announced(self, at: datetime) -> str | None:
        """The topic to be announced at this moment."""
        told = self.announcement
        return told.topic if told is not None and at < told.until else None

    def by_hand(self, queue: Queue, at: datetime) -> SetDoor | None:
        """What somebody set for a queue, while it holds."""
        found = self.doors.get(queue.id)
        return found if found and (found.until is None or at < found.until) else None

    def door(self, queue: Queue, at: datetime) -> Door:
        """How a queue takes new contacts at this moment: as somebody set it, else by its rule."""
        if (found := self.by_hand(queue, at)) is not None:
            return found.door
        full = overflows(queue, self.queues.crowds(queue, self.crowds), at)
        return Door.OVERFLOW if full else Door.OPEN

    def doors_at(self, at: datetime) -> Doors:
        """What the intake asks before somebody joins a queue."""
        listed = self.queues.listed
        return Doors(self.queues, {queue.id: self.door(queue, at) for queue in listed})
