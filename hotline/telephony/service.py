"""What each webhook of the telephone means, and what the call hears in answer.

Every answer follows from what is stored, never from what the request hopes for: a request may come
late, twice or out of order, and a retry may find the state moved on.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.callbacks.messages import Messages
from hotline.callbacks.service import Callbacks
from hotline.carrier.capabilities import Capabilities
from hotline.contacts.model import Channel, Contact, ContactState, Newcomer
from hotline.contacts.service import Contacts
from hotline.infra import inbox
from hotline.infra.db import Database, Taken, Uow
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import SOURCE, Lang
from hotline.routing.model import OWN_PHONE
from hotline.routing.service import Routing
from hotline.staff.phones import Phones
from hotline.telephony import prompts as sounds
from hotline.telephony import store, talkstore
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.machine import Hear, hears
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Leg, LegState, Role, Room, Situation, Timing
from hotline.telephony.questions import Questions
from hotline.telephony.returned import called
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import MessageForm, VoiceForm

PROVIDER: Final = "voice"
_LINE_LIMIT: Final = 64
_OPENS: Final = "1"
_JOINED: Final = frozenset({"answered", "completed", ""})


@dataclass(frozen=True, slots=True)
class Around:
    """The parts beside the services: questions, documents, the carrier's ways, times.

    `entrance` answers for everybody but the caller; `phones` knows where the operators are rung who
    work on a telephone of their own.
    """

    questions: Questions
    documents: Documents
    capabilities: Capabilities
    timing: Timing
    entrance: Entrance
    phones: Phones
    callbacks: Callbacks
    missed: MissedCalls
    messages: Messages


class Telephony:
    """Answers webhooks with TwiML. Each method is one transaction; none speaks to the carrier."""

    def __init__(
        self, db: Database, contacts: Contacts, routing: Routing, rooms: Rooms, around: Around
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._rooms = rooms
        self._questions = around.questions
        self._documents = around.documents
        self._has_rooms = around.capabilities.conference
        self._timing = around.timing
        self._entrance = around.entrance
        self._phones = around.phones
        self._callbacks = around.callbacks
        self._missed = around.missed
        self._messages = around.messages

    async def incoming(self, form: VoiceForm, key: str) -> str:
        """Somebody calls: one contact per CallSid, however often the request comes."""
        if not form.sid:
            return self._documents.sorry()
        if self._missed.come_to(form.to):
            return await self._missed.take(form, PROVIDER, key)
        try:
            return await self._first(form, key)
        except Taken:
            return await self._again(form, key)

    async def step(self, form: VoiceForm, key: str, turn: int) -> str:
        """An answer to a question. One for an earlier turn changes nothing."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.sorry()
            situation = await self._rooms.situation(uow, contact_id)
            store.touch(uow, form.sid, older=self._timing.touch)
            contact = situation.contact
            if contact.state is ContactState.INTAKE and self._questions.is_open(contact, turn):
                text = await self._questions.answer(uow, contact, form.digit)
            else:
                text = await self._now(uow, situation, form.sid)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def hold(self, form: VoiceForm, turn: int) -> str:
        """A turn of the hold loop: the proof of life of a waiting caller, and nearly free."""
        async with self._db.reads() as uow:
            legs = await store.heard(uow, form.sid, older=self._timing.touch)
            if not legs:
                return self._documents.sorry()
            contact = await self._contacts.get(uow, legs[0].contact_id)
            situation = Situation(contact, legs, await self._rooms.room(uow, contact))
            if situation.room is None:
                return await self._now(uow, situation, form.sid, turn=turn)
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact.id)
            return await self._now(uow, situation, form.sid, turn=turn)

    async def hold_key(self, form: VoiceForm, key: str, turn: int) -> str:
        """A key while waiting: danger moves the caller forward, once."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.sorry()
            situation = await self._rooms.situation(uow, contact_id)
            leg = situation.leg(form.sid)
            digit = form.digit if leg is not None and not leg.gated else None
            said = await self._questions.press(uow, situation.contact, digit, turn)
            text = said or await self._now(uow, situation, form.sid, turn=turn + 1)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def message(self, form: VoiceForm, message: MessageForm, key: str) -> str:
        """The caller has spoken after the tone, or not; who hung up meanwhile has said it too."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.sorry()
            situation = await self._rooms.situation(uow, contact_id)
            store.touch(uow, form.sid, older=self._timing.touch)
            await self._report(uow, contact_id, message)
            contact, leg = situation.contact, situation.leg(form.sid)
            gone = form.over or leg is None or leg.over
            if self._questions.speaks(contact) and not gone:
                text = await self._questions.spoken(uow, contact, form.sid, form.digit)
            else:
                text = await self._now(uow, situation, form.sid)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def message_status(self, message: MessageForm) -> bool:
        """A report about what was said, which may come before the answer, or alone."""
        async with self._db.uow() as uow:
            contact_id = await store.contact_of(uow, message.sid)
            if contact_id is None:
                return False
            await self._rooms.situation(uow, contact_id)
            return await self._report(uow, contact_id, message)

    async def _report(self, uow: Uow, contact_id: UUID, message: MessageForm) -> bool:
        if not message.recording_sid:
            return False
        return await self._messages.reported(
            uow, contact_id, message.sid, message.recording_sid, message.length_s
        )

    async def gate(self, form: VoiceForm, attempt_id: UUID | None) -> str:
        """Somebody we called has picked up: perhaps not who we called for."""
        async with self._db.uow() as uow:
            found = attempt_id and await self._callbacks.contact_of(uow, attempt_id)
            if not found or not attempt_id or not form.sid:
                return self._documents.nothing()
            await self._rooms.situation(uow, found)
            state = form.state or LegState.IN_PROGRESS
            await called(uow, self._callbacks, (found, attempt_id), form.sid, state)
            return await self._now(uow, await self._rooms.situation(uow, found), form.sid)

    async def gate_key(self, form: VoiceForm, key: str, turn: int) -> str:
        """The key at the gate, or none: only the key makes it a call of the line."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.nothing()
            situation = await self._rooms.situation(uow, contact_id)
            store.touch(uow, form.sid, older=self._timing.touch)
            if form.digit == _OPENS and situation.contact.live:
                if await store.open_gate(uow, form.sid):
                    await self._questions.called_back(uow, situation.contact)
                    await self._callbacks.passed(uow, situation.contact, form.sid)
                situation = await self._rooms.situation(uow, contact_id)
            text = await self._now(uow, situation, form.sid, turn=turn)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def gate_status(self, form: VoiceForm, attempt_id: UUID | None) -> bool:
        """A report about a call we made, which may be faster than the carrier's answer to us."""
        async with self._db.uow() as uow:
            found = attempt_id and await self._callbacks.contact_of(uow, attempt_id)
            if not found or not attempt_id or not form.sid or form.state is None:
                return False
            await self._rooms.situation(uow, found)
            await called(uow, self._callbacks, (found, attempt_id), form.sid)
        return await self.status(form)

    async def bridge(self, form: VoiceForm) -> str:
        """A call that was pulled here, or lost its way: what it should hear now."""
        async with self._db.uow() as uow:
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.sorry()
            return await self._now(uow, await self._rooms.situation(uow, contact_id), form.sid)

    async def after(self, form: VoiceForm, key: str) -> str:
        """A Dial is over: because of us, of the other side, or because this leg hung up.

        A repeat changes nothing: the leg may be in its room again by now.
        """
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return self._documents.sorry()
            situation = await self._rooms.situation(uow, contact_id)
            leg = situation.leg(form.sid)
            if leg is not None:
                await self._dial_over(uow, situation, leg, form)
                situation = await self._rooms.situation(uow, contact_id)
            if form.dialled in _JOINED:
                text = await self._now(uow, situation, form.sid)
            else:
                text = await self._not_joined(uow, situation, leg)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def status(self, form: VoiceForm) -> bool:
        """A report about a leg; False when it changes nothing, or the leg is not ours."""
        if form.state is None:
            return False
        async with self._db.uow() as uow:
            contact_id = await store.contact_of(uow, form.sid)
            if contact_id is None:
                return False
            situation = await self._rooms.situation(uow, contact_id)
            leg = situation.leg(form.sid)
            return leg is not None and await self._rooms.report(uow, situation, leg, form.state)

    async def _first(self, form: VoiceForm, key: str) -> str:
        """As if it were the first request of a new call, as it nearly always is.

        One look and one statement. Raises `Taken`, with nothing written, when it is not.
        """
        newcomer = Newcomer(
            Channel.VOICE,
            form.to.raw[:_LINE_LIMIT],
            address=form.origin.index_key,
            source=form.origin.raw,
            masked=form.origin.masked,
        )
        async with self._db.uow() as uow:
            recalled = await self._contacts.recall(uow, newcomer)
            first = await self._questions.first(uow, recalled)
            inbox.claim_with(uow, PROVIDER, key, first.text)
            contact_id = self._contacts.admit(uow, newcomer, recalled, first.intake)
            store.first_leg(uow, form.sid, contact_id, form.state or LegState.IN_PROGRESS)
            if not first.plain:
                await uow.flush()
                contact = await self._contacts.get(uow, contact_id, lock=True)
                await self._questions.follow(uow, contact, first)
        return first.text

    async def _again(self, form: VoiceForm, key: str) -> str:
        """A repeated request hears what it heard; a new one of a known call what is right now."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            known = await store.contact_of(uow, form.sid)
            if known is None:
                return self._documents.sorry()
            return await self._now(uow, await self._rooms.situation(uow, known), form.sid)

    async def _now(self, uow: Uow, situation: Situation, sid: str, *, turn: int = 0) -> str:
        """What this leg should hear now, from state alone."""
        leg = situation.leg(sid)
        if leg is None:
            return self._documents.sorry()
        hear = hears(situation, leg, rooms=self._has_rooms)
        if leg.role is not Role.CALLER:
            return await self._entrance.hears(uow, leg, hear, situation)
        return await self._caller_now(uow, situation, leg, hear, turn=turn)

    async def _caller_now(
        self, uow: Uow, situation: Situation, leg: Leg, hear: Hear, *, turn: int
    ) -> str:
        contact, room = situation.contact, situation.room
        if hear is Hear.BRIDGE and room is not None:
            return await self._bridged(uow, contact, room, leg)
        if hear is Hear.QUESTION or (hear is Hear.HOLD and self._questions.speaks(contact)):
            return self._questions.again(contact)
        if hear is Hear.GATE:
            return self._documents.gate(_lang(contact), turn + 1)
        if hear is Hear.SHUT:
            return self._documents.gate_end(_lang(contact))
        if hear is Hear.GOODBYE:
            return self._documents.goodbye(_lang(contact))
        return self._documents.waiting(
            _lang(contact), await self._between(uow, contact, turn), turn
        )

    async def _bridged(self, uow: Uow, contact: Contact, room: Room, leg: Leg) -> str:
        if self._has_rooms:
            await self._rooms.sent(uow, leg, room)
        else:
            await self._rooms.bridged(uow, contact, room, leg)
        own = None if self._has_rooms else await self._own_phone(uow, room.staff_id)
        return self._documents.caller_room(room, _lang(contact), new_id().hex, own)

    async def _own_phone(self, uow: Uow, staff_id: StaffId) -> str | None:
        """Where an operator is rung who works on their own telephone."""
        if await self._routing.phone_mode(uow, staff_id) != OWN_PHONE:
            return None
        return await self._phones.address(uow, staff_id)

    async def _between(self, uow: Uow, contact: Contact, turn: int) -> tuple[str, ...]:
        """What is said before the music: why somebody waits again, and now and then the rest.

        Place and expected wait every few turns, half-way between them what many ask about.
        """
        since = contact.talking_since
        if turn == 0 and since is not None:
            handed_on = await talkstore.handed_on_since(uow, contact.id, since)
            return ("ivr-handed-on",) if handed_on else ("ivr-operator-lost",)
        every = self._timing.announce_every
        if turn % every == every // 2 and not contact.danger:
            return await self._questions.announced(uow)
        if turn == 0 or turn % every:
            return ()
        place = await self._routing.position(uow, contact.id)
        if place is None:
            return ()
        left = await self._routing.minutes_left(uow, contact)
        return (*sounds.position(place), *sounds.wait(left))

    async def _not_joined(self, uow: Uow, situation: Situation, leg: Leg | None) -> str:
        """The carrier could not carry out a Dial: back to the music, and no loop without end."""
        if leg is None:
            return self._documents.sorry()
        if leg.role is not Role.CALLER:
            return await self._entrance.nobody(uow, leg)
        if situation.contact.live:
            return self._documents.waiting(_lang(situation.contact), (), 0)
        return self._documents.goodbye(_lang(situation.contact))

    async def _dial_over(self, uow: Uow, situation: Situation, leg: Leg, form: VoiceForm) -> None:
        if form.over and form.state is not None:
            await self._rooms.report(uow, situation, leg, form.state)
        elif self._has_rooms:
            await self._rooms.stepped_out(uow, situation, leg)
        else:
            why = "operator_lost" if form.dialled in _JOINED else "no_join"
            await self._rooms.parted(uow, situation, leg, why)


def _lang(contact: Contact) -> Lang:
    return contact.language or SOURCE
