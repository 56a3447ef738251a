"""What of the line is shut by hand: on every desk, for what is forgotten costs callers."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from hotline.access.model import Actor
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.intake.queues import Door, Queue
from hotline.kernel.ids import StaffId
from hotline.line import store
from hotline.line.events import LineShut
from hotline.line.model import Kind
from hotline.line.reader import LineReader, line_of
from hotline.staff.directory import Directory

KIND: Final = "line.shut"


class Shut:
    """The console's `SnapshotPart`, and what desks are told when it changes."""

    def __init__(self, db: Database, reader: LineReader, staff: Directory, live: Live) -> None:
        self._db = db
        self._reader = reader
        self._staff = staff
        self._live = live

    async def snapshot(self, uow: Uow, _actor: Actor) -> dict[str, Any]:
        """The line and each queue that takes fewer than its rule would, until when, by whom.

        Each `{queue, name, door, until, by, at}`; without `queue` it is the whole line.
        """
        settings, now = await store.current(uow), await uow.time()
        line = replace(line_of(settings, self._reader.seed), queues=self._reader.queues)
        found: list[dict[str, Any]] = []
        if line.closing is not None and line.closing.holds(now):
            known = settings[Kind.CLOSING]
            found.append(_one(None, Door.CLOSED, line.closing.until, known.set_by, known.set_at))
        for queue in line.queues.listed:
            hand = line.by_hand(queue, now)
            if hand is not None and hand.door is not Door.OPEN:
                found.append(_one(queue, hand.door, hand.until, hand.by, hand.at))
        names = await self._staff.names({one["by"] for one in found}, uow) if found else {}
        return {"shut": [one | {"by": names.get(one["by"], "")} for one in found]}

    async def live_shut(self, _hint: dict[str, Any], actor: Actor) -> dict[str, Any]:
        """The same, as a live event; read when it is delivered."""
        async with self._db.reads() as uow:
            return await self.snapshot(uow, actor)

    async def changed(self, _event: LineShut, _job: JobContext) -> None:
        """Every desk shows it, or no longer."""
        await self._live.tell(LiveEvent(KIND, "all", KIND, {}))


def _one(
    queue: Queue | None, door: Door, until: datetime | None, by: StaffId, at: datetime
) -> dict[str, Any]:
    names = dict(queue.name) if queue else None
    queue_id = queue.id if queue else None
    return {"queue": queue_id, "name": names, "door": door, "until": until, "by": by, "at": at}
