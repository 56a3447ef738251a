"""The words of the roster: planned shifts, absences, swaps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from hotline.kernel.ids import StaffId

LONG: Final = timedelta(hours=8)
"""Longer ones are warned of: four to eight hours are usual (Helplines Partnership, 2015)."""
LONGEST_ABSENCE: Final = timedelta(days=366)
NEAR: Final = timedelta(days=400)
"""Nobody plans further away than this, back or ahead: a slip of the hand."""


class AbsenceState(StrEnum):
    """What became of an absence that was asked for."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SwapState(StrEnum):
    """What became of a shift that was offered; *lapsed*: the shift changed or went meanwhile."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another (UTC); the end is not included."""

    begins_at: datetime
    ends_at: datetime

    def covers(self, begin: datetime, end: datetime) -> bool:
        """Whether it holds all of this."""
        return self.begins_at <= begin and end <= self.ends_at

    def meets(self, begin: datetime, end: datetime) -> bool:
        """Whether it shares any time with this."""
        return self.begins_at < end and begin < self.ends_at


@dataclass(frozen=True, slots=True)
class Planned(Span):
    """A planned shift; `rev` grows with every change."""

    id: UUID
    staff_id: StaffId
    rev: int


@dataclass(frozen=True, slots=True)
class Absence(Span):
    """Somebody is not there. Why is told to the supervisor, and stored nowhere."""

    id: UUID
    staff_id: StaffId
    state: AbsenceState


@dataclass(frozen=True, slots=True)
class Swap:
    """A planned shift that its owner offers to a colleague, or to anyone (`offered_to` None)."""

    id: UUID
    shift_id: UUID
    offered_by: StaffId
    offered_to: StaffId | None
    taken_by: StaffId | None
    state: SwapState
