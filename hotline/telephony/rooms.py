"""Who is in which room, and what follows: talk, pull the caller, wait a little, begin anew.

Each method that changes something holds the contact's row, so that webhooks, timers and jobs about
one contact take turns. Nothing here speaks to the carrier: that is written down as jobs.
"""

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
from hotline.telephony import store
from hotline.telephony.events import CallChanged
from hotline.telephony.machine import (
    Fact,
    Next,
    Stale,
    advance,
    after_change,
    is_final,
    present,
)
from hotline.telephony.model import (
    Leg,
    LegState,
    Role,
    Room,
    Situation,
    Timing,
    call_state,
)
from hotline.telephony.schemas import RoomForm

RING: Final = "voice.ring"
PULL: Final = "voice.pull"
CALL_BACK: Final = "voice.call_back"
HOLD: Final = "voice.hold"
HANG_UP: Final = "voice.hang_up"
END_ROOM: Final = "voice.end_room"
NO_JOIN: Final = "voice.no_join"
GRACE: Final = "voice.grace"
_TAKEN: Final = (ContactState.RESERVED, ContactState.TALKING)


class Rooms:
    """The meeting of one operator and one caller.

    `closed` is the step of the questions at which callers hear that the line is shut.
    """

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        capabilities: Capabilities,
        timing: Timing,
        callbacks: Callbacks,
        *,
        closed: str,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._capabilities = capabilities
        self._timing = timing
        self._callbacks = callbacks
        self._closed = closed

    async def situation(self, uow: Uow, contact_id: UUID, *, lock: bool = True) -> Situation:
        """Everything about a call; with `lock`, nobody else changes it until the end."""
        contact = await self._contacts.get(uow, contact_id, lock=lock)
        legs = await store.legs(uow, contact_id)
        return Situation(contact, legs, await self.room(uow, contact))

    async def room(self, uow: Uow, contact: Contact) -> Room | None:
        """The open room of a contact that somebody has taken; None for all others."""
        return await store.open_room(uow, contact.id) if contact.state in _TAKEN else None

    async def connect(self, contact_id: UUID, staff_id: StaffId, *, ring: bool) -> None:
        """Open the room of a reservation; `ring` lets the carrier call the operator."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.state is not ContactState.RESERVED or contact.operator_id != staff_id:
                return
            room = await self.ensure(uow, contact, staff_id)
            if not self._capabilities.conference:
                await self._fetch(uow, await self.situation(uow, contact_id), room)
            elif ring:
                _enqueue(uow, RING, {"room": room.name}, lane=f"room:{room.name}", key=room.name)

    async def ensure(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Room:
        """The room of this reservation, opened when there is none. The contact is locked."""
        room = await store.open_room(uow, contact.id)
        if room is not None:
            if room.staff_id == staff_id:
                return room
            await store.close_room(uow, room.name)
        room = await store.insert_room(uow, f"c-{new_id().hex}", contact.id, staff_id)
        await self._arm_no_join(uow, room, again=False)
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
        else:
            await self._operator_hung_up(uow, situation, leg)
        return True

    async def sent(self, uow: Uow, leg: Leg, room: Room) -> None:
        """The caller was told to go to the room: pulled as well, they would be torn out of it."""
        await store.send_to_room(uow, leg.sid, room.name)
        await uow.cancel(_timer(PULL, room))

    async def stepped_out(self, uow: Uow, situation: Situation, leg: Leg) -> None:
        """The leg asks what to do after the room, so it is not there: whatever events say later."""
        await store.leave_room(uow, leg.sid)
        await self._settle(uow, situation)

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """End whatever legs an operator has; grace and requeue follow from their end."""
        for leg in await store.open_legs_of(uow, staff_id):
            _hang_up(uow, leg)

    async def lost(self, payload: dict[str, Any], job: JobContext) -> None:
        """The timer after an operator went: whoever is back by now has nothing to fear."""
        async with self._db.uow() as uow:
            situation = await self._same_room(uow, payload)
            if situation is not None and not situation.operator_here:
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
            room = situation.room
            if room is not None and situation.operator_here and not payload["again"]:
                await self._fetch(uow, situation, room)
                await self._arm_no_join(uow, room, again=True)
                return
            why = "operator_lost" if situation.operator_here else "no_join"
            await self.requeue(uow, situation, why)

    async def refused(self, room_name: str) -> None:
        """The operator cannot be rung at all: no need to wait for the timer."""
        async with self._db.uow() as uow:
            room = await store.room_named(uow, room_name)
            if room is not None:
                situation = await self._same_room(uow, _payload(room))
                if situation is not None and not situation.operator_here:
                    await self.requeue(uow, situation, "no_join")

    async def requeue(self, uow: Uow, situation: Situation, why: str) -> None:
        """The caller waits again, in front; the rest follows from the contact's event."""
        if situation.room is not None:
            await self._close(uow, situation.room)
        await self._contacts.requeue(uow, situation.contact, why)

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
            if caller is not None and not caller.over and caller.room not in {None, current}:
                lane = f"call:{contact_id}"
                _enqueue(uow, HOLD, {"contact_id": str(contact_id)}, lane=lane)
            for leg in situation.operators():
                if leg.room != current:
                    _hang_up(uow, leg)
            self._end_rooms(uow, {leg.room for leg in situation.legs} - {current}, contact_id)

    async def disband(self, contact_id: UUID, *, caller_too: bool) -> None:
        """The talk is over, or the caller gone: end what is left of legs and room."""
        async with self._db.uow() as uow:
            situation = await self.situation(uow, contact_id)
            room = await store.open_room(uow, contact_id)
            if room is not None:
                await self._close(uow, room)
            for leg in situation.legs:
                if not leg.over and (caller_too or leg.role is Role.OPERATOR):
                    _hang_up(uow, leg)
            self._end_rooms(uow, {leg.room for leg in situation.legs}, contact_id)
            self._tell(uow, situation.contact)

    async def _caller_hung_up(
        self, uow: Uow, situation: Situation, leg: Leg, how: LegState
    ) -> None:
        """The caller's leg ended. Who is to be called back keeps their place.

        A leg that went through the gate, or stands before it, is a call that reached nobody.
        """
        contact = situation.contact
        if any(o.role is Role.CALLER and not o.over and o.sid != leg.sid for o in situation.legs):
            return
        if await self._callbacks.open_of(uow, contact) is None:
            shut = contact.intake.get("step") == self._closed
            outcome = Outcome.OUT_OF_HOURS if shut else None
            await self._contacts.caller_left(uow, contact, outcome=outcome)
        elif room_called := await self._callbacks.room_of(uow, leg.sid):
            if situation.room is not None:
                await self._close(uow, situation.room)
            await self._callbacks.missed(uow, contact, room_called, how)
        else:
            await self._contacts.note(uow, contact.id, "callback_kept")
            if situation.room is not None:
                now = replace(situation, legs=await store.legs(uow, contact.id))
                await self._fetch(uow, now, situation.room)

    async def called(
        self,
        uow: Uow,
        contact_id: UUID,
        attempt_id: UUID,
        sid: str,
        state: LegState = LegState.QUEUED,
    ) -> None:
        """A call back is on its way; its first webhook may be faster than the carrier's answer."""
        await self._callbacks.record(uow, attempt_id, sid)
        if await store.insert_leg(uow, sid, contact_id, role=Role.CALLER, state=state):
            await store.shut_gate(uow, sid)

    async def not_reached(self, uow: Uow, situation: Situation, room: Room, how: str) -> None:
        """The call back of this reservation could not be made, or nobody knows whether it was."""
        await self._close(uow, room)
        await self._callbacks.missed(uow, situation.contact, room.name, how)

    async def _operator_hung_up(self, uow: Uow, situation: Situation, leg: Leg) -> None:
        """The operator's leg ended: never came, or left. The last leg decides.

        Who was in the room before the caller may be back in a moment: the page was loaded again.
        """
        others = [one for one in situation.operators() if one.sid != leg.sid]
        room = situation.room
        if others or room is None or leg.room != room.name:
            return
        if situation.contact.state is not ContactState.RESERVED:
            await self._settle(uow, situation)
        elif await store.was_in_room(uow, leg.sid, room.name):
            await self._start_grace(uow, room)
            await uow.cancel(_timer(NO_JOIN, room))
            await self._arm_no_join(uow, room, again=False)
        else:
            await self.requeue(uow, situation, "no_join")

    async def _settle(self, uow: Uow, before: Situation) -> None:
        """Do what the people now in the room mean for the contact; tell the desk what changed."""
        legs = await store.legs(uow, before.contact.id)
        now = replace(before, legs=legs)
        room = now.room
        if room is None:
            return
        if now.caller_here and now.operator_here and room.started_at is None:
            await store.start_room(uow, room.name)
            now = replace(now, room=replace(room, started_at=await uow.time()))
        for step in after_change(now):
            await self._do(uow, step, now, room)
        if call_state(before.legs, before.room) is not call_state(now.legs, now.room):
            self._tell(uow, now.contact)

    def _tell(self, uow: Uow, contact: Contact) -> None:
        if contact.operator_id is not None:
            uow.publish(CallChanged(contact_id=contact.id, staff_id=contact.operator_id))

    async def _do(self, uow: Uow, step: Next, now: Situation, room: Room) -> None:
        match step:
            case Next.TALK:
                await self._contacts.talk(uow, now.contact)
                await uow.cancel(_timer(NO_JOIN, room))
            case Next.PULL_CALLER:
                await self._fetch(uow, now, room)
            case Next.START_GRACE:
                await self._start_grace(uow, room)
            case Next.STOP_GRACE:
                await uow.cancel(_timer(GRACE, room))

    async def _fetch(self, uow: Uow, now: Situation, room: Room) -> None:
        """The caller out of the music, or back by telephone; who stands before the gate is asked.

        Where there are rooms the operator comes first: nobody answers a call and hears silence.
        """
        caller = now.caller
        if caller is None or caller.over:
            here = now.operator_here or not self._capabilities.conference
            if here and await self._callbacks.open_of(uow, now.contact) is not None:
                lane = f"call:{room.contact_id}"
                _enqueue(uow, CALL_BACK, _payload(room), lane=lane, key=room.name)
        elif self._capabilities.redirect and not caller.gated:
            lane = f"call:{room.contact_id}"
            _enqueue(uow, PULL, _payload(room), lane=lane, key=room.name)

    async def _start_grace(self, uow: Uow, room: Room) -> None:
        at = await uow.time() + self._timing.grace
        key = _timer(GRACE, room)
        uow.enqueue(GRACE, _payload(room), lane=f"timer:{key}", run_at=at, key=key)

    async def _arm_no_join(self, uow: Uow, room: Room, *, again: bool) -> None:
        wait = self._timing.no_join
        if not self._capabilities.conference:  # rung from the caller's next turn of the hold loop
            wait += timedelta(seconds=self._capabilities.hold_chunk_s + self._timing.ring_s)
        if await self._callbacks.open_among(uow, [room.contact_id]):
            wait += timedelta(seconds=self._timing.call_back_s) + self._timing.gate
        key = _timer(NO_JOIN, room)
        at = await uow.time() + wait
        payload = _payload(room) | {"again": again}
        uow.enqueue(NO_JOIN, payload, lane=f"timer:{key}", run_at=at, key=key)

    async def _same_room(self, uow: Uow, payload: dict[str, Any]) -> Situation | None:
        """The situation a timer was set for, or None when it has passed."""
        situation = await self.situation(uow, UUID(payload["contact_id"]))
        room = situation.room
        return situation if room is not None and room.name == payload["room"] else None

    async def _close(self, uow: Uow, room: Room) -> None:
        await store.close_room(uow, room.name)
        # What still tries to fill this room would hold up what comes after it.
        for kind in (NO_JOIN, GRACE, RING, PULL):
            await uow.cancel(_timer(kind, room))

    def _end_rooms(self, uow: Uow, names: set[str | None], contact_id: UUID) -> None:
        if not self._capabilities.conference:
            return
        for name in sorted(name for name in names if name is not None):
            _enqueue(uow, END_ROOM, {"room": name}, lane=f"call:{contact_id}", key=name)


def _payload(room: Room) -> dict[str, Any]:
    return {"contact_id": str(room.contact_id), "room": room.name}


def _timer(kind: str, room: Room) -> str:
    return f"{kind}:{room.name}"


def _enqueue(
    uow: Uow, kind: str, payload: dict[str, Any], *, lane: str, key: str | None = None
) -> None:
    uow.enqueue(kind, payload, lane=lane, key=f"{kind}:{key}" if key else None)


def _hang_up(uow: Uow, leg: Leg) -> None:
    _enqueue(uow, HANG_UP, {"sid": leg.sid}, lane=f"leg:{leg.sid}", key=leg.sid)
