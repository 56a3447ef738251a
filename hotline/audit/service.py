"""The record's verbs: put on record, tie together, check, read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

import structlog

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit import chain, store
from hotline.audit.model import ChainReport, Entry, Head
from hotline.audit.tags import Tag
from hotline.infra.db import Database, Uow

log = structlog.get_logger(__name__)

Outcome = Literal["ok", "denied", "failed"]

_BATCH: Final = 500
_CHECK_BATCH: Final = 2000
_LAST: Final = 2**63 - 1
PAGE: Final = 100

# Names and codes of the house, never words of a person: no spaces, no plus, no long numbers.
_WORD: Final = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_LONG_NUMBER: Final = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader of the record asks for; None asks for everything."""

    actor_id: UUID | None = None
    object_type: str | None = None
    object_id: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first; `next` continues, None says there are no more."""

    entries: list[Entry]
    next: int | None


class Audit:
    """Append-only. `mac` is the keyed hash of the chain; nothing else may use its key."""

    def __init__(self, db: Database, mac: Callable[[bytes], bytes]) -> None:
        self._db = db
        self._mac = mac

    async def record(
        self,
        uow: Uow,
        actor: Actor | None,
        tag: Tag,
        *,
        object_type: str,
        object_id: UUID | int | None,
        groups: Sequence[str] = (),
        outcome: Outcome = "ok",
    ) -> None:
        """Put on record in the caller's transaction: without this row the act did not happen.

        `actor` is None when the house acts by itself. `groups` name the field groups that were
        read or changed, such as "contact.number"; a ValueError says that one is not a name.
        """
        for word in (object_type, *groups):
            if not _WORD.fullmatch(word) or _LONG_NUMBER.search(word):
                raise ValueError("audit words are names of the house, not content")
        await store.insert(
            uow,
            actor_id=actor.staff_id if actor is not None else None,
            tag=tag.value,
            object_type=object_type,
            object_id=str(object_id) if object_id is not None else None,
            groups=groups,
            outcome=outcome,
        )

    async def denied(self, actor: Actor, object_type: str, object_id: UUID | None = None) -> None:
        """Put a refusal on record, in a transaction of its own: the refused one was rolled back."""
        async with self._db.uow() as uow:
            await self.record(
                uow,
                actor,
                Tag.ACCESS_DENIED,
                object_type=object_type,
                object_id=object_id,
                outcome="denied",
            )

    async def seal(self) -> int:
        """Tie committed entries to the chain; how many. Several may call at once, one does it.

        An entry that commits late gets a later place: order in the chain is order of becoming
        visible, at most one run behind.
        """
        sealed = 0
        while True:
            async with self._db.uow() as uow:
                if not await store.try_linker_lock(uow):
                    return sealed
                count = await self._seal_batch(uow)
            sealed += count
            if count < _BATCH:
                return sealed

    async def _seal_batch(self, uow: Uow) -> int:
        entries = await store.unlinked(uow, _BATCH)
        if not entries:
            return 0
        head = await store.head(uow)
        links = []
        for entry in entries:
            links.append(chain.link(entry, head, self._mac))
            head = chain.head_of(links[-1])
        await store.store_links(uow, links)
        return len(links)

    async def verify(self) -> ChainReport:
        """Check every link from the first on, and keep what was found for the screen.

        The head is written to the log, so that a log kept on another machine bears witness.
        """
        async with self._db.uow() as uow:
            end, last = await store.ends(uow)
        report = await self._walk(end, last)
        async with self._db.uow() as uow:
            await store.keep_check(uow, report)
        if report.ok:
            log.info("audit.chain_holds", checked=report.checked, head=end.mac.hex())
        else:
            log.critical("audit.chain_broken", broken_at=report.broken_at, why=report.why)
        return report

    async def _walk(self, end: Head, last: int) -> ChainReport:
        at, why = chain.START, None
        while why is None and at.number < last:
            async with self._db.uow() as uow:
                rows = await store.linked(uow, at.number, last, _CHECK_BATCH)
            if not rows:
                break
            at, why = chain.follow(rows, at, self._mac)
        if why is None and (at != end or at.number != last):
            why = "head"
        if why is not None:
            return ChainReport(ok=False, checked=at.number, broken_at=at.number + 1, why=why)
        return ChainReport(ok=True, checked=at.number)

    async def read(self, actor: Actor, wanted: Filter, *, before: int | None = None) -> Page:
        """A page of the record. Reading it is on record too."""
        require(actor, Permission.AUDIT_LOG_READ)
        async with self._db.uow() as uow:
            found = await store.page(
                uow,
                before=_LAST if before is None else before,
                actor_id=wanted.actor_id,
                object_type=wanted.object_type,
                object_id=wanted.object_id,
                tag=wanted.tag,
                limit=PAGE + 1,
            )
            await self.record(
                uow, actor, Tag.AUDIT_LOG_READ, object_type="audit", object_id=wanted.actor_id
            )
        entries = found[:PAGE]
        return Page(entries, entries[-1].id if len(found) > PAGE else None)

    async def state(self, actor: Actor) -> ChainReport:
        """What the last check found; makes the first one if there was none."""
        require(actor, Permission.AUDIT_LOG_READ)
        async with self._db.uow() as uow:
            last = await store.last_check(uow)
        return last or await self.verify()
