"""Erases conversations: our copy at once, both sides at the messenger by a job, and says so.

Whoever can read a thread can be hurt by it, so a caller needs nobody's leave. One thing is kept:
while an escalation of the contact is open, our sealed copy stays, and goes when it is closed
(ADR 20). The record of the consultation stays in any case.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import erasurestore, speech, states, store
from hotline.chat.events import ConversationErased
from hotline.chat.model import Asked, Conversation, Erasure, MessageState, Option, Stored
from hotline.chat.ports import Inbound
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import NotFound
from hotline.kernel.languages import Lang

ERASE: Final = "chat.erase"
LATE: Final = "chat.erase_late"
SHRED: Final = "chat.shred"
FORGET: Final = "chat.forget"
YES: Final = "erase.yes"
NO: Final = "erase.no"
_LABELS: Final[Mapping[str, str]] = {YES: "bot-delete-yes", NO: "bot-delete-no"}
# How often it is asked whether a copy that is held may go.
HELD_FOR: Final = timedelta(hours=1)
# And whether an erasure is done.
LATE_S: Final = 10.0


class Holds(Protocol):
    """Why the words of a contact may have to be kept for a while."""

    async def held(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether somebody is still being helped with what was written."""
        ...


class Erasing:
    """Takes the wish in the transaction it comes with. Order of locks: conversation, contact."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        audit: Audit,
        holds: Holds,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._audit = audit
        self._holds = holds

    async def heard(self, uow: Uow, inbound: Inbound) -> UUID | None:
        """A caller's wish, also after the talk: whose contact it was about; None: not such a wish.

        Nothing is opened by it: who wants traces gone does not want another.
        """
        if not (inbound.is_command("delete") or inbound.press in _LABELS):
            return None
        index = self._transcript.find(inbound.channel, inbound.line, inbound.address)
        await store.lock_address(uow, index)
        newest = await erasurestore.newest_of(uow, inbound.channel, index)
        conversation = await store.get(uow, newest, lock=True) if newest else None
        if conversation is None:
            return None
        contact = await self._contacts.get(uow, conversation.contact_id)
        lang = language_of(contact)
        await self._kept(uow, conversation, inbound, lang)
        asks = inbound.is_command("delete") and inbound.channel not in speech.NUMBERED
        if asks:
            text = self._transcript.catalogue.t(lang, "bot-delete-ask")
            options = tuple(Option(name, "", label, lang) for name, label in _LABELS.items())
            await self._transcript.write(uow, contact.id, text, options=options)
        elif inbound.press != NO:
            mine = await erasurestore.of_address(uow, inbound.channel, index)
            await self.begin(uow, mine, Asked.CALLER)
        return contact.id

    async def by_staff(self, actor: Actor, contact_id: UUID) -> bool:
        """The caller asked for it, or it is safer so. Whether our own copy is held for a while.

        Raises NotFound for a call, and for a contact that is neither one's own nor readable.
        """
        require(actor, Permission.CHAT_CONTENT_ERASE)
        async with self._db.uow() as uow:
            if await store.get(uow, contact_id, lock=True) is None:
                raise NotFound
            contact = await self._contacts.get(uow, contact_id)
            own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
            made = await self.begin(uow, [contact_id], Asked.STAFF, actor.staff_id)
            await self._audit.record(
                uow, actor, Tag.CONTENT_ERASED, object_type="contact", object_id=contact_id
            )
        return any(one.held for one in made)

    async def begin(
        self, uow: Uow, contact_ids: Sequence[UUID], asked: Asked, staff_id: UUID | None = None
    ) -> list[Erasure]:
        """Shred what may be shredded now; the rest is for jobs. The caller is told in the last."""
        made: list[Erasure] = []
        for contact_id in contact_ids:
            # Locked: what is being written, fetched or changed just now is seen, or sees this.
            conversation = await store.get(uow, contact_id, lock=True)
            if conversation is None:
                continue
            held = asked is not Asked.AGE and await self._holds.held(uow, contact_id)
            heard = asked is Asked.CALLER or (asked is Asked.STAFF and conversation.open)
            says = heard and contact_id == contact_ids[-1]
            erasure = await erasurestore.insert(
                uow, contact_id, asked, staff_id, held=held, says=says
            )
            if erasure is None:
                continue
            made.append(erasure)
            await self._contacts.note(uow, contact_id, "erase_asked", staff_id, by=asked.value)
            if asked is not Asked.AGE:
                await self._gone(uow, erasure)
        if made:
            ids = [one.id for one in made]
            uow.enqueue(ERASE, {"ids": ids}, lane=f"erase:{made[-1].contact_id}")
        return made

    async def release(self, erasure_id: int) -> bool:
        """Shred a copy that was held; False while it still is."""
        async with self._db.uow() as uow:
            erasure = await erasurestore.get(uow, erasure_id)
            if erasure is None or not erasure.held:
                return True
            await store.get(uow, erasure.contact_id, lock=True)
            if await self._holds.held(uow, erasure.contact_id):
                return False
            await self._shred(uow, erasure)
            await self._contacts.note(uow, erasure.contact_id, "erased_held")
        return True

    async def forget(self, contact_id: UUID) -> None:
        """It ended long enough ago: the messenger keeps nothing of it. Our copy has its own age."""
        async with self._db.uow() as uow:
            if await store.get(uow, contact_id, lock=True) is not None:
                await self.begin(uow, [contact_id], Asked.AGE)

    async def late(self, contact_id: UUID, message_id: int) -> bool:
        """An erased message has a name at the provider after all: it is deleted there, too.

        False while an erasure is not done that may find it by itself.
        """
        async with self._db.uow() as uow:
            known = await erasurestore.covering(uow, contact_id, message_id)
            if known is not None and known.done_at is None:
                return False
            if known is not None and (await erasurestore.left(uow, known))[0]:
                ids = [await erasurestore.further(uow, known)]
                uow.enqueue(ERASE, {"ids": ids}, lane=f"erase:{contact_id}")
        return True

    async def _gone(self, uow: Uow, erasure: Erasure) -> None:
        """What was not sent yet never will be, also where the words have to stay for a while."""
        unsent = await erasurestore.unsend(uow, erasure)
        if not erasure.held:
            await self._shred(uow, erasure)
            return
        for number in unsent:
            states.tell(uow, erasure.contact_id, number, MessageState.FAILED)
        at = await uow.time() + HELD_FOR
        lane = f"timer:{SHRED}:{erasure.id}"
        uow.enqueue(SHRED, {"id": erasure.id}, lane=lane, run_at=at, key=lane)

    async def _shred(self, uow: Uow, erasure: Erasure) -> None:
        await erasurestore.shred(uow, erasure)
        uow.publish(ConversationErased(contact_id=erasure.contact_id, message_id=erasure.upto))

    async def _kept(
        self, uow: Uow, conversation: Conversation, inbound: Inbound, lang: Lang
    ) -> None:
        """The wish is a message, too: it is deleted with the others."""
        label = _LABELS.get(inbound.press or "")
        words = self._transcript.catalogue.t(lang, label) if label else f"/{inbound.text}"
        contact_id, name = conversation.contact_id, inbound.provider_message_id
        if conversation.open:
            await self._transcript.hear(uow, contact_id, inbound, words, waits=False)
            return
        await self._transcript.mark(uow, contact_id, inbound.kind, provider_id=name)


def named(uow: Uow, message: Stored) -> None:
    """The provider gave a message its name only when it was erased already."""
    name = f"{LATE}:{message.id}"
    payload = {"contact_id": str(message.contact_id), "message_id": message.id}
    uow.enqueue(LATE, payload, lane=name, key=name)
