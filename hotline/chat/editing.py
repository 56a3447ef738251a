"""What was said, changed afterwards: an operator's correction, and the words there were before."""

import asyncio
from collections.abc import Mapping
from typing import Final

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.chat import partstore, revisionstore, states, store
from hotline.chat.erasurestore import ERASED
from hotline.chat.model import ChatRules, Conversation, MessageState, Revision, Stored
from hotline.chat.ports import Channel, DeliveryError, OutcomeUnknown, lively
from hotline.chat.service import checked, talking
from hotline.chat.transcript import Transcript
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.kernel.errors import Conflict, NotFound

_THEY_HAVE: Final = frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.READ})
_QUEUED: Final = "queued"
_FAILED: Final = "failed"


class Editing:
    """Changes of sent messages. To put the same words in twice is harmless: it may be repeated."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        audit: Audit,
        channels: Mapping[str, Channel],
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._audit = audit
        self._channels = channels
        self._rules = rules

    async def edit(self, actor: Actor, message_id: int, text: str) -> None:
        """Put other words into one's own message, here and at the caller.

        Raises Conflict: "message-not-sent" before they have it, "message-fixed" where the
        messenger cannot, or the words would not fit into one message.
        """
        require(actor, Permission.CHAT_MESSAGE_SEND)
        words = checked("edit", text)
        async with self._db.uow() as uow:
            known = await store.message(uow, message_id)
            if known is None or known.staff_id != actor.staff_id or known.kind != "text":
                raise NotFound
            conversation = await store.get(uow, known.contact_id, lock=True)
            contact = await self._contacts.get(uow, known.contact_id, lock=True)
            if conversation is None or contact.operator_id != actor.staff_id:
                raise NotFound
            talking(contact)
            message = await store.message(uow, message_id, lock=True)
            if message is None or self._transcript.text(message) == words:
                return
            if message.error_code == ERASED:
                code = "message-fixed"
                raise Conflict(code)
            if message.state not in _THEY_HAVE:
                code = "message-not-sent"
                raise Conflict(code)
            await self._changeable(uow, conversation, message, words)
            await self._transcript.change(uow, message, words)
            await self._audit.record(
                uow, actor, Tag.MESSAGE_EDITED, object_type="message", object_id=message_id
            )

    async def earlier(self, actor: Actor, message_id: int) -> list[Revision]:
        """The words a message had before; who has not the contact in hand is put on record."""
        async with self._db.uow() as uow:
            message = await store.message(uow, message_id)
            if message is None:
                raise NotFound
            contact = await self._contacts.get(uow, message.contact_id)
            own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
            if contact.operator_id != actor.staff_id:
                await self._audit.record(
                    uow, actor, Tag.MESSAGE_READ, object_type="message", object_id=message_id
                )
            return await self._transcript.earlier(uow, message_id)

    async def carry(self, message_id: int, job: JobContext) -> None:
        """Bring a change to the caller. Raises Later, or what is worth a retry."""
        async with self._db.uow() as uow:
            message = await store.message(uow, message_id)
            if message is None or message.edit_state != _QUEUED or message.edited_at is None:
                return
            conversation = await store.get(uow, message.contact_id)
            name = await revisionstore.name_of(uow, message_id)
        channel = lively(self._channels.get(conversation.channel)) if conversation else None
        if conversation is None or name is None or channel is None:
            await self._settle(message, _FAILED, "no-channel", job)
            return
        address = self._transcript.open_address(message.contact_id, conversation.address_sealed)
        try:
            async with asyncio.timeout(self._rules.send_timeout_s):
                await channel.edit(address, name, self._transcript.text(message) or "")
        except (DeliveryError, OutcomeUnknown, TimeoutError) as error:
            await self._stumbled(message, error, job)
        else:
            await self._settle(message, None, None, job)

    async def _stumbled(
        self,
        message: Stored,
        error: DeliveryError | OutcomeUnknown | TimeoutError,
        job: JobContext,
    ) -> None:
        if isinstance(error, DeliveryError):
            if error.retry_after_s is not None:
                raise Later(error.retry_after_s)
            if error.permanent or job.last:
                await self._settle(message, _FAILED, error.code, job)
                return
            raise error
        if not job.last:
            raise OutcomeUnknown from None
        await self._settle(message, _FAILED, "outcome-unknown", job)

    async def _settle(
        self, message: Stored, state: str | None, error: str | None, job: JobContext
    ) -> None:
        assert message.edited_at is not None  # noqa: S101 - only a change is carried
        async with self._db.uow() as uow:
            same = await revisionstore.settled(uow, message.id, message.edited_at, state, error)
            if not same:
                # It was changed once more meanwhile, and this job is the only one there is.
                raise Later(0.0)
            states.tell(uow, message.contact_id, message.id, message.state)
            await job.done(uow)

    async def _changeable(
        self, uow: Uow, conversation: Conversation, message: Stored, words: str
    ) -> None:
        channel = self._channels.get(conversation.channel)
        whole = await partstore.total(uow, message.id) == 1
        fits = channel is not None and len(channel.parts(words, ())) == 1
        if not (whole and fits and lively(channel)):
            code = "message-fixed"
            raise Conflict(code)
