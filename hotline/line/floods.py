"""Prefixes whose numbers flood us: counted by the telephone, and overruled by people.

A prefix is a number without its last five digits; 100,000 numbers share one, so it names nobody.
"""

import re
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.kernel.errors import Invalid, NotFound
from hotline.kernel.ids import new_id
from hotline.kernel.phone import HIDDEN, parse
from hotline.line import store
from hotline.line.events import FloodChanged
from hotline.line.model import FloodMode
from hotline.line.reader import LineReader

OVER: Final = "line.flood_over"
_PREFIX: Final = re.compile(rf"\+[1-9][0-9]{{3,9}}|{HIDDEN}")
_LONGEST: Final = timedelta(days=3)
_NO_TIME: Final = timedelta()
# By then whoever was put behind in its last moment is in the queue.
_SETTLED: Final = timedelta(seconds=5)


class Floods:
    """What holds for the numbers of a prefix. A person's word stands until its end."""

    def __init__(self, db: Database, vault: Vault, audit: Audit, reader: LineReader) -> None:
        self._db = db
        self._vault = vault
        self._audit = audit
        self._reader = reader

    async def listed(self, actor: Actor) -> list[dict[str, Any]]:
        """What is in force, the newest first; `by` is None where it was counted."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            found = await store.floods(uow)
        return [
            {
                "prefix": flood.prefix,
                "mode": flood.mode,
                "since": flood.since,
                "until": flood.until,
                "reason": self._reason(flood),
                "by": flood.set_by,
            }
            for flood in found
        ]

    async def set(
        self, actor: Actor, prefix: str, mode: FloodMode, until: datetime, reason: str
    ) -> None:
        """Say what holds for a prefix, or for that of a full number. Raises Invalid."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        number = parse(prefix)
        known = number.prefix if number.e164 is not None else prefix
        if known is None or not _PREFIX.fullmatch(known):
            raise Invalid("invalid-input", prefix="not-an-option")
        flood_id = new_id()
        sealed = self._vault.seal(reason, aad=_aad(flood_id))
        async with self._db.uow() as uow:
            if not _NO_TIME < until - await uow.time() <= _LONGEST:
                raise Invalid("invalid-input", until="not-an-option")
            await store.set_flood(uow, known, mode, until, sealed, actor.staff_id, flood_id)
            await self._changed(uow, actor, flood_id, known, flood=mode is FloodMode.FLOOD)
            if mode is FloodMode.FLOOD:
                _await_end(uow, flood_id, known, until)

    async def end(self, actor: Actor, prefix: str) -> None:
        """Let only what is counted hold. Raises NotFound when nothing was in force."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.uow() as uow:
            ended = await store.end_flood(uow, prefix)
            if ended is None:
                raise NotFound
            await self._changed(uow, actor, ended, prefix, flood=False)

    async def over(self, payload: dict[str, Any], _job: JobContext) -> None:
        """When a flood ends by itself, who was set back for it is not any more."""
        async with self._db.uow() as uow:
            left = await store.flood_left(uow, UUID(payload["flood"]))
            if left is None:
                return
            if left > _NO_TIME:
                raise Later((left + _SETTLED).total_seconds())
            uow.publish(FloodChanged(prefix=payload["prefix"], flood=False))

    async def _changed(
        self, uow: Uow, actor: Actor, flood_id: UUID, prefix: str, *, flood: bool
    ) -> None:
        await self._audit.record(
            uow,
            actor,
            Tag.LINE_CHANGED,
            object_type="line",
            object_id=flood_id,
            groups=["line.flood"],
        )
        uow.publish(FloodChanged(prefix=prefix, flood=flood))
        uow.after_commit(self._reader.forget)

    def _reason(self, flood: store.Flood) -> str | None:
        sealed = flood.reason_sealed
        return self._vault.open(sealed, aad=_aad(flood.id)) if sealed else None


async def counted(uow: Uow, prefix: str, lasts: timedelta) -> None:
    """The telephone has more calls from a prefix than it may: it floods us for a while."""
    flood_id = await store.count_flood(uow, prefix, lasts)
    if flood_id is not None:
        uow.publish(FloodChanged(prefix=prefix, flood=True))
        _await_end(uow, flood_id, prefix, await uow.time() + lasts)


def _await_end(uow: Uow, flood_id: UUID, prefix: str, until: datetime) -> None:
    payload = {"flood": str(flood_id), "prefix": prefix}
    uow.enqueue(OVER, payload, lane=f"{OVER}:{flood_id}", run_at=until + _SETTLED)


def _aad(flood_id: UUID) -> str:
    return f"line_flood|{flood_id}|reason_sealed"
