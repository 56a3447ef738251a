"""The verbs of a chat for staff: read, write, end, decide; and for rooms that join people."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import attentionstore, erasurestore, machine, partstore, states, store
from hotline.chat.model import (
    Author,
    Conversation,
    Decision,
    Message,
    MessageState,
    Stored,
)
from hotline.chat.transcript import HOUSE, NOTE, TEXT_LIMIT, Transcript, language_of
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.outreach import Outreach
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import allows
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hotline.kernel.ids import ContactId, StaffId
from hotline.kernel.text import clean
from hotline.staff.directory import Directory

_STOPPED: Final = "asked-to-stop"
_NEWEST: Final = 2**63 - 1
_PAGE: Final = 200
_CLIENT_ID: Final = 64
Write = Callable[[Uow], Awaitable[Stored | None]]


class Chat:
    """Conversations as staff meet them. Order of locks: conversation, contact, message."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        audit: Audit,
        staff: Directory,
        safe: SafeContact,
        outreach: Outreach,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._audit = audit
        self._staff = staff
        self._safe = safe
        self._outreach = outreach

    async def send(
        self,
        actor: Actor,
        contact_id: UUID,
        client_id: str,
        text: str,
        *,
        reply_to: int | None = None,
        sure: bool = False,
    ) -> Message:
        """Write to the caller. The same `client_id` again gives the same message, sent once.

        `reply_to` is the number of the message of this conversation that it answers.
        Raises Conflict("chat-not-open") when the actor does not talk with this caller now, and
        Conflict("asked-to-stop") when the caller wants no messages here and nobody said `sure`.
        """
        require(actor, Permission.CHAT_MESSAGE_SEND)
        words = checked(client_id, text)

        async def write(uow: Uow) -> Stored | None:
            return await self._transcript.answer(
                uow,
                contact_id,
                words,
                staff_id=actor.staff_id,
                client_id=client_id,
                reply_to=await answered(uow, contact_id, reply_to),
            )

        return await self.post(actor, contact_id, client_id, write, sure=sure)

    async def sent_before(self, actor: Actor, contact_id: UUID, client_id: str) -> Message | None:
        """What was sent under this id already; the same refusals as when sending."""
        require(actor, Permission.CHAT_MESSAGE_SEND)
        async with self._db.uow() as uow:
            contact = await self._own(uow, actor, contact_id)
            earlier = await store.by_client(uow, contact_id, client_id)
            if earlier is None:
                talking(contact)
                return None
            return await self._mine(uow, earlier, actor)

    async def post(
        self, actor: Actor, contact_id: UUID, client_id: str, write: Write, *, sure: bool = False
    ) -> Message:
        """What sending is, whatever is written: once, in one's own open chat, on record."""
        async with self._db.uow() as uow:
            contact = await self._own(uow, actor, contact_id)
            stored = await store.by_client(uow, contact_id, client_id)
            if stored is None:
                talking(contact)
                stopped = await self._outreach.stopped(uow, contact)
                if stopped and not sure:
                    raise Conflict(_STOPPED)
                stored = await write(uow)
                assert stored is not None  # noqa: S101 - looked for under the same lock above
                await store.answered(uow, contact_id, stored.id)
                known = await self._safe.of(uow, contact.caller_id)
                if stopped or (known is not None and not allows(known, contact.channel)):
                    # They wrote here themselves: an answer is not kept back, but it is seen.
                    await self._contacts.note(uow, contact_id, "sent_unsafe", actor.staff_id)
                await self._audit.record(
                    uow, actor, Tag.MESSAGE_SENT, object_type="contact", object_id=contact_id
                )
            return await self._mine(uow, stored, actor)

    async def note(self, actor: Actor, contact_id: UUID, client_id: str, text: str) -> Message:
        """Write a line for colleagues into the conversation; the caller never gets it."""
        require(actor, Permission.CHAT_MESSAGE_SEND)
        words = checked(client_id, text)
        async with self._db.uow() as uow:
            contact = await self._own(uow, actor, contact_id)
            earlier = await store.by_client(uow, contact_id, client_id)
            if earlier is not None:
                return await self._mine(uow, earlier, actor)
            if contact.state is ContactState.CLOSED:
                code = "chat-not-open"
                raise Conflict(code)
            stored = await self._transcript.note(
                uow, contact_id, words, staff_id=actor.staff_id, client_id=client_id
            )
            assert stored is not None  # noqa: S101 - looked for under the same lock above
            await self._audit.record(
                uow, actor, Tag.MESSAGE_NOTED, object_type="contact", object_id=contact_id
            )
            return await self._mine(uow, stored, actor)

    async def messages(
        self, actor: Actor, contact_id: UUID, *, before: int | None = None, limit: int = 60
    ) -> tuple[list[Message], bool]:
        """A page, oldest first, and whether there is more above it.

        The operator of the contact reads freely and has then seen it; who else may read content is
        put on record.
        """
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
            size = max(1, min(limit, _PAGE))
            found = await store.page(uow, contact_id, before or _NEWEST, size + 1)
            page = found[-size:]
            if contact.operator_id != actor.staff_id:
                await self._audit.record(
                    uow, actor, Tag.MESSAGE_READ, object_type="contact", object_id=contact_id
                )
            elif page and before is None:
                await store.seen(uow, contact_id, page[-1].id)
            shown = await self._shown(uow, page)
        return shown, len(found) > size

    async def earlier(
        self, actor: Actor, contact_id: UUID, other_id: UUID, *, before: int | None, limit: int
    ) -> tuple[list[Message], bool]:
        """A page of another conversation of the person one has in hand; each look is on record."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            if contact.operator_id != actor.staff_id or contact.state is ContactState.CLOSED:
                raise Forbidden
            other = await self._contacts.get(uow, other_id)
            if not await self._contacts.same_person(uow, contact, other):
                raise NotFound
            size = max(1, min(limit, _PAGE))
            found = await store.page(uow, other_id, before or _NEWEST, size + 1)
            await self._audit.record(
                uow, actor, Tag.MESSAGE_READ, object_type="contact", object_id=other_id
            )
            return await self._shown(uow, found[-size:]), len(found) > size

    async def transcript(
        self, uow: Uow, contact_id: UUID, *, limit: int = _PAGE
    ) -> tuple[list[Message], bool]:
        """The newest messages for another room's page, and whether there is more above them.

        That room checks and records the read.
        """
        found = await store.page(uow, contact_id, _NEWEST, limit + 1)
        return await self._shown(uow, found[-limit:]), len(found) > limit

    async def message(self, message_id: int, actor: Actor) -> Message | None:
        """One message for the operator who has its contact; None for everybody else."""
        async with self._db.uow() as uow:
            stored = await store.message(uow, message_id)
            if stored is None:
                return None
            contact = await self._contacts.get(uow, stored.contact_id)
            if contact.operator_id != actor.staff_id:
                return None
            return (await self._shown(uow, [stored]))[0]

    async def close(self, actor: Actor, contact_id: UUID) -> Contact:
        """End the talk; the record is still to be written. Ended already: nothing happens."""
        require(actor, Permission.CHAT_MESSAGE_SEND)
        async with self._db.uow() as uow:
            contact = await self._own(uow, actor, contact_id)
            if contact.state is ContactState.TALKING:
                contact = await self._contacts.end_talk(uow, contact, actor.staff_id)
                await self._shut(uow, contact)
        return contact

    async def decide(self, actor: Actor, message_id: int, decision: Decision) -> Message:
        """Send again, or give up, a message whose fate nobody knows; a failed one may be resent.

        Raises Conflict("message-decided") when there is nothing to decide (any more), as of what
        was erased, and Conflict("asked-to-stop") for sending to who asked for no more: that is a
        new message.
        """
        require(actor, Permission.CHAT_MESSAGE_SEND)
        async with self._db.uow() as uow:
            known = await store.message(uow, message_id)
            if known is None or known.author is Author.CALLER:
                raise NotFound
            contact = await self._own(uow, actor, known.contact_id)
            stored = await store.message(uow, message_id, lock=True)
            if (
                stored is None
                or stored.error_code == erasurestore.ERASED
                or not machine.decidable(stored.state, decision)
            ):
                code = "message-decided"
                raise Conflict(code)
            if decision == "resend":
                talking(contact)
                if await self._outreach.stopped(uow, contact):
                    raise Conflict(_STOPPED)
                await self._again(uow, stored)
            else:
                await self._give_up(uow, stored)
            await self._audit.record(
                uow, actor, Tag.MESSAGE_DECIDED, object_type="message", object_id=message_id
            )
            decided = await store.message(uow, message_id)
            return (await self._shown(uow, [decided] if decided else []))[0]

    async def join(self, contact_id: ContactId, staff_id: StaffId) -> None:
        """Operator and caller are together. May be called again: the caller is told once."""
        async with self._db.uow() as uow:
            conversation = await store.get(uow, contact_id, lock=True)
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if conversation is None or contact.operator_id != staff_id:
                return
            if contact.state is not ContactState.RESERVED:
                return
            await self._contacts.talk(uow, contact)
            await store.taken(uow, contact_id)
            await self._transcript.say(uow, conversation, "joined", lang=language_of(contact))

    async def ended(self, contact_id: UUID) -> None:
        """The talk is over, whoever ended it: close the conversation and say so once."""
        async with self._db.uow() as uow:
            await store.get(uow, contact_id, lock=True)
            contact = await self._contacts.get(uow, contact_id)
            if not contact.live:
                await self._shut(uow, contact)

    async def requeued(self, contact_id: UUID, once: str) -> None:
        """The operator was lost: tell the caller that somebody else will answer.

        Not who has deleted the chat and written nothing since: they keep their place, untold.
        """
        async with self._db.uow() as uow:
            conversation = await store.get(uow, contact_id, lock=True)
            if conversation is not None and conversation.open:
                contact = await self._contacts.get(uow, contact_id)
                if contact.operator_id is None:
                    await attentionstore.let_go(uow, contact_id)
                if not await erasurestore.silent(uow, contact_id):
                    lang = language_of(contact)
                    await self._transcript.say(uow, conversation, "requeued", lang=lang, once=once)

    async def conversation(self, contact_id: UUID) -> Conversation | None:
        """The text side of a contact; None for a call."""
        async with self._db.uow() as uow:
            return await store.get(uow, contact_id)

    async def operator_of(self, contact_id: UUID) -> StaffId | None:
        """Who has the contact in hand."""
        async with self._db.uow() as uow:
            return (await self._contacts.get(uow, contact_id)).operator_id

    async def unread(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, int]:
        """Messages of the caller that the operator has neither read nor answered."""
        counts = await store.unread(uow, contact_ids)
        return {ContactId(contact_id): number for contact_id, number in counts.items()}

    async def _own(self, uow: Uow, actor: Actor, contact_id: UUID) -> Contact:
        """The actor's own chat, locked; anybody else's looks like none."""
        if await store.get(uow, contact_id, lock=True) is None:
            raise NotFound
        contact = await self._contacts.get(uow, contact_id, lock=True)
        if contact.operator_id != actor.staff_id:
            raise Forbidden
        return contact

    async def _shut(self, uow: Uow, contact: Contact) -> None:
        conversation = await store.get(uow, contact.id, lock=True)
        if conversation is not None and await store.shut(uow, contact.id):
            await self._transcript.say(uow, conversation, "ended", lang=language_of(contact))

    async def _again(self, uow: Uow, stored: Stored) -> None:
        await partstore.forget_unsent(uow, stored.id)
        await store.requeue(uow, stored.id)
        self._transcript.deliver(uow, stored)
        states.tell(uow, stored.contact_id, stored.id, MessageState.QUEUED)

    async def _give_up(self, uow: Uow, stored: Stored) -> None:
        await states.move(
            uow, stored, MessageState.FAILED, allowed=[stored.state.value], error="dropped"
        )
        await partstore.give_up(uow, stored.id)

    async def _shown(self, uow: Uow, messages: Sequence[Stored]) -> list[Message]:
        names = await self._staff.names({m.staff_id for m in messages if m.staff_id}, uow)
        return await self._transcript.shown(uow, messages, names)

    async def _mine(self, uow: Uow, stored: Stored, actor: Actor) -> Message:
        return (await self._transcript.shown(uow, [stored], {actor.staff_id: actor.name}))[0]


async def answered(uow: Uow, contact_id: UUID, number: int | None) -> int | None:
    """The message of this conversation that is answered; None for a note: nobody else has it.

    Raises NotFound for one of another conversation.
    """
    found = await store.message(uow, number) if number else None
    if found is not None and found.contact_id != contact_id:
        raise NotFound
    return found.id if found is not None and found.kind != NOTE else None


def talking(contact: Contact) -> None:
    """Raises Conflict("chat-not-open") unless operator and caller are together."""
    if contact.state is not ContactState.TALKING:
        code = "chat-not-open"
        raise Conflict(code)


def usable(client_id: str) -> bool:
    """Whether a desk may name a message so."""
    return 0 < len(client_id) <= _CLIENT_ID and not client_id.startswith(HOUSE)


def checked(client_id: str, text: str) -> str:
    """The words as they are kept. Raises Invalid for none, too many, or a strange id."""
    wrong = {}
    words = clean(text, limit=TEXT_LIMIT + 1).strip()
    if not words or len(words) > TEXT_LIMIT:
        wrong["text"] = "length"
    if not usable(client_id):
        wrong["client_id"] = "length"
    if wrong:
        code = "message-invalid"
        raise Invalid(code, **wrong)
    return words
