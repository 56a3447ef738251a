"""What is known of a contact, for whoever has it in hand: nothing should be asked twice."""

from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.consultations.ports import Cards
from hotline.contacts.model import EarlierContact, TimelineEntry
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import allows
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.staff.directory import Directory

Json = dict[str, Any]


class ContactPage:
    """Card, timeline, answers of the intake and earlier contacts."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        audit: Audit,
        staff: Directory,
        cards: Cards,
        safe: SafeContact,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._staff = staff
        self._cards = cards
        self._safe = safe

    async def read(self, actor: Actor, contact_id: UUID) -> Json:
        """The page. One's own contact is read freely; another's goes on record."""
        require(actor, Permission.CONTACT_OWN_READ)
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
            if contact.operator_id != actor.staff_id:
                await self._audit.record(
                    uow, actor, Tag.CONTACT_READ, object_type="contact", object_id=contact_id
                )
            known = await self._safe.of(uow, contact.caller_id)
            earlier = await self._contacts.earlier(uow, contact)
            return {
                "card": await self._cards.card(uow, contact_id, actor),
                "timeline": await self.timeline(uow, contact_id),
                "answers": {
                    "language": contact.language,
                    "topic": contact.topic,
                    "danger": contact.danger,
                },
                "channel_safe": known is None or allows(known, contact.channel),
                "history": [_earlier_json(one) for one in earlier],
            }

    async def card(self, actor: Actor, contact_id: UUID) -> Json:
        """The card after a change; who may see it was decided by the change."""
        async with self._db.uow() as uow:
            return await self._cards.card(uow, contact_id, actor)

    async def timeline(self, uow: Uow, contact_id: UUID) -> list[Json]:
        """What happened, oldest first, with the names of staff."""
        entries = await self._contacts.timeline(uow, contact_id)
        names = await self._staff.names({e.staff_id for e in entries if e.staff_id}, uow)
        return [_entry_json(entry, names) for entry in entries]

    async def names(self, *staff_ids: UUID) -> dict[UUID, str]:
        """Names of staff by id."""
        return await self._staff.names(staff_ids)


def _entry_json(entry: TimelineEntry, names: dict[UUID, str]) -> Json:
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind,
        "staff": names.get(entry.staff_id) if entry.staff_id else None,
        "fields": entry.fields,
    }


def _earlier_json(one: EarlierContact) -> Json:
    return {
        "id": one.id,
        "at": one.at,
        "channel": one.channel,
        "topic": one.topic,
        "outcome": one.outcome,
    }
