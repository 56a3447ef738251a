"""A week of the line's own zone in half hours; a day of 23 or 25 hours is as long as it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HALF_HOUR: Final = timedelta(minutes=30)
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour that begins at `at` (UTC); `half` is the local half hour of the day, 0 to 47."""

    at: datetime
    day: date
    half: int

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.at + HALF_HOUR

    @property
    def clock(self) -> str:
        """The local time, such as 08:30."""
        return f"{self.half // 2:02}:{self.half % 2 * 30:02}"


def monday(day: date) -> date:
    """The first day of the day's week."""
    return day - timedelta(days=day.weekday())


def moment(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """A local time as a moment (UTC).

    A time that the clocks jump over is counted from before the jump (02:30 is then 03:30); of one
    that comes twice, it is the first.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def midnight(zone: ZoneInfo, day: date) -> datetime:
    """When the local day begins (UTC)."""
    return moment(zone, day, time())


def slots(zone: ZoneInfo, first: date, days: int = DAYS) -> list[Slot]:
    """Every half hour from the first day's midnight, in the order they happen."""
    at, end = midnight(zone, first), midnight(zone, first + timedelta(days=days))
    found = []
    while at < end:
        local = at.astimezone(zone)
        found.append(Slot(at, local.date(), local.hour * 2 + local.minute // 30))
        at += HALF_HOUR
    return found
