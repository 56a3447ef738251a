"""The telephones of everybody but the caller: the room follows from what is stored alone.

An operator comes to the call they have in hand, a guest to the talk they were asked into.
"""

from typing import Final
from uuid import UUID

from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import SOURCE, Lang
from hotline.staff.directory import Directory
from hotline.telephony import errands, store, talkstore
from hotline.telephony.documents import Documents
from hotline.telephony.machine import Hear, hears
from hotline.telephony.model import Guest, Leg, LegState, Role, Room, Situation, staff_of
from hotline.telephony.returned import rung
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import VoiceForm

TAKE_KEY: Final = "1"
_TAKEN: Final = frozenset({ContactState.RESERVED, ContactState.TALKING})


class Entrance:
    """Answers with TwiML; each method is one transaction, or takes part in the caller's."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        rooms: Rooms,
        documents: Documents,
        staff: Directory,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._documents = documents
        self._staff = staff

    async def operator(self, form: VoiceForm) -> str:
        """An operator's telephone: their own call, else the talk a colleague asked them into.

        One leg per operator and contact: a new one (the page was loaded again) ends the older.
        """
        staff_id = staff_of((form.to if form.outgoing else form.origin).raw)
        if staff_id is None or not form.sid:
            return self._documents.operator_none(SOURCE)
        async with self._db.uow() as uow:
            contact = await self._reserved(uow, staff_id)
            if contact is None:
                guest = await talkstore.guest_of_staff(uow, staff_id)
                if guest is not None:
                    return await self._as_guest(uow, form, guest.id)
                return self._documents.operator_none(await self._lang_of(uow, staff_id))
            return await self._let_in(uow, form, await self._rooms.ensure(uow, contact, staff_id))

    async def whisper(self, form: VoiceForm, room_name: str) -> str:
        """Somebody picked up an operator's own telephone: only the right key lets them in.

        The room is named by the address that we had the carrier call, and nothing else.
        """
        async with self._db.uow() as uow:
            room = await store.room_named(uow, room_name)
            if room is None or not form.sid:
                return self._documents.operator_none(SOURCE)
            situation = await self._rooms.situation(uow, room.contact_id)
            if situation.room is None or situation.room.name != room.name:
                return self._documents.operator_gone(await self._lang_of(uow, room.staff_id))
            if form.digit == TAKE_KEY:
                return await self._let_in(uow, form, room)
            if form.digit is not None:
                return self._documents.hang_up()
            return self._documents.whisper(room, await self._lang_of(uow, room.staff_id))

    async def guest(self, form: VoiceForm, guest_id: UUID | None) -> str:
        """The telephone of a guest whom the carrier rang."""
        if guest_id is None or not form.sid:
            return self._documents.sorry()
        async with self._db.uow() as uow:
            return await self._as_guest(uow, form, guest_id)

    async def status(self, form: VoiceForm, guest_id: UUID | None) -> bool:
        """A report about the leg of a guest, who may have been busy before we knew the leg."""
        if guest_id is None or form.state is None or not form.sid:
            return False
        async with self._db.uow() as uow:
            situation = await self._bound(uow, guest_id, form.sid, LegState.QUEUED)
            leg = situation.leg(form.sid) if situation else None
            if situation is None or leg is None:
                return False
            return await self._rooms.report(uow, situation, leg, form.state)

    async def rung(self, form: VoiceForm, room_name: str) -> bool:
        """A report about the telephone of an operator, who may be busy before we knew the leg.

        The room is older than the call, so its address tells whose leg it is, whichever of the
        carrier's answer and its report comes first.
        """
        if form.state is None or not form.sid:
            return False
        async with self._db.uow() as uow:
            room = await store.room_named(uow, room_name)
            if room is None:
                return False
            situation = await rung(uow, self._rooms, room, form.sid)
            leg = situation.leg(form.sid)
            return leg is not None and await self._rooms.report(uow, situation, leg, form.state)

    async def bind(
        self, uow: Uow, situation: Situation, guest: Guest, sid: str, state: LegState
    ) -> Situation:
        """A guest has a leg; a newer one of theirs ends the older. The contact is locked."""
        if guest.sid not in {None, sid}:
            errands.hang_up(uow, str(guest.sid))
        await store.insert_leg(
            uow,
            sid,
            guest.contact_id,
            role=guest.role,
            state=state,
            staff_id=guest.staff_id,
            room=guest.room,
        )
        await talkstore.bind_guest(uow, guest.id, sid)
        if not any(one.id == guest.id for one in situation.guests):
            errands.hang_up(uow, sid)  # nobody waits for them any more
        return await self._rooms.situation(uow, guest.contact_id)

    async def hears(self, uow: Uow, leg: Leg, hear: Hear, situation: Situation) -> str:
        """The room, or why there is none: in the operator's own language."""
        room, guest = situation.room, situation.guest_of(leg)
        if hear is Hear.OPERATOR_ROOM and room is not None:
            return self._documents.operator_room(room, new_id().hex)
        if hear is Hear.GUEST_ROOM and room is not None and guest is not None:
            return self._documents.guest_room(room, guest, new_id().hex)
        if hear is Hear.SOON:
            return self._documents.soon()
        if leg.staff_id is None:
            return self._documents.silent_end()
        lang = await self._lang_of(uow, leg.staff_id)
        if hear is Hear.GONE:
            return self._documents.operator_gone(lang)
        return self._documents.operator_none(lang)

    async def nobody(self, uow: Uow, leg: Leg) -> str:
        """There is nothing for this leg to join."""
        if leg.staff_id is None:
            return self._documents.silent_end()
        return self._documents.operator_none(await self._lang_of(uow, leg.staff_id))

    async def _let_in(self, uow: Uow, form: VoiceForm, room: Room) -> str:
        new = await store.insert_leg(
            uow,
            form.sid,
            room.contact_id,
            role=Role.OPERATOR,
            state=form.state or LegState.IN_PROGRESS,
            staff_id=room.staff_id,
            room=room.name,
        )
        situation = await self._rooms.situation(uow, room.contact_id)
        for older in situation.operators():
            if new and older.sid != form.sid:
                errands.hang_up(uow, older.sid)
        return await self._now(uow, situation, form.sid)

    async def _as_guest(self, uow: Uow, form: VoiceForm, guest_id: UUID) -> str:
        state = form.state or LegState.IN_PROGRESS
        situation = await self._bound(uow, guest_id, form.sid, state)
        if situation is None:
            return self._documents.sorry()
        return await self._now(uow, situation, form.sid)

    async def _bound(self, uow: Uow, guest_id: UUID, sid: str, state: LegState) -> Situation | None:
        """The situation, locked, in which that leg is the guest's; None for no guest of ours."""
        found = await talkstore.guest(uow, guest_id)
        if found is None:
            return None
        situation = await self._rooms.situation(uow, found.contact_id)
        if situation.leg(sid) is not None:
            return situation
        # Looked up again: another leg of theirs may have come in while we waited for the lock.
        guest = await talkstore.guest(uow, guest_id) or found
        return await self.bind(uow, situation, guest, sid, state)

    async def _now(self, uow: Uow, situation: Situation, sid: str) -> str:
        leg = situation.leg(sid)
        if leg is None:
            return self._documents.sorry()
        return await self.hears(uow, leg, hears(situation, leg, rooms=True), situation)

    async def _lang_of(self, uow: Uow, staff_id: StaffId) -> Lang:
        """The language of somebody's screens."""
        member = (await self._staff.by_ids([staff_id], uow)).get(staff_id)
        return SOURCE if member is None else member.lang

    async def _reserved(self, uow: Uow, staff_id: StaffId) -> Contact | None:
        """The call an operator has in hand, locked."""
        mine = await self._contacts.of_operator(uow, staff_id)
        for contact in reversed(mine):
            if contact.channel == Channel.VOICE and contact.state in _TAKEN:
                locked = await self._contacts.get(uow, contact.id, lock=True)
                if locked.state in _TAKEN and locked.operator_id == staff_id:
                    return locked
        return None
