"""Who tries more than once is one person: one row, one call, and one talk is enough."""

from typing import Final
from uuid import UUID

from hotline.callbacks import gatherstore, messagestore, store
from hotline.callbacks.events import MessagesChanged, UndecidedChanged
from hotline.callbacks.model import Callback, CallbackState, Why
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Contact, ContactState, Outcome
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
            uow.publish(*(UndecidedChanged(contact_id=contact_id) for contact_id in anew))
        gone = len(anew)
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
            if since is None:
                return
            settled = await gatherstore.settle(uow, contact.caller_id, since)
            uow.publish(*(UndecidedChanged(contact_id=one) for one in settled))
            others = await gatherstore.others(uow, contact.caller_id, contact.id, since)
        for other in others:
            async with self._db.uow() as uow:
                await self._settled(uow, other)

    async def _settled(self, uow: Uow, contact_id: UUID) -> None:
        contact = await self._contacts.get(uow, contact_id, lock=True)
        callback = await self._free(uow, contact)
        messages = await messagestore.of(uow, [contact_id])
        if callback is None or any(one.waits for one in messages):
            return
        await self._leave(uow, contact, callback, CallbackState.DONE)

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
        if now.why is not Why.MESSAGE and now.next_at is None:
            # Whoever waited for longer does not begin anew.
            newest = await self._contacts.wait_anew(uow, newest, older.waiting_since)
            await self._routing.enqueue(uow, newest)
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
