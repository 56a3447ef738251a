"""Queues as supervisors see them, and open, overflow or closed at one press."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.infra.db import Database
from hotline.intake import hours as opening
from hotline.intake.queues import Crowd, Door, OnShift, Queue, Queues
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.line import store
from hotline.line.model import Kind, Line, SetDoor
from hotline.line.reader import LineReader, line_of
from hotline.line.service import LineDesk
from hotline.staff.directory import Directory

_LONGEST: Final = timedelta(days=60)
_MINUTE: Final = timedelta(minutes=1)
_NO_TIME: Final = timedelta()
Words = Callable[[Queue, Door], dict[str, dict[str, str]]]


class QueueDesk:
    """`words` says what callers of a queue hear, by channel and language."""

    def __init__(
        self, db: Database, line: LineDesk, reader: LineReader, staff: Directory, words: Words
    ) -> None:
        self._db = db
        self._line = line
        self._reader = reader
        self._staff = staff
        self._words = words

    async def listed(self, actor: Actor) -> dict[str, Any]:
        """Each queue in order, as it is now; `gone`: set by hand, and no longer configured."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            self._reader.forget()
            line, now = await self._reader.now(uow), await uow.time()
            counts = self._reader.counts
            crowds = await counts.crowds(uow) if counts else ()
            people = await counts.on_shift(uow) if counts else ()
            ids = {one.staff_id for one in people} | {door.by for door in line.doors.values()}
            names = await self._staff.names(ids, uow)
        named = {str(staff_id): name for staff_id, name in names.items()}
        return {
            "queues": [
                self._queue(line, queue, line.queues.crowds(queue, crowds), people, named, now)
                for queue in line.queues.listed
            ],
            "gone": gone(line, now),
        }

    async def set(
        self, actor: Actor, queue_id: str, door: Door | None, until: datetime | None
    ) -> None:
        """Open, overflow or closed by hand until a moment, or without end; None: by rule again.

        Counts for who comes from now on. Twice is once. What was set for a queue that is
        configured no longer can only be taken away.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        try:
            await self._set(actor, queue_id, door, until)
        except Conflict:  # somebody pressed at another queue: theirs is kept, and this one with it
            await self._set(actor, queue_id, door, until)

    async def _set(
        self, actor: Actor, queue_id: str, door: Door | None, until: datetime | None
    ) -> None:
        async with self._db.uow() as uow:
            now = await uow.time()
            if until is not None and not _NO_TIME < until - now <= _LONGEST:
                raise Invalid("invalid-input", until="not-an-option")
            known = (await store.current(uow)).get(Kind.QUEUES)
            before = known.value if known else {}
            if self._reader.queues.get(queue_id) is None and (
                door is not None or queue_id not in before
            ):
                raise NotFound
            after = {one: said for one, said in before.items() if one != queue_id}
            if door is not None:
                after[queue_id] = value_of(SetDoor(door, until, actor.staff_id, now))
            if _kept(before.get(queue_id)) != _kept(after.get(queue_id)):
                made_from = known.version if known else 0
                await self._line.put(uow, actor, Kind.QUEUES, after, version=made_from)

    def _queue(
        self,
        line: Line,
        queue: Queue,
        crowds: Sequence[Crowd],
        people: Sequence[OnShift],
        names: dict[str, str],
        now: datetime,
    ) -> dict[str, Any]:
        hand = line.by_hand(queue, now)
        return {
            "id": queue.id,
            "name": dict(queue.name),
            "kinds": sorted(queue.kinds),
            "languages": sorted(queue.languages),
            "topics": sorted(queue.topics),
            "waiting_over": queue.waiting_over,
            "longest_min": queue.longest and queue.longest // _MINUTE,
            "door": line.door(queue, now),
            "hand": hand
            and {"until": hand.until, "by": names.get(str(hand.by), ""), "at": hand.at},
            "waiting": sum(crowd.count for crowd in crowds),
            "since": min((crowd.since for crowd in crowds), default=None),
            "on_shift": [
                {"name": names.get(str(one.staff_id), ""), "state": one.state}
                for one in people
                if one.serves(queue)
            ],
            "says": {door: self._words(queue, door) for door in (Door.OVERFLOW, Door.CLOSED)},
        }


def gone(line: Line, at: datetime) -> list[str]:
    """Queues that were set by hand and are configured no longer: their contacts wait elsewhere."""
    return sorted(
        queue_id
        for queue_id, said in line.doors.items()
        if line.queues.get(queue_id) is None and (said.until is None or at < said.until)
    )


async def unknown(db: Database, queues: Queues) -> list[str]:
    """The same, for whoever examines the installation."""
    async with db.reads() as uow:
        line = line_of(await store.current(uow), opening.always())
        return gone(replace(line, queues=queues), await uow.time())


async def endless(db: Database, queues: Queues) -> list[tuple[str, SetDoor]]:
    """Queues that are closed or overflow by hand without an end, each with since when."""
    async with db.reads() as uow:
        line = line_of(await store.current(uow), opening.always())
    return [
        (queue.id, said)
        for queue in queues.listed
        if (said := line.doors.get(queue.id)) and said.until is None and said.door is not Door.OPEN
    ]


def value_of(door: SetDoor) -> dict[str, Any]:
    """As it is kept among the line's settings."""
    until = door.until.isoformat() if door.until else None
    return {"door": door.door, "until": until, "by": str(door.by), "at": door.at.isoformat()}


def _kept(said: dict[str, Any] | None) -> tuple[Any, ...] | None:
    return (said["door"], said["until"]) if said else None
