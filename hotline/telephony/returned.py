"""Legs of calls that we made: known from the carrier's answer or its first report, as it comes."""

from uuid import UUID

from hotline.callbacks.service import Callbacks
from hotline.infra.db import Uow
from hotline.telephony import store
from hotline.telephony.model import LegState, Role, Room, Situation
from hotline.telephony.rooms import Rooms


async def called(
    uow: Uow,
    callbacks: Callbacks,
    attempt: tuple[UUID, UUID],
    sid: str,
    state: LegState = LegState.QUEUED,
) -> None:
    """A call back, of this contact and attempt, is on its way; whoever picks up is at the gate.

    Its first webhook may be faster than the carrier's answer. The contact is locked.
    """
    contact_id, attempt_id = attempt
    await callbacks.record(uow, attempt_id, sid)
    if await store.insert_leg(uow, sid, contact_id, role=Role.CALLER, state=state):
        await store.shut_gate(uow, sid)


async def rung(uow: Uow, rooms: Rooms, room: Room, sid: str) -> Situation:
    """The operator of a room is rung on that leg; the situation, locked.

    The contact first, as everybody does: two who insert the same leg would wait for each other.
    """
    before = await rooms.situation(uow, room.contact_id)
    if before.leg(sid) is not None:
        return before
    await store.record_call(uow, room.name, sid)
    await store.insert_leg(
        uow,
        sid,
        room.contact_id,
        role=Role.OPERATOR,
        state=LegState.QUEUED,
        staff_id=room.staff_id,
        room=room.name,
    )
    return await rooms.situation(uow, room.contact_id)
