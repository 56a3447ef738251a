"""The one place that knows the time, so that tests can own it."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What code that measures or stamps takes instead of asking the system."""

    def now(self) -> datetime:
        """Wall time, aware, in UTC. Business deadlines use PostgreSQL's clock instead."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump; only differences mean something."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Wall time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment."""
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._ticks = 0.0

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self._now

    def monotonic(self) -> float:
        """Seconds it was moved by, in all."""
        return self._ticks

    def advance(self, step: timedelta) -> None:
        """Move on; never back."""
        self._now += step
        self._ticks += step.total_seconds()


def face(minutes: int) -> str:
    """Minutes after midnight as a clock shows them: `08:30`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
