"""Receives what callers send: one transaction from the provider's event to everything it causes.

The event is claimed, the conversation found or opened and locked, the words kept, the intake asked
and its answer queued: all of it or nothing. A repeat changes nothing; an unknown thing is kept.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from hotline.chat import revisionstore, store
from hotline.chat.interview import Heard, Interview
from hotline.chat.model import ChatRules
from hotline.chat.ports import Inbound
from hotline.chat.recognising import Recognising
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra import inbox
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow

ACKNOWLEDGE: Final = "chat.acknowledge"
IDLE: Final = "chat.idle"
SET_ASIDE: Final = "chat.set_aside"
_RAW_LIMIT: Final = 64_000
_CHANGES: Final = frozenset({"edited", "moved"})
_ASKED: Final = frozenset({ContactState.INTAKE, ContactState.WAITING, ContactState.RESERVED})
_WAITS: Final = _ASKED - {ContactState.INTAKE}


class Reception:
    """The door of every messenger."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        transcript: Transcript,
        contacts: Contacts,
        interview: Interview,
        recognising: Recognising,
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._vault = vault
        self._transcript = transcript
        self._contacts = contacts
        self._interview = interview
        self._recognising = recognising
        self._rules = rules

    async def receive(self, inbound: Inbound) -> bool:
        """Take an event in; False when it was taken before. Raises Unavailable, nothing is lost."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, inbound.channel, inbound.event_id)
            if claim.first:
                await self._take(uow, inbound)
        return claim.first

    async def keep(self, channel: str, event_id: str, raw: str | None = None) -> bool:
        """Claim an event that nobody acts on; what could matter to a person is kept sealed."""
        async with self._db.uow() as uow:
            return await self._keep(uow, channel, event_id, raw)

    async def set_aside(self, channel: str, event_id: str, raw: str) -> None:
        """Keep an event that could not be handled, and put it before a person as a dead letter."""
        async with self._db.uow() as uow:
            if await self._keep(uow, channel, event_id, raw):
                lane = f"aside:{channel}:{event_id}"
                uow.enqueue(SET_ASIDE, {"channel": channel, "event_id": event_id}, lane=lane)

    async def known(self, channel: str, event_ids: Iterable[str]) -> set[str]:
        """Which of these events are in already. Only a saving: `receive` decides by its claim."""
        async with self._db.uow() as uow:
            return await inbox.known(uow, channel, event_ids)

    async def idle(self, contact_id: UUID) -> float:
        """End a contact that was left in the middle of the questions; 0, or seconds to wait on."""
        async with self._db.uow() as uow:
            conversation = await store.get(uow, contact_id, lock=True)
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if conversation is None or contact.state is not ContactState.INTAKE:
                return 0.0
            left = conversation.last_at + self._rules.intake_idle - await uow.time()
            if left.total_seconds() > 0:
                return left.total_seconds()
            await self._contacts.caller_left(uow, contact)
            await store.shut(uow, contact_id)
        return 0.0

    async def _keep(self, uow: Uow, channel: str, event_id: str, raw: str | None) -> bool:
        aad = f"inbox|{channel}|{event_id}"
        sealed = self._vault.seal(raw[:_RAW_LIMIT], aad=aad) if raw else None
        return (await inbox.claim(uow, channel, event_id, sealed=sealed)).first

    async def _take(self, uow: Uow, inbound: Inbound) -> None:
        heard = await self._locate(uow, inbound)
        self._acknowledge(uow, inbound, heard)
        if heard is None:
            return
        if _leaves(inbound):
            await self._leave(uow, heard)
            return
        if inbound.kind in _CHANGES and (await self._reworded(uow, heard) or _moves(inbound)):
            if inbound.kind == "edited" and inbound.text and heard.contact.state in _WAITS:
                # Who corrects their words while waiting may be saying only now what is wrong.
                await self._answer(uow, replace(heard, inbound=replace(inbound, kind="text")))
            return
        await self._transcript.hear(
            uow,
            heard.contact.id,
            inbound.kind,
            self._interview.words(heard),
            provider_id=inbound.provider_message_id,
            reply_to=await self._answered(uow, heard),
        )
        if await self._recognising.coded(uow, inbound, heard.contact):
            # The code itself answers no question: who is new here is asked the first one.
            heard = replace(heard, inbound=replace(inbound, kind="command", text="start"))
            if heard.contact.state is not ContactState.INTAKE:
                return
        await self._answer(uow, heard)

    async def _answer(self, uow: Uow, heard: Heard) -> None:
        if heard.contact.state not in _ASKED:
            await self._interview.mention(uow, heard)
            return
        await self._interview.answer(uow, heard)
        if heard.contact.state is ContactState.INTAKE:
            reopens = heard.conversation.reopens
            await self._recognising.to_the_same(uow, heard.contact.id, reopens)

    async def _reworded(self, uow: Uow, heard: Heard) -> bool:
        """New words for a message that we have; one we do not know is a message like any other."""
        name = heard.inbound.provider_message_id
        contact_id = heard.contact.id
        number = await revisionstore.named(uow, contact_id, name, heard=True) if name else None
        message = await store.message(uow, number, lock=True) if number else None
        if message is None:
            return False
        await self._transcript.reword(uow, message, heard.inbound.text or "")
        return True

    async def _answered(self, uow: Uow, heard: Heard) -> int | None:
        """The message of this conversation that the new one answers."""
        name = heard.inbound.reply_to
        if name is None:
            return None
        return await revisionstore.named(uow, heard.contact.id, name, heard=False)

    async def _locate(self, uow: Uow, inbound: Inbound) -> Heard | None:
        """The open conversation, or a new one; None for who leaves without having been here."""
        index = self._transcript.find(inbound.channel, inbound.line, inbound.address)
        await store.lock_address(uow, index)
        found = await store.open_of(uow, inbound.channel, index)
        if found is not None:
            contact = await self._contacts.get(uow, found.contact_id, lock=True)
            if contact.live:
                return Heard(inbound, found, contact, new=False)
            await store.shut(uow, found.contact_id)
        if _leaves(inbound) or _moves(inbound):
            return None
        if inbound.kind == "edited":
            inbound = replace(inbound, kind="text")
        return await self._open(uow, inbound, index)

    async def _open(self, uow: Uow, inbound: Inbound, index: bytes) -> Heard:
        contact: Contact = await self._contacts.open(
            uow,
            Channel(inbound.channel),
            inbound.line,
            address=inbound.address,
            source=inbound.address,
            masked=inbound.display,
        )
        sealed = self._transcript.seal_address(contact.id, inbound.address)
        conversation = await store.insert(
            uow,
            contact.id,
            inbound.channel,
            index=index,
            sealed=sealed,
            reopens=await self._recognising.reopens(uow, contact),
        )
        name = f"{IDLE}:{contact.id}"
        uow.enqueue(
            IDLE,
            {"contact_id": str(contact.id)},
            lane=f"timer:{name}",
            run_at=await uow.time() + self._rules.intake_idle,
            key=name,
        )
        return Heard(inbound, conversation, contact, new=True)

    def _acknowledge(self, uow: Uow, inbound: Inbound, heard: Heard | None) -> None:
        """Let the pressed button rest: in a job, so that a slow provider delays nobody."""
        if inbound.token is None or heard is None:
            return
        uow.enqueue(
            ACKNOWLEDGE,
            {
                "contact_id": str(heard.contact.id),
                "token": inbound.token,
                "pressed_id": inbound.pressed_id,
            },
            lane=f"ack:{heard.contact.id}",
        )

    async def _leave(self, uow: Uow, heard: Heard) -> None:
        """The caller ends it, or has locked us out: nothing is sent to whoever locked us out."""
        contact = heard.contact
        await self._contacts.note(uow, contact.id, "caller_stopped", why=heard.inbound.kind)
        await self._contacts.caller_left(uow, contact)
        await store.shut(uow, contact.id)
        if heard.inbound.kind != "left":
            lang = language_of(contact)
            await self._transcript.say(uow, heard.conversation, "stopped", lang=lang)


def _moves(inbound: Inbound) -> bool:
    """A shared place that goes on moving: nobody wrote anything."""
    return inbound.kind == "moved"


def _leaves(inbound: Inbound) -> bool:
    return inbound.kind == "left" or inbound.is_command("stop")
