"""The words of the log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

Seen = tuple[datetime, UUID]


class RiskFilter(StrEnum):
    """What to look for."""

    DANGER = "danger"
    SCREENED = "screened"
    ESCALATED = "escalated"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a supervisor asks for; None asks for everything. `until` is exclusive.

    `topic` is a first-level or second-level key of the form; `intake_topics` are the choices
    before the talk that mean the same.
    """

    since: datetime | None = None
    until: datetime | None = None
    channel: str | None = None
    language: str | None = None
    topic: str | None = None
    intake_topics: tuple[str, ...] = ()
    operator_id: UUID | None = None
    risk: RiskFilter | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One contact as the view `review_log` gives it. Lengths are whole seconds."""

    id: UUID
    opened_at: datetime
    channel: str
    masked: str
    language: str | None
    intake_topic: str | None
    record_topic: str | None
    operator_id: UUID | None
    length_s: int | None
    wait_s: int | None
    kind: str | None
    outcome: str | None
    state: str
    danger: bool
    danger_now: str | None
    screening: list[str]
    case_id: UUID | None
    case_code: str | None
    case_state: str | None

    @property
    def answers(self) -> dict[str, Any]:
        """What the risk is computed from."""
        return {
            "topic": self.record_topic,
            "danger_now": self.danger_now,
            "screening": self.screening,
        }
