"""Who tries more than once is one person: one row, one call, and one talk is enough."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from hotline.callbacks import gatherstore, messagestore, store
from hotline.callbacks.events import MessagesChanged, UndecidedChanged
from hotline.callbacks.model import Callback, CallbackState, Why
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Channel, Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.routing.service import Routing

_IN_VAIN: Final = frozenset({Outcome.ABANDONED, Outcome.LEFT_IN_INTAKE, Outcome.OUT_OF_HOURS})


class Gathering:
    """Of all that one caller asked for the newest counts; an agreed time stays as it is."""

    def __init__(
        self, db: Database, contacts: Contacts, routing: Routing, callbacks: Callbacks, line: Line
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._callbacks = callbacks
        self._line = line

    async def sweep(self) -> int:
        """Make one of what is one; how many went."""
        async with self._db.uow() as uow:
            pairs = await gatherstore.doubled(uow)
            anew = await gatherstore.asked_anew(uow)
            for older, newest in anew:
                await messagestore.move(uow, older, newest)
                uow.publish(UndecidedChanged(contact_id=older), MessagesChanged(contact_id=newest))
        gone = len(anew) + await self._done()
        for pair in pairs:
            async with self._db.uow() as uow:
                gone += await self._gathered(uow, pair)
        return gone

    async def tried(self, contact_id: UUID) -> None:
        """A contact is closed: if nobody answered, that is one more try of who waits elsewhere."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            if contact.outcome in _IN_VAIN and contact.closed_at is not None:
                await gatherstore.tried(
                    uow, contact.caller_id, contact.id, contact.closed_at, contact.outcome
                )

    async def came_through(self, contact_id: UUID) -> None:
        """We talk with them: what they asked for before is done. Unheard messages stay."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            since = contact.talking_since
            if since is None or contact.channel != Channel.VOICE:
                return
            settled = await gatherstore.settle(uow, contact.caller_id, since)
            uow.publish(*(UndecidedChanged(contact_id=one) for one in settled))
            await gatherstore.talked(uow, contact.caller_id, contact.id, since)
        await self._done()

    async def _done(self) -> int:
        """End what a talk has settled; what an operator has in hand only when they give it back."""
        async with self._db.uow() as uow:
            found = await gatherstore.done(uow)
        gone = 0
        for contact_id in found:
            async with self._db.uow() as uow:
                gone += await self._settled(uow, contact_id)
        return gone

    async def _settled(self, uow: Uow, contact_id: UUID) -> bool:
        contact = await self._contacts.get(uow, contact_id, lock=True)
        callback = await self._free(uow, contact)
        if callback is None or callback.talked_at is None:
            return False
        if not await messagestore.unheard(uow, [contact_id]):
            await self._leave(uow, contact, callback, CallbackState.DONE)
            return True
        await gatherstore.is_message(uow, callback.id)
        await self._routing.withdraw(uow, contact_id)
        uow.publish(MessagesChanged(contact_id=contact_id))
        return False

    async def _gathered(self, uow: Uow, pair: gatherstore.Pair) -> bool:
        """What is in an operator's hands, or on the line, is left where it is."""
        found = {one: await self._contacts.get(uow, one, lock=True) for one in sorted(pair)}
        older, newest = found[pair.older], found[pair.newest]
        before, now = await self._free(uow, older), await store.open_of(uow, newest.id)
        if before is None or now is None or newest.state is not ContactState.WAITING:
            return False
        await gatherstore.fold(uow, before.id, now.id)
        await messagestore.move(uow, older.id, newest.id)
        await self._contacts.note(uow, newest.id, "callback_gathered", contact=str(older.id))
        behind = not {older.id, newest.id}.isdisjoint(await self._routing.behind(uow))
        await self._leave(uow, older, before, CallbackState.CLOSED)
        uow.publish(MessagesChanged(contact_id=newest.id))
        newest = await self._contacts.set_intake(
            uow,
            newest,
            newest.intake,
            language=newest.language or older.language,
            topic=newest.topic or older.topic,
            priority=older.priority,
            danger=older.danger,
        )
        waited = before.why is not Why.MESSAGE
        if waited and now.why is Why.MESSAGE:
            await gatherstore.is_asked(uow, now.id, before.why, before.next_at)
            now = replace(now, why=before.why, next_at=before.next_at)
        if now.why is not Why.MESSAGE and now.next_at is None:
            if waited:  # whoever waited for longer does not begin anew; a message waits in no queue
                newest = await self._contacts.wait_anew(uow, newest, older.waiting_since)
            await self._routing.enqueue(uow, newest, behind=behind)
        return True

    async def _leave(
        self, uow: Uow, contact: Contact, callback: Callback, state: CallbackState
    ) -> None:
        await self._callbacks.end(uow, callback, state)
        await self._contacts.caller_left(uow, contact, outcome=Outcome.CAME_AGAIN)

    async def _free(self, uow: Uow, contact: Contact) -> Callback | None:
        """The open callback of a contact that nobody has in hand and whose caller hung up."""
        there = await self._line.caller_there(uow, contact.id)
        if contact.state is not ContactState.WAITING or there:
            return None
        return await store.open_of(uow, contact.id)
