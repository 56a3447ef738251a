"""Who looks at a file of a chat: by right, by a ticket of one's own, and on record each time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import attachmentstore, store
from hotline.chat.attachments import type_of
from hotline.chat.model import Attachment, FileState
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.blobs import Blob, Blobs
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.scrub import OPAQUE
from hotline.infra.tickets import Tickets
from hotline.kernel.errors import Forbidden, NotFound

_TICKET_LIVES: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Content:
    """What a ticket opens: the stored bytes, their declared type, a name that says nothing."""

    blob: Blob
    media_type: str
    name: str


class Reading:
    """Files as staff meet them: who reads the conversation, reads its files.

    That is its operator, whoever has another contact of the same person in hand, and who may read
    all content.
    """

    def __init__(
        self, db: Database, vault: Vault, contacts: Contacts, blobs: Blobs, audit: Audit
    ) -> None:
        self._db = db
        self._tickets = Tickets(vault, "file", _TICKET_LIVES)
        self._contacts = contacts
        self._blobs = blobs
        self._audit = audit

    async def ticket(self, actor: Actor, attachment_id: UUID) -> dict[str, Any]:
        """The address of the content for this person and a while, and of a voice its shape.

        On record. Raises NotFound for what is not theirs, or not here.
        """
        async with self._db.uow() as uow:
            contact_id, one = await self._theirs(uow, actor, attachment_id)
            blob = await self._blob(uow, one)
            await self._audit.record(
                uow, actor, Tag.FILE_READ, object_type="contact", object_id=contact_id
            )
            ticket = self._tickets.give(actor.staff_id, attachment_id, await uow.time())
        return {
            "url": f"/api/files/{attachment_id}/content?t={ticket}",
            "duration_s": (blob.duration_ms or 0) / 1000,
            "peaks": list(blob.peaks or b""),
        }

    async def content(self, actor: Actor, attachment_id: UUID, ticket: str) -> Content:
        """What there is. Raises NotFound without a ticket that is theirs and new."""
        async with self._db.reads() as uow:
            self._tickets.check(actor.staff_id, attachment_id, ticket, await uow.time())
            _, one = await self._theirs(uow, actor, attachment_id)
            blob = await self._blob(uow, one)
        about = type_of(one)
        declared = about if about.shown != OPAQUE.shown else OPAQUE
        name = f"file-{one.message_id}.{about.ending}"
        return Content(blob, declared.media_type, name)

    def read(self, content: Content, start: int, stop: int) -> AsyncIterator[bytes]:
        """Its bytes from `start` up to but not including `stop`."""
        return self._blobs.read(content.blob.id, start, stop)

    async def _theirs(self, uow: Uow, actor: Actor, attachment_id: UUID) -> tuple[UUID, Attachment]:
        one = await attachmentstore.get(uow, attachment_id)
        message = await store.message(uow, one.message_id) if one is not None else None
        if one is None or message is None:
            raise NotFound
        contact = await self._contacts.get(uow, message.contact_id)
        own = actor.staff_id == contact.operator_id
        if not (own or allow(actor, Permission.CONTACT_RECORD_READ)):
            await self._in_hand(uow, actor, contact)
        return contact.id, one

    async def _in_hand(self, uow: Uow, actor: Actor, contact: Contact) -> None:
        """Raises Forbidden unless the actor has a contact of the same person in hand."""
        for mine in await self._contacts.of_operator(uow, actor.staff_id):
            if await self._contacts.same_person(uow, mine, contact):
                return
        raise Forbidden

    async def _blob(self, uow: Uow, one: Attachment) -> Blob:
        if one.state is not FileState.KEPT or one.blob_id is None:
            raise NotFound
        return await self._blobs.about(uow, one.blob_id)
