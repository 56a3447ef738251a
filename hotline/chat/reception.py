"""Receives what callers send: one transaction from the provider's event to everything it causes.

The event is claimed, the conversation found or opened and locked, the words kept, the intake asked
and its answer queued: all of it or nothing. A repeat changes nothing; an unknown thing is kept.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID

from hotline.chat import revisionstore, speech, store
from hotline.chat.alarming import Alarming
from hotline.chat.erasing import Erasing
from hotline.chat.erasurestore import ERASED
from hotline.chat.helping import Heard
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules, Conversation
from hotline.chat.ports import Inbound
from hotline.chat.recognising import Recognising
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.outreach import Outreach
from hotline.contacts.service import Contacts
from hotline.infra import inbox
from hotline.infra.db import Database, Uow

ACKNOWLEDGE: Final = "chat.acknowledge"
IDLE: Final = "chat.idle"
SET_ASIDE: Final = "chat.set_aside"
_RAW_LIMIT: Final = 64_000
_CHANGES: Final = frozenset({"edited", "moved"})
_WAITS: Final = frozenset({ContactState.WAITING, ContactState.RESERVED})


class Wishes(NamedTuple):
    """What a caller may want besides being answered: forgotten, left alone, seen in silence."""

    erasing: Erasing
    outreach: Outreach
    alarming: Alarming


class Reception:
    """The door of every messenger."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        interview: Interview,
        recognising: Recognising,
        wishes: Wishes,
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._interview = interview
        self._recognising = recognising
        self._wishes = wishes
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
        sealed = self._transcript.seal_event(channel, event_id, raw[:_RAW_LIMIT]) if raw else None
        return (await inbox.claim(uow, channel, event_id, sealed=sealed)).first

    async def _take(self, uow: Uow, inbound: Inbound) -> None:
        if (contact_id := await self._wishes.erasing.heard(uow, inbound)) is not None:
            self._acknowledge(uow, inbound, contact_id)
            return
        wished = await self._wish(uow, inbound)
        heard = await self._locate(uow, inbound)
        self._acknowledge(uow, inbound, heard.contact.id if heard else None)
        if heard is None:
            return
        if _leaves(inbound):
            if not _late(heard):
                await self._leave(uow, heard)
        elif await self._changed(uow, heard) or await self._overtaken(uow, heard):
            await self._wishes.alarming.heard(uow, heard.contact, inbound.text)
        else:
            words = self._interview.words(heard)
            await self._transcript.hear(
                uow,
                heard.contact.id,
                inbound,
                words,
                reply_to=await self._answered(uow, heard),
                waits=heard.new or not self._interview.stays(inbound),
            )
            if wished:
                await self._contacts.note(uow, heard.contact.id, f"asked_to_{inbound.kind}")
            if inbound.kind != "stop":
                await self._reply(uow, heard)
            await self._wishes.alarming.heard(uow, heard.contact, words)

    async def _wish(self, uow: Uow, inbound: Inbound) -> bool:
        """A word that stops or resumes what is sent automatically; whether that changes anything.

        It is a message all the same: in an open conversation a person sees it.
        """
        channel = Channel(inbound.channel)
        if inbound.kind == "stop":
            return await self._wishes.outreach.stop(uow, channel, inbound.address)
        if inbound.kind == "resume":
            return await self._wishes.outreach.resume(uow, channel, inbound.address)
        return False

    async def _reply(self, uow: Uow, heard: Heard) -> None:
        talk, contact = heard.conversation, heard.contact
        if await self._recognising.coded(uow, heard.inbound, talk, contact):
            if contact.state is not ContactState.INTAKE:
                return
            # The code itself answers no question: who is new here is asked the first one.
            start = replace(heard.inbound, kind="command", text="start")
            heard = replace(heard, inbound=start)
        await self._answer(uow, heard)

    async def _answer(self, uow: Uow, heard: Heard) -> None:
        await self._interview.answer(uow, heard)
        if heard.contact.state is ContactState.INTAKE:
            reopens = heard.conversation.reopens
            await self._recognising.to_the_same(uow, heard.contact.id, reopens)

    async def _changed(self, uow: Uow, heard: Heard) -> bool:
        """Whether it was nothing new, only other words or another place."""
        inbound = heard.inbound
        if inbound.kind not in _CHANGES:
            return False
        if not (await self._reworded(uow, heard) or _moves(inbound)):
            return False
        if inbound.kind == "edited" and inbound.text and heard.contact.state in _WAITS:
            # Who corrects their words while waiting may be saying only now what is wrong.
            await self._answer(uow, replace(heard, inbound=replace(inbound, kind="text")))
        return True

    async def _overtaken(self, uow: Uow, heard: Heard) -> bool:
        """Whether its correction was here first: then these are earlier words, and no message."""
        inbound, name = heard.inbound, heard.inbound.provider_message_id
        if inbound.at is None or name is None or not _late(heard):
            return False
        number = await revisionstore.named(uow, heard.contact.id, name, heard=True)
        message = await store.message(uow, number, lock=True) if number else None
        if message is None:
            return False
        if message.error_code != ERASED and inbound.text:
            await self._transcript.precede(uow, message.id, inbound.text, inbound.at)
        return True

    async def _reworded(self, uow: Uow, heard: Heard) -> bool:
        """New words for a message that we have; any other is a message by itself."""
        name = heard.inbound.provider_message_id
        contact_id = heard.contact.id
        number = await revisionstore.named(uow, contact_id, name, heard=True) if name else None
        message = await store.message(uow, number, lock=True) if number else None
        if message is None or message.error_code == ERASED:
            return False
        await self._transcript.reword(uow, message, heard.inbound)
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
        found, lapsed = await store.open_of(uow, inbound.channel, index), False
        if found is None:
            # Nothing to lock yet: one newcomer of an address at a time, and the next finds it.
            await store.lock_address(uow, index)
            found = await store.open_of(uow, inbound.channel, index)
        if found is not None:
            contact = await self._contacts.get(uow, found.contact_id, lock=True)
            lapsed = contact.live and await self._lapsed(uow, found, contact)
            if contact.live and not lapsed:
                return Heard(inbound, found, contact, new=False)
            await store.shut(uow, found.contact_id)
        if _leaves(inbound) or _moves(inbound) or inbound.kind == "stop":
            return None
        if inbound.kind == "edited":
            inbound = replace(inbound, kind="text")
        return await self._open(uow, inbound, index, goes_on=not lapsed)

    async def _lapsed(self, uow: Uow, found: Conversation, contact: Contact) -> bool:
        """After a day without a word somebody else may hold the telephone: that talk is over.

        Who still waits for a first answer goes on waiting, in their place.
        """
        if contact.state is not ContactState.TALKING or found.channel not in speech.GUARDED:
            return False
        if await uow.time() - found.last_at < self._rules.session or contact.operator_id is None:
            return False
        await self._contacts.end_talk(uow, contact, contact.operator_id)
        return True

    async def _open(self, uow: Uow, inbound: Inbound, index: bytes, *, goes_on: bool) -> Heard:
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
            reopens=await self._recognising.reopens(uow, contact) if goes_on else None,
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

    def _acknowledge(self, uow: Uow, inbound: Inbound, contact_id: UUID | None) -> None:
        """Let the pressed button rest: in a job, so that a slow provider delays nobody."""
        if inbound.token is None or contact_id is None:
            return
        uow.enqueue(
            ACKNOWLEDGE,
            {
                "contact_id": str(contact_id),
                "token": inbound.token,
                "pressed_id": None if self._interview.stays(inbound) else inbound.pressed_id,
            },
            lane=f"ack:{contact_id}",
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


def _late(heard: Heard) -> bool:
    """Whether the caller has written something since."""
    at, said = heard.inbound.at, heard.conversation.said_at
    return at is not None and said is not None and at < said


def _leaves(inbound: Inbound) -> bool:
    return inbound.kind == "left" or inbound.is_command("stop")
