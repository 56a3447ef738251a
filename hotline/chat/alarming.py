"""Hears the word by which a caller says "I am not alone": staff see it, the caller sees nothing.

The word is agreed between the caller and an operator, and lies sealed in the safe-contact record;
there is no list of such words, because whoever learns the list could listen for them.
"""

from hotline.contacts.model import Contact, ContactState
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Unreadable
from hotline.infra.db import Uow
from hotline.intake.risk import fold
from hotline.routing.service import Routing


class Alarming:
    """Listens in the transaction that brings the words: a moment later they may be erased.

    `priority` is the head start, in seconds, of who is in danger.
    """

    def __init__(
        self, contacts: Contacts, routing: Routing, safe: SafeContact, priority: int
    ) -> None:
        self._contacts = contacts
        self._routing = routing
        self._safe = safe
        self._priority = priority

    async def heard(self, uow: Uow, contact: Contact, words: str | None) -> None:
        """Raise the alarm, once, when the word is there. Nothing is said to the caller."""
        if contact.alarm_at is not None or not await self._said(uow, contact, words or ""):
            return
        contact = await self._contacts.get(uow, contact.id, lock=True)
        contact = await self._contacts.alarm(uow, contact, self._priority)
        if contact.state is ContactState.WAITING:
            await self._routing.enqueue(uow, contact)

    async def _said(self, uow: Uow, contact: Contact, words: str) -> bool:
        try:
            known = await self._safe.of(uow, contact.caller_id)
        except Unreadable:  # a damaged record must not cost the message
            return False
        return known is not None and says(known.alarm, words)


def says(word: str, text: str) -> bool:
    """Whether the word, or words, stand in the text as whole words."""
    wanted = fold(word)
    return bool(wanted) and f" {wanted} " in f" {fold(text)} "
