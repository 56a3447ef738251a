"""Messages that callers leave: taken from the carrier, sealed here, deleted there.

Reports of a recording come late, twice, from two sides, and sometimes not at all: each names the
recording, which is a row once, and a timer asks the carrier when nobody told us of any.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.callbacks import messagestore as store
from hotline.callbacks.anew import wait_anew
from hotline.callbacks.events import MessagesChanged
from hotline.callbacks.model import MessageRules, MessageState, VoiceMessage, Why
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.carrier.ports import Carrier, CarrierError
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.sounds import Sounds
from hotline.kernel.phone import parse
from hotline.routing.service import Routing

log = structlog.get_logger(__name__)

FETCH: Final = "message.fetch"
DELETE: Final = "message.delete"
SETTLE: Final = "message.settle"
_SHORTEST_S: Final = 2
_LONGEST_BYTES: Final = 32 * 1024 * 1024
# From the end of what is said until the carrier has the file; longer, and there is none.
_READY: Final = timedelta(minutes=10)
_READY_PAUSE_S: Final = 5.0
_GOING: Final = frozenset({"in-progress", "paused", "stopped", "processing"})
_GOING_PAUSE_S: Final = 15.0
_REPORTED: Final = timedelta(minutes=1)


class Messages:
    """From the tone to the row that says the carrier has it no more."""

    def __init__(
        self,
        db: Database,
        sounds: Sounds,
        contacts: Contacts,
        routing: Routing,
        callbacks: Callbacks,
        carrier: Carrier,
        rules: MessageRules,
    ) -> None:
        self._db = db
        self._sounds = sounds
        self._contacts = contacts
        self._routing = routing
        self._callbacks = callbacks
        self._carrier = carrier
        self._rules = rules

    @property
    def longest_s(self) -> int:
        """How many seconds somebody may speak."""
        return round(self._rules.longest.total_seconds())

    async def begin(self, uow: Uow, contact: Contact) -> Contact:
        """Somebody is about to speak: kept whatever happens to the line, and offered to nobody."""
        unsaid = Outcome.OUT_OF_HOURS if contact.state is ContactState.INTAKE else Outcome.ABANDONED
        contact = await self._contacts.wait(uow, contact)
        await self._routing.withdraw(uow, contact.id)
        await self._callbacks.leave(uow, contact, self._rules.keep_for)
        at = await uow.time() + self._rules.longest + _REPORTED
        key = _timer(contact.id)
        payload = {"contact_id": str(contact.id), "unsaid": unsaid}
        uow.enqueue(SETTLE, payload, lane=f"timer:{key}", run_at=at, key=key)
        return contact

    async def reported(
        self, uow: Uow, contact_id: UUID, call_sid: str, recording_sid: str, length_s: int
    ) -> bool:
        """The carrier has a recording; False when we knew. Nothing said is only to be deleted."""
        empty = length_s < _SHORTEST_S
        if not empty and not await store.known(uow, recording_sid):
            contact_id = await self._cared_for(uow, contact_id)
        state = MessageState.EMPTY if empty else MessageState.FETCHING
        recording = (recording_sid, length_s)
        message_id = await store.insert(uow, contact_id, call_sid, recording, state)
        if message_id is None:
            return False
        if empty:
            _later(uow, DELETE, message_id)
        else:
            _later(uow, FETCH, message_id)
            await uow.cancel(_timer(contact_id))
            await self._contacts.note(uow, contact_id, "message_left", length_s=length_s)
        return True

    async def _cared_for(self, uow: Uow, contact_id: UUID) -> UUID:
        """The contact that a message belongs to: one that ended with nobody is waited for anew."""
        contact = await self._contacts.get(uow, contact_id)
        if contact.state is not ContactState.CLOSED or contact.talking_since is not None:
            return contact_id
        return (await self._anew(uow, contact)).id

    async def abandoned(self, contact_id: UUID) -> None:
        """A contact ended with nobody: what was said before, and nobody heard, waits on its own."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.outcome is not Outcome.ABANDONED or contact.talking_since is not None:
                return
            if any(one.waits for one in await store.of(uow, [contact_id])):
                await store.move(uow, contact_id, (await self._anew(uow, contact)).id)

    async def _anew(self, uow: Uow, contact: Contact) -> Contact:
        number = parse(await self._contacts.source(uow, contact.caller_id) or "")
        # The notice was heard on another call: whoever picks up next has not heard it.
        intake = contact.intake | {"recording": None}
        new = await wait_anew(uow, self._contacts, contact, number, intake)
        await self._callbacks.leave(uow, new, self._rules.keep_for)
        await self._contacts.note(uow, contact.id, "message_late", contact=str(new.id))
        uow.publish(MessagesChanged(contact_id=new.id))
        return new

    async def left_in(self, uow: Uow, call_sid: str) -> bool:
        """Whether something was said in a call."""
        return await store.left_in(uow, call_sid)

    async def take_back(self, uow: Uow, contact: Contact) -> None:
        """They do something else on the line: what they have said stays with the contact."""
        await self._callbacks.take_back(uow, contact.id)
        await uow.cancel(_timer(contact.id))

    async def fetch(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Seal it here. Twice at once is once: the second copy is thrown away."""
        message_id = UUID(payload["id"])
        async with self._db.reads() as uow:
            message = await store.named(uow, message_id)
            young = message is not None and await uow.time() < message.at + _READY
        if message is None or message.state is not MessageState.FETCHING:
            return
        try:
            media = self._carrier.recording(message.recording_sid)
            draft = await self._sounds.put("audio/wav", media, longest=_LONGEST_BYTES)
        except CarrierError as error:
            if not error.gone:
                raise
            if young:
                raise Later(_READY_PAUSE_S) from None
            await self._lost(message)
            return
        async with self._db.uow() as uow:
            await self._sounds.keep(uow, draft.id)
            uow.publish(MessagesChanged(contact_id=message.contact_id))
            if not await store.save(uow, message_id, MessageState.KEPT, draft.id):
                await self._sounds.shred(uow, draft.id)
            _later(uow, DELETE, message_id)

    async def delete(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Delete it at the carrier, again and again until it is gone; then the row says so.

        Of a carrier that deletes nothing the row never says so.
        """
        if not self._rules.deletes:
            return
        message_id = UUID(payload["id"])
        async with self._db.reads() as uow:
            message = await store.named(uow, message_id)
        if message is None or message.deleted_at or message.state is MessageState.FETCHING:
            return
        await self._carrier.delete_recording(message.recording_sid)
        async with self._db.uow() as uow:
            await store.deleted(uow, message_id)

    async def settle(self, payload: dict[str, Any], line: Line) -> None:
        """The time to speak is over: what nobody told us of is asked for, what is not is ended."""
        contact_id = UUID(payload["contact_id"])
        async with self._db.reads() as uow:
            legs = await line.caller_legs(uow, contact_id)
        found = [(leg, one) for leg in legs for one in await self._carrier.recordings(leg)]
        if any(one.status in _GOING for _, one in found):
            raise Later(_GOING_PAUSE_S)  # its length is not known, and they may still be speaking
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            for leg, one in found:
                await self.reported(uow, contact_id, leg, one.sid, one.length_s)
            promise = await self._callbacks.open_of(uow, contact)
            if promise is None or promise.why is not Why.MESSAGE:
                return
            if contact.state is not ContactState.WAITING or await store.of(uow, [contact_id]):
                return
            await self._callbacks.take_back(uow, contact_id)
            if not await line.caller_there(uow, contact_id):
                await self._contacts.caller_left(uow, contact, outcome=Outcome(payload["unsaid"]))

    async def sweep(self) -> int:
        """Try again what the carrier still has, and shred what was kept long enough."""
        async with self._db.uow() as uow:
            for message in await store.carried(uow, _READY, deletes=self._rules.deletes):
                if message.state is MessageState.FETCHING:
                    _later(uow, FETCH, message.id)
                else:
                    _later(uow, DELETE, message.id)
            old = await store.old(uow, self._rules.keep_for)
            for message in old:
                await store.shredded(uow, message.id)
                if message.sound_id is not None:
                    await self._sounds.shred(uow, message.sound_id)
        await self._sounds.sweep()
        return len(old)

    async def _lost(self, message: VoiceMessage) -> None:
        log.warning("messages.lost")
        async with self._db.uow() as uow:
            await store.save(uow, message.id, MessageState.LOST, None)
            uow.publish(MessagesChanged(contact_id=message.contact_id))
            _later(uow, DELETE, message.id)


def _timer(contact_id: UUID) -> str:
    return f"{SETTLE}:{contact_id}"


def _later(uow: Uow, kind: str, message_id: UUID) -> None:
    key = f"{kind}:{message_id}"
    uow.enqueue(kind, {"id": str(message_id)}, lane=key, key=key)
