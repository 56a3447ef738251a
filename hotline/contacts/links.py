"""One person on two channels: proved by a code, decided by staff, taken back exactly."""

import re
import secrets
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow, own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts import linkstore
from hotline.contacts.events import LinkSuggested
from hotline.contacts.linkstore import Link
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Forbidden, NotFound
from hotline.kernel.ids import CallerId

Json = dict[str, Any]
LIVES: Final = timedelta(minutes=15)
# Nothing that is mistaken for something else, in print or aloud.
_LETTERS: Final = "ACDEFHJKMNPRTUVWXY"
_DIGITS: Final = "3479"
_LENGTH: Final = 8
_CODE: Final = re.compile(rf"(?=.*[{_DIGITS}])(?=.*[{_LETTERS}])[{_LETTERS}{_DIGITS}]{{{_LENGTH}}}")
# What a Cyrillic keyboard gives for the same shapes.
_SHAPES: Final = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")
_GAPS: Final = re.compile(r"[\s\-–—.]+")


class Links:
    """Suggestions that two callers are one person, and what staff decide about them."""

    def __init__(self, db: Database, vault: Vault, contacts: Contacts, audit: Audit) -> None:
        self._db = db
        self._vault = vault
        self._contacts = contacts
        self._audit = audit

    async def give(self, actor: Actor, contact_id: UUID) -> Json:
        """A code for the caller one talks with; the one before is worth nothing any more."""
        require(actor, Permission.CONTACT_LINK_DECIDE)
        code = _made()
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            if contact.operator_id != actor.staff_id:
                raise Forbidden
            if contact.state is not ContactState.TALKING:
                raise Conflict("chat-not-open")
            until = await linkstore.add_code(
                uow,
                self._index(code),
                contact.caller_id,
                contact_id,
                staff_id=actor.staff_id,
                lives=LIVES,
            )
            await self._contacts.note(uow, contact_id, "link_code", actor.staff_id)
            await self._audit.record(
                uow, actor, Tag.LINK_CODE_GIVEN, object_type="contact", object_id=contact_id
            )
        return {"code": f"{code[:4]}-{code[4:]}", "until": until}

    async def claim(self, uow: Uow, contact: Contact, said: str) -> bool:
        """Whether a caller sent a good code of another caller's; then it is used up.

        Guesses are counted, and from the sixth within an hour nobody looks.
        """
        code = read(said)
        if code is None or not await linkstore.may_try(uow, contact.caller_id):
            return False
        found = await linkstore.take_code(uow, self._index(code), contact.caller_id)
        if found is None:
            return False
        other_id, given_contact = found
        new = await linkstore.suggest(
            uow,
            contact.caller_id,
            other_id,
            given_contact=given_contact,
            sent_contact=contact.id,
        )
        if new:
            for contact_id in (given_contact, contact.id):
                await self._contacts.note(uow, contact_id, "link_suggested")
                uow.publish(LinkSuggested(contact_id=contact_id))
        return True

    async def shown(self, actor: Actor, contact_id: UUID) -> list[Json]:
        """What is suggested and confirmed about the caller of a contact."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
            return [
                await self._row(uow, actor, link, contact.caller_id)
                for link in await linkstore.of(uow, contact.caller_id)
            ]

    async def decide(self, actor: Actor, link_id: UUID, *, same: bool) -> None:
        """Say whether it is one person. Raises Conflict("link-decided") for whoever is second."""
        await self._move(
            actor,
            link_id,
            ("suggested", "confirmed" if same else "refused"),
            Tag.LINK_CONFIRMED if same else Tag.LINK_REFUSED,
        )

    async def undo(self, actor: Actor, link_id: UUID) -> None:
        """Take a confirmed link apart: each caller has what was theirs, nothing more."""
        await self._move(actor, link_id, ("confirmed", "undone"), Tag.LINK_UNDONE)

    async def _move(self, actor: Actor, link_id: UUID, states: tuple[str, str], tag: Tag) -> None:
        require(actor, Permission.CONTACT_LINK_DECIDE)
        async with self._db.uow() as uow:
            link = await linkstore.get(uow, link_id)
            if link is None or not await self._concerned(uow, actor, link):
                raise NotFound
            if not await linkstore.move(uow, link_id, *states, actor.staff_id):
                raise Conflict("link-decided")
            for contact_id in (link.given_contact, link.sent_contact):
                await self._contacts.note(uow, contact_id, f"link_{states[1]}", actor.staff_id)
                uow.publish(LinkSuggested(contact_id=contact_id))
            await self._audit.record(
                uow, actor, tag, object_type="contact", object_id=link.given_contact
            )

    async def _concerned(self, uow: Uow, actor: Actor, link: Link) -> bool:
        """Who has, or had, one of the two contacts; and supervisors."""
        if allow(actor, Permission.CONTACT_RECORD_READ):
            return True
        pair = (link.given_contact, link.sent_contact)
        held = [(await self._contacts.get(uow, one)).operator_id for one in pair]
        return actor.staff_id in held

    async def _row(self, uow: Uow, actor: Actor, link: Link, caller_id: CallerId) -> Json:
        pair = [
            await self._contacts.get(uow, one) for one in (link.given_contact, link.sent_contact)
        ]
        other = next((one for one in pair if one.caller_id != caller_id), pair[0])
        seen = await self._contacts.callers(uow, [other.caller_id])
        return {
            "id": link.id,
            "state": link.state,
            "channel": other.channel,
            "masked": seen[other.caller_id].masked,
            "at": link.suggested_at,
            "mine": await self._concerned(uow, actor, link),
        }

    def _index(self, code: str) -> bytes:
        return self._vault.index("link", code)


def read(said: str) -> str | None:
    """The code in what a caller sent, however it was typed; None for anything else."""
    bare = _GAPS.sub("", said).upper().translate(_SHAPES)
    return bare if _CODE.fullmatch(bare) else None


def _made() -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(_LENGTH))
        if _CODE.fullmatch(code):
            return code
