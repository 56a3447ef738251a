"""Keeps back what the house says by itself, where the caller asked for that or it is not safe yet.

Only on channels that whoever holds the telephone can read. What a person writes is never kept back.
"""

from datetime import datetime
from typing import Final

from hotline.chat import speech, states, store
from hotline.chat.model import Author, Conversation, MessageState, Stored
from hotline.chat.transcript import Transcript
from hotline.contacts.model import ContactState
from hotline.contacts.outreach import Outreach
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow

RELEASE: Final = "chat.release"
_HELD: Final = frozenset({MessageState.QUEUED, MessageState.SENDING})
# An automatic answer is worth something only as long as nobody has answered.
_UNANSWERED: Final = frozenset({ContactState.INTAKE, ContactState.WAITING})


class Holding:
    """Asked by delivery before each part of a message leaves."""

    def __init__(
        self, db: Database, transcript: Transcript, contacts: Contacts, outreach: Outreach
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._outreach = outreach

    async def may_go(self, uow: Uow, conversation: Conversation, message: Stored) -> bool:
        """Whether it may leave now; if not, it is held or has failed, and the reason is written."""
        if message.author is not Author.BOT or conversation.channel not in speech.GUARDED:
            return True
        contact = await self._contacts.get(uow, message.contact_id)
        leave = await self._outreach.leave(uow, contact)
        if leave.until is not None:
            self._hold(uow, message, leave.until)
        elif leave.code:
            await states.move(uow, message, MessageState.FAILED, error=leave.code)
        return leave.now

    async def release(self, message_id: int) -> None:
        """The safe hour has come: on its way, unless it has been overtaken."""
        async with self._db.uow() as uow:
            known = await store.message(uow, message_id)
            if known is None:
                return
            conversation = await store.get(uow, known.contact_id, lock=True)
            message = await store.message(uow, message_id, lock=True)
            if conversation is None or message is None or message.state not in _HELD:
                return
            contact = await self._contacts.get(uow, message.contact_id)
            if conversation.open and contact.state in _UNANSWERED:
                await store.requeue(uow, message_id)
                self._transcript.deliver(uow, message)
            else:
                await states.move(uow, message, MessageState.FAILED, error="too-late")

    def _hold(self, uow: Uow, message: Stored, until: datetime) -> None:
        """In a lane of its own: an operator's answer does not wait behind it."""
        lane = f"held:{message.id}"
        uow.enqueue(RELEASE, {"message_id": message.id}, lane=lane, run_at=until, key=lane)
