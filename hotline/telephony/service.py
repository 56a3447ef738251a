"""What each webhook of the telephone means, and what the call hears in answer.

Every answer follows from what is stored, never from what the request hopes for: a request may come
late, twice or out of order, and a retry may find the state moved on.
"""

from typing import Final
from uuid import UUID

from hotline.contacts.model import Channel, Contact, ContactState, Newcomer, Outcome
from hotline.contacts.service import Contacts
from hotline.infra import inbox
from hotline.infra.db import Database, Taken, Uow
from hotline.kernel.errors import Unavailable
from hotline.routing.service import Routing
from hotline.telephony import store
from hotline.telephony.crowdstore import Full
from hotline.telephony.hearing import Around, Hearing, spoken
from hotline.telephony.model import Lane, Leg, LegState, Situation
from hotline.telephony.returned import called
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import MessageForm, VoiceForm

PROVIDER: Final = "voice"
_LINE_LIMIT: Final = 64
_OPENS: Final = "1"
_JOINED: Final = frozenset({"answered", "completed", ""})
_LOOKS: Final = 5
_BUSY: Final = "busy"


class Telephony:
    """Answers webhooks with TwiML. Each method is one transaction; none speaks to the carrier."""

    def __init__(
        self, db: Database, contacts: Contacts, routing: Routing, rooms: Rooms, around: Around
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._rooms = rooms
        self._hearing = Hearing(routing, rooms, around)
        self._questions = around.questions
        self._documents = around.documents
        self._has_rooms = around.capabilities.conference
        self._timing = around.timing
        self._callbacks = around.instead.callbacks
        self._missed = around.missed
        self._messages = around.instead.messages
        self._crowds = around.crowds

    async def incoming(self, form: VoiceForm, key: str) -> str:
        """Somebody calls: one contact per CallSid, however often the request comes."""
        if not form.sid:
            return self._documents.sorry()
        if self._missed.come_to(form.to):
            return await self._missed.take(form, PROVIDER, key)
        for _ in range(_LOOKS):
            try:
                return await self._first(form, key)
            except Taken:
                return await self._again(form, key)
            except Full:  # others were faster: it is another answer now
                continue
        raise Unavailable(_BUSY)

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
                text = await self._answer(uow, situation, form)
            else:
                text = await self._hearing.now(uow, situation, form.sid)
            inbox.remember(uow, PROVIDER, key, text)
            return text

    async def hold(self, form: VoiceForm, turn: int) -> str:
        """A turn of the hold loop: the proof of life of a waiting caller, and nearly free.

        One statement for who waits; a call that comes back from wherever it was waits again.
        """
        async with self._db.reads() as uow:
            found = await self._contacts.beside(uow, store.HEARD, form.sid, self._timing.touch)
            if not found:
                return self._documents.sorry()
            contact, legs = found[0][1], tuple(store.leg_of(values) for values, _ in found)
            situation = Situation(contact, legs, await self._rooms.room(uow, contact))
            leg = situation.leg(form.sid)
            silence = await self._crowds.cuts_silence(uow, contact, turn)
            if situation.room is None and leg is not None and not leg.adrift and not silence:
                return await self._hearing.now(uow, situation, form.sid, turn=turn)
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact.id)
            leg = situation.leg(form.sid)
            if leg is not None and leg.adrift:
                await self._found_again(uow, situation.contact, leg)
            elif silence:
                text = await self._silent(uow, situation.contact, turn)
                if text is not None:
                    return text
            return await self._hearing.now(uow, situation, form.sid, turn=turn)

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
            text = said or await self._hearing.now(uow, situation, form.sid, turn=turn + 1)
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
                text = await self._hearing.now(uow, situation, form.sid)
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
            return await self._hearing.now(uow, await self._rooms.situation(uow, found), form.sid)

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
            text = await self._hearing.now(uow, situation, form.sid, turn=turn)
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
            return await self._hearing.now(
                uow, await self._rooms.situation(uow, contact_id), form.sid
            )

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
                text = await self._hearing.now(uow, situation, form.sid)
            else:
                text = await self._hearing.not_joined(uow, situation, leg)
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

        One look and one statement. Raises `Taken`, with nothing written, when it is not, and `Full`
        when the look is out of date.
        """
        newcomer = Newcomer(
            Channel.VOICE,
            form.to.raw[:_LINE_LIMIT],
            address=form.origin.index_key,
            source=form.origin.raw,
            masked=form.origin.masked,
        )
        async with self._db.uow() as uow:
            recalled = await self._contacts.recall(uow, newcomer, *self._crowds.look(form.origin))
            seat = await self._crowds.seat(uow, form.origin, recalled)
            refused = seat.lane is Lane.REFUSED
            first = await self._questions.first(uow, recalled, refused=refused)
            inbox.claim_with(uow, PROVIDER, key, first.text)
            contact_id = self._contacts.admit(uow, newcomer, recalled, first.intake)
            store.first_leg(uow, form.sid, contact_id, form.state or LegState.IN_PROGRESS, seat)
            if not first.plain:
                await uow.flush()
                contact = await self._contacts.get(uow, contact_id, lock=True)
                await self._questions.follow(uow, contact, first)
        return first.text

    async def _answer(self, uow: Uow, situation: Situation, form: VoiceForm) -> str:
        """A key, or none, at the open question; who was turned away gets through for danger."""
        contact, leg = situation.contact, situation.leg(form.sid)
        turned_away = leg is not None and leg.lane is Lane.REFUSED
        if (
            turned_away
            and self._questions.says_danger(contact, form.digit)
            and not await self._crowds.urgent(uow, form.sid)
        ):
            return self._questions.again(contact)
        return await self._questions.answer(uow, contact, form.digit)

    async def _again(self, form: VoiceForm, key: str) -> str:
        """A repeated request hears what it heard; a new one of a known call what is right now."""
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, PROVIDER, key)
            if claim.answer is not None:
                return claim.answer
            known = await store.contact_of(uow, form.sid)
            if known is None:
                return self._documents.sorry()
            return await self._hearing.now(uow, await self._rooms.situation(uow, known), form.sid)

    async def _silent(self, uow: Uow, contact: Contact, turn: int) -> str | None:
        """Ask who has pressed no key for one, once, and let them go; None when it is not so."""
        now = await self._crowds.cuts_silence(uow, contact, turn)
        if now == "ask":
            await self._contacts.set_intake(uow, contact, contact.intake | {"asked": turn})
            return self._documents.still_there(contact.language, turn)
        if now == "end":
            await self._contacts.caller_left(uow, contact, outcome=Outcome.SILENT)
            return self._documents.goodbye(spoken(contact))
        return None

    async def _found_again(self, uow: Uow, contact: Contact, leg: Leg) -> None:
        """The call was with somebody else, and asks for its turn again."""
        await store.found_again(uow, leg.sid)
        await self._contacts.note(uow, contact.id, "found_again")
        if contact.state is ContactState.WAITING:
            await self._questions.wait_again(uow, contact)

    async def _dial_over(self, uow: Uow, situation: Situation, leg: Leg, form: VoiceForm) -> None:
        if form.over and form.state is not None:
            await self._rooms.report(uow, situation, leg, form.state)
        elif self._has_rooms:
            await self._rooms.stepped_out(uow, situation, leg)
        else:
            why = "operator_lost" if form.dialled in _JOINED else "no_join"
            await self._rooms.parted(uow, situation, leg, why)
