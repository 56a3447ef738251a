"""Hears the word by which a caller says "I am not alone": staff see it, the caller sees nothing.

The word is agreed between the caller and an operator, and lies sealed in the safe-contact record;
there is no list of such words, because whoever learns the list could listen for them.
"""

from hotline.chat import store
from hotline.chat.events import MessageReceived
from hotline.chat.transcript import Transcript
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Unreadable
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.intake.risk import fold
from hotline.routing.service import Routing


class Alarming:
    """Listens to callers. `priority` is the head start, in seconds, of who is in danger."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        routing: Routing,
        safe: SafeContact,
        live: Live,
        priority: int,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._routing = routing
        self._safe = safe
        self._live = live
        self._priority = priority

    async def heard(self, event: MessageReceived, _job: JobContext) -> None:
        """Raise the alarm, once, when the word is there. Nothing is said to the caller."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
            if not await self._said(uow, contact, event.message_id):
                return
            contact = await self._contacts.get(uow, event.contact_id, lock=True)
            contact = await self._contacts.alarm(uow, contact, self._priority)
            if contact.state is ContactState.WAITING:
                await self._routing.enqueue(uow, contact)
        if contact.operator_id is not None:
            kind, body = "contact.card", {"contact_id": str(contact.id)}
            audience, key = f"staff:{contact.operator_id}", f"contact.card:{contact.id}"
            await self._live.tell(LiveEvent(kind, audience, key, body))

    async def _said(self, uow: Uow, contact: Contact, message_id: int) -> bool:
        if contact.alarm_at is not None or not contact.live:
            return False
        known = await self._safe.of(uow, contact.caller_id)
        message = await store.message(uow, message_id) if known and known.alarm else None
        if known is None or message is None:
            return False
        try:
            return says(known.alarm, self._transcript.text(message) or "")
        except Unreadable:
            return False


def says(word: str, text: str) -> bool:
    """Whether the word, or words, stand in the text as whole words."""
    wanted = fold(word)
    return bool(wanted) and f" {wanted} " in f" {fold(text)} "
