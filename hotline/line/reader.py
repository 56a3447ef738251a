"""How the line is set now, for whoever answers callers: from memory, at most two seconds old."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.infra.db import Uow
from hotline.intake import hours as opening
from hotline.intake.hours import Hours, HoursProblems
from hotline.intake.queues import Door, Queues
from hotline.kernel.clock import Clock
from hotline.kernel.ids import StaffId
from hotline.line import store
from hotline.line.model import Announcement, Closing, Kind, Line, SetDoor
from hotline.line.ports import Counts
from hotline.line.store import Setting

log = structlog.get_logger(__name__)

FRESH_S: Final = 2.0


class LineReader:
    """One per process. `seed` are the hours of the file, in force until staff set others.

    `bar` says what rules out recording here, whatever staff set: *site* or *carrier*. Without
    `counts` no queue overflows by itself.
    """

    def __init__(
        self,
        seed: Hours,
        clock: Clock,
        bar: str | None = None,
        queues: Queues | None = None,
        counts: Counts | None = None,
    ) -> None:
        self.seed = seed
        self.bar = bar
        self.queues = queues or Queues.one()
        self.counts = counts
        self._clock = clock
        self._line = Line(seed)
        self._fresh_until = float("-inf")

    async def now(self, uow: Uow) -> Line:
        """The line as it is set, read anew when what is known is two seconds old.

        In the caller's unit of work: a second connection for it could wait for the first.
        """
        asked = self._clock.monotonic()
        if asked >= self._fresh_until:
            line = line_of(await store.current(uow), self.seed)
            self._line = replace(
                line,
                blocked=await store.blocked(uow),
                floods=await store.flooding(uow),
                records=line.records and self.bar is None,
                queues=self.queues,
                crowds=await self.counts.crowds(uow) if self.counts and self.queues.counted else (),
            )
            self._fresh_until = asked + FRESH_S
        return self._line

    def forget(self) -> None:
        """Something was changed here: read it anew."""
        self._fresh_until = float("-inf")


def line_of(settings: dict[Kind, Setting], seed: Hours) -> Line:
    """What the rows say; hours that cannot be read any more must not shut the line."""
    closing = _value(settings, Kind.CLOSING)
    told = _value(settings, Kind.ANNOUNCEMENT)
    return Line(
        _hours(_value(settings, Kind.HOURS), seed),
        Closing(_moment(closing["until"])) if closing.get("shut") else None,
        Announcement(told["topic"], datetime.fromisoformat(told["until"]))
        if told.get("topic")
        else None,
        records=_value(settings, Kind.RECORDING).get("on") is True,
        doors={
            queue_id: SetDoor(
                Door(each["door"]),
                _moment(each["until"]),
                StaffId(UUID(each["by"])),
                datetime.fromisoformat(each["at"]),
            )
            for queue_id, each in _value(settings, Kind.QUEUES).items()
        },
    )


def _value(settings: dict[Kind, Setting], kind: Kind) -> dict[str, Any]:
    return settings[kind].value if kind in settings else {}


def _hours(value: dict[str, Any], seed: Hours) -> Hours:
    if not value:
        return seed
    try:
        return opening.parse(value)
    except HoursProblems as error:
        log.error("line.hours_unreadable", problems=error.problems)  # noqa: TRY400 - no trace needed
        return seed


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
