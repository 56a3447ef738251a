"""The safe-contact record of a caller: read by who is about to reach them, each time on record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts import safety, safetystore
from hotline.contacts.model import Contact
from hotline.contacts.safety import Safety
from hotline.contacts.service import Contacts
from hotline.contacts.zones import Zone
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid
from hotline.kernel.ids import CallerId

Json = dict[str, Any]


class SafeContact:
    """Who may read a contact may read its caller's record; `zones` are those to choose from."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        contacts: Contacts,
        audit: Audit,
        zones: Sequence[Zone],
    ) -> None:
        self._db = db
        self._vault = vault
        self._contacts = contacts
        self._audit = audit
        self._zones = tuple(zones)

    async def of(self, uow: Uow, caller_id: CallerId) -> Safety | None:
        """What protects a caller, for the house itself; None when nobody asked them."""
        row = await safetystore.of(uow, caller_id)
        return self._opened(caller_id, row.sealed) if row else None

    async def among(self, uow: Uow, caller_ids: Sequence[CallerId]) -> dict[CallerId, Safety]:
        """The same of each caller who was asked."""
        found = await safetystore.among(uow, caller_ids)
        return {CallerId(one): self._opened(CallerId(one), sealed) for one, sealed in found}

    async def exists(self, uow: Uow, caller_id: CallerId) -> bool:
        """Whether there is a record, without opening it."""
        return await safetystore.exists(uow, caller_id)

    async def read(self, actor: Actor, contact_id: UUID) -> Json:
        """The record of a contact's caller, all of it, and the zones that can be chosen."""
        require(actor, Permission.CONTACT_SAFETY_READ)
        async with self._db.uow() as uow:
            contact = await self._allowed(uow, actor, contact_id)
            await self._noted(uow, actor, Tag.SAFETY_READ, contact)
            return await self._shown(uow, contact)

    async def write(self, actor: Actor, contact_id: UUID, rev: int, wanted: Safety) -> Json:
        """Write the record over revision `rev` (0: the first). Raises Conflict, Invalid."""
        require(actor, Permission.CONTACT_SAFETY_EDIT)
        if wanted.zone not in {zone.key for zone in self._zones}:
            code = "invalid"
            raise Invalid(code, zone="not-an-option")
        async with self._db.uow() as uow:
            contact = await self._allowed(uow, actor, contact_id)
            sealed = self._sealed(contact.caller_id, wanted)
            if not await safetystore.save(uow, contact.caller_id, sealed, actor.staff_id, rev):
                code = "conflict"
                raise Conflict(code)
            await self._contacts.note(uow, contact.id, "safety_changed", actor.staff_id)
            await self._noted(uow, actor, Tag.SAFETY_CHANGED, contact)
            return await self._shown(uow, contact)

    async def carry(self, uow: Uow, caller_id: CallerId, other: CallerId) -> None:
        """The same person at another number, which has no record of its own: theirs goes along."""
        known = await self.of(uow, caller_id)
        if known is not None and caller_id != other:
            await safetystore.save(uow, other, self._sealed(other, known), None, 0)

    async def wrong(self, uow: Uow, actor: Actor, contact: Contact) -> None:
        """Somebody else answered: said on the record until it is written anew."""
        await safetystore.wrong(uow, contact.caller_id, self._sealed(contact.caller_id, Safety()))
        await self._noted(uow, actor, Tag.WRONG_ANSWER, contact)

    async def _allowed(self, uow: Uow, actor: Actor, contact_id: UUID) -> Contact:
        contact = await self._contacts.get(uow, contact_id)
        own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
        return contact

    async def _shown(self, uow: Uow, contact: Contact) -> Json:
        row = await safetystore.of(uow, contact.caller_id)
        now = await uow.time()
        found = self._opened(contact.caller_id, row.sealed) if row else Safety()
        return {
            "safety": safety.to_json(found),
            "rev": row.rev if row else 0,
            "asked_at": row.asked_at if row else None,
            "stale": row is not None and now - row.asked_at > safety.STALE_AFTER,
            "wrong_at": row.wrong_at if row else None,
            "safe_now": safety.safe_at(found, now) and not found.never,
            "next_safe": safety.next_safe(found, now),
            "zones": [_zone_json(zone, now) for zone in self._zones],
        }

    def _sealed(self, caller_id: CallerId, value: Safety) -> bytes:
        return self._vault.seal_json(safety.to_json(value), aad=_aad(caller_id))

    def _opened(self, caller_id: CallerId, sealed: bytes) -> Safety:
        return safety.from_json(self._vault.open_json(sealed, aad=_aad(caller_id)))

    async def _noted(self, uow: Uow, actor: Actor, tag: Tag, contact: Contact) -> None:
        await self._audit.record(
            uow, actor, tag, object_type="contact", object_id=contact.id, groups=["safety"]
        )


def _zone_json(zone: Zone, now: datetime) -> Json:
    """With what its clocks show now, as `+06:00`."""
    offset = now.astimezone(ZoneInfo(zone.key)).isoformat()[-6:]
    return {"key": zone.key, "labels": zone.labels, "offset": offset}


def _aad(caller_id: CallerId) -> str:
    return f"caller_safety|{caller_id}|sealed"
