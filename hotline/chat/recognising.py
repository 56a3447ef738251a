"""Knows a caller again: who comes back soon, and who sends a code of another caller."""

from uuid import UUID

from hotline.chat.model import ChatRules, Conversation
from hotline.chat.ports import Inbound
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.links import Links
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.routing.service import Routing


class Recognising:
    """Nothing of another channel is ever said here, not even that there is one."""

    def __init__(
        self,
        transcript: Transcript,
        contacts: Contacts,
        routing: Routing,
        links: Links,
        rules: ChatRules,
    ) -> None:
        self._transcript = transcript
        self._contacts = contacts
        self._routing = routing
        self._links = links
        self._rules = rules

    async def reopens(self, uow: Uow, contact: Contact) -> UUID | None:
        """The talk this caller had not long ago, which a new contact goes on from."""
        return await self._contacts.last_talk(uow, contact, self._rules.returns)

    async def to_the_same(self, uow: Uow, contact_id: UUID, reopens: UUID | None) -> None:
        """Who comes back waits some seconds for the operator they know; never in danger."""
        if reopens is None:
            return
        contact = await self._contacts.get(uow, contact_id)
        if contact.state is ContactState.WAITING and not contact.danger:
            before = await self._contacts.get(uow, reopens)
            await self._routing.prefer(uow, contact_id, before.operator_id)

    async def coded(
        self, uow: Uow, inbound: Inbound, conversation: Conversation, contact: Contact
    ) -> bool:
        """Whether this was a code of an operator's; then the caller hears only that it came."""
        said = inbound.payload or (inbound.text if inbound.kind == "text" else None)
        if said is None or not await self._links.claim(uow, contact, said):
            return False
        await self._transcript.say(uow, conversation, "code", lang=language_of(contact))
        return True
