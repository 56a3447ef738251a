"""Who is in which room, and what follows: talk, pull the caller, wait a little, begin anew.

Each method that changes something holds the contact's row, so that webhooks, timers and jobs about
one contact take turns. Nothing here speaks to the carrier: that is written down as jobs.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.callbacks.service import Callbacks
from hotline.carrier.capabilities import Capabilities
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.kernel.ids import StaffId, new_id
from hotline.telephony import errands, store
from hotline.telephony.company import Company
from hotline.telephony.errands import GRACE, NO_JOIN, PULL, RING, hang_up, payload_of, timer
from hotline.telephony.machine import (
    Fact,
    Next,
    Stale,
    advance,
    after_change,
    elsewhere,
    is_final,
    present,
    talk_goes_on,
)
from hotline.telephony.model import Leg, LegState, Ring, Role, Room, Situation, Timing, call_state
from hotline.telephony.patience import Patience
from hotline.telephony.schemas import RoomForm

_TAKEN: Final = (ContactState.RESERVED, ContactState.TALKING)
_MET: Final = (*_TAKEN, ContactState.WRAP_UP, ContactState.CLOSED)


class Rooms:
    """The meeting of one operator and one caller.

    `ends` says what it means that a caller leaves at a step of the questions where they were told
    that nobody answers.
    """

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        company: Company,
        capabilities: Capabilities,
        timing: Timing,
        callbacks: Callbacks,
        *,
        ends: Mapping[str, Outcome],
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._company = company
        self._capabilities = capabilities
        self._patience = Patience(capabilities, timing, callbacks)
        self._timing = timing
        self._callbacks = callbacks
        self._ends = ends

    async def situation(self, uow: Uow, contact_id: UUID, *, lock: bool = True) -> Situation:
        """Everything about a call; with `lock`, nobody else changes it until the end."""
        contact = await self._contacts.get(uow, contact_id, lock=lock)
        now = Situation(contact, await store.legs(uow, contact_id), await self.room(uow, contact))
        return await self._company.with_guests(uow, now)

    async def room(self, uow: Uow, contact: Contact) -> Room | None:
        """The open room of a contact that somebody has taken, or left to others; else None."""
        if contact.state not in _MET:
            return None
        room = await store.open_room(uow, contact.id)
        return room if contact.state in _TAKEN or (room is not None and room.apart) else None

    async def connect(self, contact_id: UUID, staff_id: StaffId, *, ring: Ring | None) -> bool:
        """Open the room of a reservation; `ring` lets the carrier call the operator.

        False when the contact is not reserved for them.
        """
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.state is not ContactState.RESERVED or contact.operator_id != staff_id:
                return False
            room = await self.ensure(uow, contact, staff_id)
            if not self._capabilities.conference:
                await self._fetch(uow, await self.situation(uow, contact_id), room)
            elif ring:
                errands.ring(uow, room, ring)
            if ring is Ring.OWN:
                more = self._timing.own_phone
                await self._patience.to_meet(uow, room, again=False, more=more, alone=True)
        return True

    async def ensure(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Room:
        """The room of this reservation, opened when there is none. The contact is locked."""
        room = await store.open_room(uow, contact.id)
        if room is not None:
            if room.staff_id == staff_id:
                return room
            await store.close_room(uow, room.name)
        room = await store.insert_room(uow, f"c-{new_id().hex}", contact.id, staff_id)
        await self._patience.to_meet(uow, room, again=False, alone=True)
        return room

    async def event(self, form: RoomForm) -> bool:
        """Something a room said. False when it says nothing about presence, or said so before."""
        if form.change is None:
            return False
        fact = Fact(form.room_sid, form.sid, form.sequence, form.change)
        async with self._db.uow() as uow:
            room = await store.room_named(uow, form.name)
            if room is None or not await store.add_fact(uow, room.name, fact):
                return False
            before = await self.situation(uow, room.contact_id)
            leg = before.leg(form.sid)
            if leg is not None and form.leg_state is not None and is_final(form.leg_state):
                await self.report(uow, before, leg, form.leg_state)
                before = await self.situation(uow, room.contact_id)
            await store.place_legs(uow, room, present(await store.facts(uow, room.name)))
            await self._settle(uow, before)
        return True

    async def report(self, uow: Uow, situation: Situation, leg: Leg, state: LegState) -> bool:
        """The state of a leg as the carrier tells it; False for a late or repeated report."""
        moved = advance(leg.state, state)
        if isinstance(moved, Stale):
            return False
        final = is_final(moved.state)
        await store.move_leg(uow, leg.sid, moved.state, final=final)
        if not final:
            return True
        await self._callbacks.call_over(uow, leg.sid, moved.state)
        if leg.role is Role.CALLER:
            await self._caller_hung_up(uow, situation, leg, moved.state)
        if situation.room is not None and situation.room.apart:
            await self._settle(uow, situation)
        elif leg.role is not Role.CALLER:
            await self._other_hung_up(uow, situation, leg)
        return True

    async def sent(self, uow: Uow, leg: Leg, room: Room) -> None:
        """The caller was told to go to the room: pulled as well, they would be torn out of it."""
        await store.send_to_room(uow, leg.sid, room.name)
        await uow.cancel(timer(PULL, room))

    async def bridged(self, uow: Uow, contact: Contact, room: Room, leg: Leg) -> None:
        """Where the carrier has no rooms nothing tells that two are joined: the Dial does."""
        await store.place_legs(uow, room, [leg.sid])
        await store.start_room(uow, room.name)
        await self._contacts.talk(uow, contact)
        await uow.cancel(timer(NO_JOIN, room))
        self._company.tell(uow, await self.situation(uow, contact.id))

    async def parted(self, uow: Uow, situation: Situation, leg: Leg, why: str) -> None:
        """Where the carrier has no rooms: the Dial is over, and the caller is still there.

        As in a room, a telephone that was put down loses the caller nothing: talks end at the desk.
        """
        await store.leave_room(uow, leg.sid)
        if situation.caller_here:  # who was handed on waits already
            await self.requeue(uow, situation, why)

    async def stepped_out(self, uow: Uow, situation: Situation, leg: Leg) -> None:
        """The leg asks what to do after the room, so it is not there: whatever events say later."""
        await store.leave_room(uow, leg.sid)
        await self._settle(uow, situation)

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """End whatever legs an operator has; grace and requeue follow from their end."""
        for leg in await store.open_legs_of(uow, staff_id):
            hang_up(uow, leg.sid)

    async def lost(self, payload: dict[str, Any], job: JobContext) -> None:
        """The timer after an operator went: whoever is back by now has nothing to fear."""
        async with self._db.uow() as uow:
            situation = await self._same_room(uow, payload)
            if situation is not None and not situation.operator_here:
                if await self._company.take_over(uow, situation):
                    self._company.tell(uow, situation)
                else:
                    await self.requeue(uow, situation, "operator_lost")
            await job.done(uow)

    async def not_joined(self, payload: dict[str, Any], job: JobContext) -> None:
        """The timer after a reservation: the two must be together by now.

        An operator who is there is not to blame: the caller is pulled once more, then waits anew.
        """
        async with self._db.uow() as uow:
            situation = await self._same_room(uow, payload)
            await job.done(uow)
            if situation is None or situation.contact.state is not ContactState.RESERVED:
                return
            room, here = situation.room, situation.operator_here
            if room is not None and here and not payload["again"]:
                await self._fetch(uow, situation, room)
                await self._patience.to_meet(uow, room, again=True)
                return
            why = "operator_lost" if here or elsewhere(situation) else "no_join"
            await self.requeue(uow, situation, why)

    async def refused(self, room_name: str) -> None:
        """The operator cannot be rung at all: no need to wait for the timer."""
        async with self._db.uow() as uow:
            room = await store.room_named(uow, room_name)
            if room is not None:
                situation = await self._same_room(uow, payload_of(room))
                if situation is not None and not situation.operator_here:
                    await self.requeue(uow, situation, "no_join")

    async def out_of_reach(self, room_name: str, silent: timedelta) -> None:
        """The caller is not there to be pulled: the operator is free, and they keep their wait."""
        async with self._db.uow() as uow:
            room = await store.room_named(uow, room_name)
            if room is not None:
                situation = await self._same_room(uow, payload_of(room))
                if situation and await store.lose_sight(uow, [room.contact_id], silent):
                    await self.requeue(uow, situation, "adrift")

    async def requeue(self, uow: Uow, situation: Situation, why: str) -> Contact:
        """The caller waits again, in front; the rest follows from the contact's event."""
        await store.was_here(uow, situation.contact.id)
        if situation.room is not None:
            await self._close(uow, situation.room)
        return await self._contacts.requeue(uow, situation.contact, why)

    async def clear(self, contact_id: UUID) -> None:
        """After a requeue: the caller back to the music, the former operator's leg and room ended.

        Legs of the next reservation, which may have begun meanwhile, are left alone.
        """
        async with self._db.uow() as uow:
            situation = await self.situation(uow, contact_id)
            if situation.contact.state is ContactState.WAITING:
                room = await store.open_room(uow, contact_id)
                if room is not None:
                    await self._close(uow, room)
            current = situation.room.name if situation.room else None
            caller = situation.caller
            away = caller is not None and not caller.over and caller.room not in {None, current}
            if away and self._capabilities.redirect:
                errands.hold(uow, contact_id)
            for leg in situation.others():
                if leg.room != current:
                    hang_up(uow, leg.sid)
            self._end_rooms(uow, {leg.room for leg in situation.legs} - {current}, contact_id)

    async def disband(self, contact_id: UUID, *, caller_too: bool) -> None:
        """The talk is over, or the caller gone: end what is left of legs and room.

        Not where the operator has left the others to talk on.
        """
        async with self._db.uow() as uow:
            situation = await self.situation(uow, contact_id)
            if situation.room is None:
                room = await store.open_room(uow, contact_id)
                if room is not None:
                    await self._close(uow, room)
                for leg in situation.legs:
                    if not leg.over and (caller_too or leg.role is not Role.CALLER):
                        hang_up(uow, leg.sid)
                self._end_rooms(uow, {leg.room for leg in situation.legs}, contact_id)
            self._company.tell(uow, situation)

    async def _caller_hung_up(
        self, uow: Uow, situation: Situation, leg: Leg, how: LegState
    ) -> None:
        """The caller's leg ended. Who is to be called back keeps their place.

        A leg that went through the gate, or stands before it, is a call that reached nobody.
        """
        contact = situation.contact
        if any(o.role is Role.CALLER and not o.over and o.sid != leg.sid for o in situation.legs):
            return
        callback = await self._callbacks.open_of(uow, contact)
        if callback is None:
            outcome = self._ends.get(str(contact.intake.get("step")))
            await self._contacts.caller_left(uow, contact, outcome=outcome)
        elif room_called := await self._callbacks.room_of(uow, leg.sid):
            if situation.room is not None:
                await self._close(uow, situation.room)
            await self._callbacks.missed(uow, contact, room_called, how)
        else:
            await self._contacts.note(uow, contact.id, "callback_kept")
            if leg.adrift and contact.state is ContactState.WAITING:
                await self._callbacks.keep(uow, contact, callback)
            if situation.room is not None:
                now = replace(situation, legs=await store.legs(uow, contact.id))
                await self._fetch(uow, now, situation.room)

    async def not_reached(self, uow: Uow, situation: Situation, room: Room, how: str) -> None:
        """The call back of this reservation could not be made, or nobody knows whether it was."""
        await self._close(uow, room)
        await self._callbacks.missed(uow, situation.contact, room.name, how)

    async def _other_hung_up(self, uow: Uow, situation: Situation, leg: Leg) -> None:
        """A leg ended that is not the caller's. Of the operator's, the last one decides.

        An operator who was in the room before the caller may be back in a moment: the page was
        loaded again.
        """
        others = [one for one in situation.operators() if one.sid != leg.sid]
        room = situation.room
        its_operator = leg.role is Role.OPERATOR and leg.staff_id == situation.operator_id
        if room is None or leg.room != room.name or (its_operator and others):
            return
        if not its_operator or situation.contact.state is not ContactState.RESERVED:
            await self._settle(uow, situation)
        elif await store.was_in_room(uow, leg.sid, room.name):
            await self._patience.with_operator(uow, room)
            await self._patience.to_meet(uow, room, again=False)
        else:
            await self.requeue(uow, situation, "no_join")

    async def _settle(self, uow: Uow, before: Situation) -> None:
        """Do what the people now in the room mean for the contact; tell the desk what changed."""
        legs = await store.legs(uow, before.contact.id)
        now = replace(before, legs=legs)
        room = now.room
        if room is None:
            return
        changed = await self._company.settle(uow, now)
        if room.apart and not talk_goes_on(now):
            await self._part(uow, now, room)
        if now.caller_here and now.operator_here and room.started_at is None:
            await store.start_room(uow, room.name)
            now = replace(now, room=replace(room, started_at=await uow.time()))
        for step in after_change(now):
            await self._do(uow, step, now, room)
        if changed or call_state(before.legs, before.room) is not call_state(now.legs, now.room):
            self._company.tell(uow, now)

    async def _part(self, uow: Uow, now: Situation, room: Room) -> None:
        """Caller or third party has gone: the talk without us is over, for whoever is left too."""
        await self._close(uow, room)
        for leg in now.others():
            hang_up(uow, leg.sid)
        self._end_rooms(uow, {room.name}, now.contact.id)

    async def _do(self, uow: Uow, step: Next, now: Situation, room: Room) -> None:
        match step:
            case Next.TALK:
                await self._contacts.talk(uow, now.contact)
                await uow.cancel(timer(NO_JOIN, room))
            case Next.PULL_CALLER:
                await self._fetch(uow, now, room)
            case Next.START_GRACE:
                await self._patience.with_operator(uow, room)
            case Next.STOP_GRACE:
                await uow.cancel(timer(GRACE, room))

    async def _fetch(self, uow: Uow, now: Situation, room: Room) -> None:
        """The caller out of the music, or back by telephone; who stands before the gate is asked.

        Where there are rooms the operator comes first: nobody answers a call and hears silence.
        """
        if (caller := now.caller) is None or caller.over:
            unread = await self._callbacks.asks_first(uow, room.contact_id)
            await self.call_back(uow, now, room, ring=not unread)
        elif self._capabilities.redirect and not caller.gated:
            errands.pull(uow, room)

    async def call_back(self, uow: Uow, now: Situation, room: Room, *, ring: bool = True) -> bool:
        """Ring who is to be called back; False when the operator is not there, who comes first.

        Without `ring` they have something to read before, and the time for it.
        """
        here = now.operator_here or not self._capabilities.conference
        if not here or not await self._callbacks.to_call(uow, now.contact, asked=ring):
            return False
        if ring:
            errands.call_back(uow, room)
        await self._patience.to_meet(uow, room, again=False)
        return True

    async def _same_room(self, uow: Uow, payload: dict[str, Any]) -> Situation | None:
        """The situation a timer was set for, or None when it has passed."""
        situation = await self.situation(uow, UUID(payload["contact_id"]))
        room = situation.room
        return situation if room is not None and room.name == payload["room"] else None

    async def _close(self, uow: Uow, room: Room) -> None:
        await store.close_room(uow, room.name)
        await self._company.dissolve(uow, room.contact_id)
        # What still tries to fill this room would hold up what comes after it.
        for kind in (NO_JOIN, GRACE, RING, PULL):
            await uow.cancel(timer(kind, room))

    def _end_rooms(self, uow: Uow, names: set[str | None], contact_id: UUID) -> None:
        if not self._capabilities.conference:
            return
        for name in sorted(name for name in names if name is not None):
            errands.end_room(uow, name, contact_id)
