"""The words of a case."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from hotline.kernel.ids import CaseId, ContactId, StaffId
from hotline.kernel.languages import Lang

REASON_LIMIT: Final = 2000
NOTE_LIMIT: Final = 4000
DUTY_PHONE: Final = "duty_phone"


class CaseKind(StrEnum):
    """What it is about."""

    DANGER = "danger"
    TRAFFICKING = "trafficking"
    CHILD = "child"
    OTHER = "other"


class Level(StrEnum):
    """How fast somebody must take it; see config/escalation.toml. Most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"

    def above(self, other: "Level") -> bool:
        """Whether this is more urgent."""
        order = list(Level)
        return order.index(self) < order.index(other)


class CaseState(StrEnum):
    """Where a case is; see machine.py for the legal moves."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class CaseResult(StrEnum):
    """How it ended."""

    HELPED = "helped"
    REFERRED = "referred"
    NOT_CONFIRMED = "not_confirmed"
    UNREACHABLE = "unreachable"


class PageState(StrEnum):
    """What became of one alert. Only messages to the duty telephone go through all of them."""

    TOLD = "told"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an operator asks for; `reason` is free words."""

    kind: CaseKind
    level: Level
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One escalation. Times are UTC by PostgreSQL's clock.

    `seniors_only`: sealed, its person is served by senior operators only, until it is closed.
    The ladder counts from `ladder_at` and stands on `step`; `next_at` is when it goes on. A case
    that becomes more urgent climbs anew: then `round` grows.
    """

    id: CaseId
    code: str
    contact_id: ContactId
    kind: CaseKind
    level: Level
    state: CaseState
    rev: int
    raised_by: StaffId
    raised_at: datetime
    owner_id: StaffId | None
    round: int
    step: int
    ladder_at: datetime
    deadline_at: datetime
    next_at: datetime
    acked_at: datetime | None = None
    acked_by: StaffId | None = None
    closed_at: datetime | None = None
    result: CaseResult | None = None
    seniors_only: bool = False
    reason_sealed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One line of a case's history. `sealed` holds a note's words."""

    id: int
    case_id: UUID
    at: datetime
    kind: str
    staff_id: UUID | None
    fields: dict[str, Any]
    sealed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One alert of one step: `target` is `staff:<id>` or `duty_phone`."""

    id: int
    case_id: UUID
    step: int
    target: str
    state: PageState
    state_at: datetime
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class DutyLine:
    """The telephone that rings when nobody took an escalation, and how it is written to.

    An attempt that was lost sight of is looked up `settle_s` after it began, never sooner than it
    could still be under way (`timeout_s`).
    """

    phone: str = field(repr=False)
    status_url: str = ""
    lang: Lang = "ru"
    validity_s: int = 3600
    timeout_s: float = 20.0
    settle_s: float = 30.0


def staff_target(staff_id: UUID) -> str:
    """A person as the target of a page."""
    return f"staff:{staff_id}"
