"""The load of the past, for whoever plans: what came when, how long it took, who gave up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.contacts import loadstore
from hotline.infra.db import Uow

LONGEST_HANDLING: Final = timedelta(hours=4)
"""What took longer was left open, not worked on; it counts as this."""
LONGEST_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Contacts of one local half hour (0 to 47); `kind` is *call* or *chat*."""

    day: date
    half: int
    kind: str
    language: str | None
    n: int


@dataclass(frozen=True, slots=True)
class Handled:
    """How many were finished, and the mean seconds from the first word to the record's end."""

    kind: str
    language: str | None
    n: int
    mean_s: float


@dataclass(frozen=True, slots=True)
class Past:
    """Numbers only, of nobody. `gone` callers gave up; all together waited `waited_s`."""

    arrived: tuple[Arrived, ...]
    handled: tuple[Handled, ...]
    gone: int
    waited_s: float


async def past(uow: Uow, since: datetime, until: datetime, zone: ZoneInfo) -> Past:
    """The load between two moments; days and half hours are those of the zone."""
    gone, waited_s = await loadstore.patience(uow, since, until, LONGEST_WAIT)
    return Past(
        tuple(Arrived(**row) for row in await loadstore.arrived(uow, since, until, zone.key)),
        tuple(
            Handled(**row) for row in await loadstore.handled(uow, since, until, LONGEST_HANDLING)
        ),
        gone,
        waited_s,
    )
