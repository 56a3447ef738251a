"""Numbers that staff keep off the line for a time. Danger gets through all the same."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.model import Channel
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Invalid, NotFound
from hotline.kernel.ids import new_id
from hotline.kernel.phone import parse
from hotline.line import store
from hotline.line.reader import LineReader

_LONGEST: Final = timedelta(days=30)
_NO_TIME: Final = timedelta()


class Blocks:
    """Every block has a reason and an end, and any of those who may set one may lift it."""

    def __init__(
        self, db: Database, vault: Vault, audit: Audit, contacts: Contacts, reader: LineReader
    ) -> None:
        self._db = db
        self._vault = vault
        self._audit = audit
        self._contacts = contacts
        self._reader = reader

    async def listed(self, actor: Actor) -> list[dict[str, Any]]:
        """The blocks in force, the newest first; numbers are masked."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            found = await store.blocks(uow)
        return [
            {
                "id": block.id,
                "masked": block.masked,
                "until": block.until,
                "reason": self._vault.open(block.reason_sealed, aad=_aad(block.id)),
                "by": block.made_by,
                "at": block.made_at,
            }
            for block in found
        ]

    async def block_number(self, actor: Actor, number: str, until: datetime, reason: str) -> None:
        """Keep a number off the line. Raises Invalid for what is no full number."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        read = parse(number)
        if read.e164 is None:
            raise Invalid("invalid-input", number="not-an-option")
        index = self._contacts.index(Channel.VOICE, read.e164)
        async with self._db.uow() as uow:
            await self._block(uow, actor, index, read.masked, until, reason)

    async def block_caller(self, actor: Actor, contact: UUID, until: datetime, reason: str) -> None:
        """Keep the number of a call off the line, without anybody seeing it.

        Raises Invalid for a chat and for a hidden number, which nothing tells from another.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.uow() as uow:
            found = await self._contacts.get(uow, contact)
            index, masked = await self._contacts.address(uow, found)
            if found.channel != Channel.VOICE or index is None:
                raise Invalid("invalid-input", contact="not-an-option")
            await self._block(uow, actor, index, masked, until, reason)

    async def lift(self, actor: Actor, block_id: UUID) -> None:
        """Let the number in again, at once. Raises NotFound when the block is over."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.uow() as uow:
            if not await store.lift(uow, block_id, actor.staff_id):
                raise NotFound
            await self._record(uow, actor, block_id)

    async def _block(
        self, uow: Uow, actor: Actor, index: bytes, masked: str, until: datetime, reason: str
    ) -> None:
        if not _NO_TIME < until - await uow.time() <= _LONGEST:
            raise Invalid("invalid-input", until="not-an-option")
        block_id = new_id()
        sealed = self._vault.seal(reason, aad=_aad(block_id))
        await store.block(uow, block_id, index, masked, until, sealed, actor.staff_id)
        await self._record(uow, actor, block_id)

    async def _record(self, uow: Uow, actor: Actor, block_id: UUID) -> None:
        await self._audit.record(
            uow,
            actor,
            Tag.LINE_CHANGED,
            object_type="line",
            object_id=block_id,
            groups=["line.block"],
        )
        uow.after_commit(self._reader.forget)


def _aad(block_id: UUID) -> str:
    return f"line_block|{block_id}|reason_sealed"
