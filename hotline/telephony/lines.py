"""Everything we ask of the carrier about calls: only here, only from jobs, never in a transaction.

Before each request the state is read again: what was true when the job was written may be over.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.carrier.ports import CallRef, Carrier, CarrierError, OutcomeUnknown
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext, Later
from hotline.staff.phones import Phones
from hotline.telephony import store
from hotline.telephony.documents import Documents
from hotline.telephony.machine import Next, after_change
from hotline.telephony.model import (
    CLIENT_PREFIX,
    LegState,
    Ring,
    Room,
    Timing,
    identity,
)
from hotline.telephony.returned import rung
from hotline.telephony.rooms import Rooms

log = structlog.get_logger(__name__)

# The carrier's clock and ours differ a little; an earlier call to the same operator is over by now.
CLOCKS_DIFFER: Final = timedelta(seconds=5)
_SILENT_LIMIT: Final = 50
# A call is asked about at the latest after its silence and a quarter of it.
_LOOKS: Final = 4


@dataclass(frozen=True, slots=True)
class Outside:
    """The carrier, the number we show, our addresses, and the telephones of staff.

    `neutral_id` is the number shown to whom we call back: it must not give the line away.
    """

    carrier: Carrier
    caller_id: str
    documents: Documents
    phones: Phones
    neutral_id: str = ""

    @property
    def shown(self) -> frozenset[str]:
        """Every number that calls of ours show, without the sign in front."""
        return frozenset(one.lstrip("+") for one in (self.caller_id, self.neutral_id) if one)


class Lines:
    """Job handlers. Each may run twice, and late."""

    def __init__(self, db: Database, rooms: Rooms, outside: Outside, timing: Timing) -> None:
        self._db = db
        self._rooms = rooms
        self._carrier = outside.carrier
        self._caller_id = outside.caller_id
        self._documents = outside.documents
        self._phones = outside.phones
        self._timing = timing
        self.ask_every_s = timing.silent_waiting.total_seconds() / _LOOKS

    async def ring(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Ring the operator of a room. The intent is on record first; a repeat looks before."""
        room = await self._unanswered(payload["room"])
        if room is None:
            return
        async with self._db.uow() as uow:
            first = await store.plan_call(uow, room.name)
            planned_at, _ = await store.planned_call(uow, room.name)
        address = await self._address(room, payload)
        if address is None:
            log.warning("voice.operator_refused", staff_id=str(room.staff_id), reason="no-phone")
            await self._rooms.refused(room.name)
            return
        found = None
        if not first:
            calls = await self._carrier.find_calls(address, planned_at - CLOCKS_DIFFER)
            found = next((call for call in calls if not call.over), None)
        try:
            call = found or await self._call(room, address, _door(room, payload))
        except CarrierError as error:
            if not error.permanent:
                raise
            log.warning("voice.operator_refused", staff_id=str(room.staff_id), reason=error.code)
            await self._rooms.refused(room.name)
            return
        async with self._db.uow() as uow:  # its first webhooks may have been faster than we
            await rung(uow, self._rooms, room, call.sid)

    async def pull(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Bring the caller to the operator who is in the room already.

        Who was sent there a moment ago is given the time to arrive: pulled, they would be torn out.
        """
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, UUID(payload["contact_id"]), lock=False)
            now = await uow.time()
        room, caller = situation.room, situation.caller
        if room is None or room.name != payload["room"] or caller is None or caller.over:
            return
        if caller.gated:
            return
        if Next.PULL_CALLER not in after_change(situation):
            return
        rest = caller.last_seen_at + self._timing.on_the_way - now
        if caller.room == room.name and rest > timedelta():
            raise Later(rest.total_seconds())
        if caller.room != room.name and caller.last_seen_at + self._timing.two_turns < now:
            await self._rooms.out_of_reach(room.name, self._timing.two_turns)
            return
        await self._redirect(caller.sid, "/voice/bridge")

    async def hold(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Bring the caller back to the music, unless they are where they should be."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, UUID(payload["contact_id"]), lock=False)
        caller, room = situation.caller, situation.room
        here = room is not None and caller is not None and caller.room == room.name
        if caller is None or caller.over or caller.adrift:
            return
        if situation.contact.live and not here:
            await self._redirect(caller.sid, "/voice/hold?n=0")

    async def hang_up(self, payload: dict[str, Any], _job: JobContext) -> None:
        """End a leg."""
        await self._carrier.hang_up(payload["sid"])

    async def end_room(self, payload: dict[str, Any], _job: JobContext) -> None:
        """End a room of the carrier."""
        await self._carrier.end_conference(payload["room"])

    async def reconcile(self) -> int:
        """Ask the carrier about legs that have fallen silent; how many had ended unnoticed.

        Who waits is silent when two turns of the hold loop did not come; nobody is removed unasked.
        """
        async with self._db.uow() as uow:
            silent = await store.take_silent(
                uow,
                outside=self._timing.silent_waiting,
                inside=self._timing.silent_talking,
                limit=_SILENT_LIMIT,
            )
        ended = 0
        for sid in silent:
            ended += await self.settle(sid)
        return ended

    async def settle(self, sid: str) -> bool:
        """Ask the carrier about a leg; whether it had ended unnoticed."""
        call = await self._ask(sid)
        return call is not None and call.over and await self._report(sid, LegState(call.status))

    async def _unanswered(self, name: str) -> Room | None:
        """The room, if its operator is still to be rung."""
        async with self._db.uow() as uow:
            room = await store.room_named(uow, name)
            if room is None or room.ended_at is not None:
                return None
            situation = await self._rooms.situation(uow, room.contact_id, lock=False)
        rung = any(leg.room == name for leg in situation.operators())
        return None if rung or situation.room is None else room

    async def _address(self, room: Room, payload: dict[str, Any]) -> str | None:
        if payload["ring"] != Ring.OWN:
            return CLIENT_PREFIX + identity(room.staff_id)
        async with self._db.uow() as uow:
            return await self._phones.address(uow, room.staff_id)

    async def _call(self, room: Room, address: str, door: str) -> CallRef:
        return await self._carrier.call(
            address,
            self._documents.url(door),
            self._documents.url(f"/voice/op-status?room={room.name}"),
            caller_id=self._caller_id,
            timeout_s=self._timing.ring_s,
        )

    async def _redirect(self, sid: str, path: str) -> None:
        """A caller who is gone by now has left; the rest follows from that.

        When nobody knows whether it was done, the call itself will say: one that was taken there
        asks for its document, and whoever looks again in a moment sees that in what is stored.
        """
        try:
            await self._carrier.redirect(sid, self._documents.url(path))
        except OutcomeUnknown:
            log.warning("voice.redirect_unknown")
            raise Later(self._timing.on_the_way.total_seconds()) from None
        except CarrierError as error:
            if not error.gone:
                raise
            await self._report(sid, LegState.COMPLETED)

    async def _ask(self, sid: str) -> CallRef | None:
        try:
            return await self._carrier.fetch_call(sid)
        except CarrierError as error:
            if error.gone:
                return CallRef(sid, LegState.COMPLETED)
            log.warning("voice.reconcile_waits", reason=error.code)
            return None

    async def _report(self, sid: str, state: LegState) -> bool:
        async with self._db.uow() as uow:
            contact_id = await store.contact_of(uow, sid)
            if contact_id is None:
                return False
            situation = await self._rooms.situation(uow, contact_id)
            leg = situation.leg(sid)
            return leg is not None and await self._rooms.report(uow, situation, leg, state)


def _door(room: Room, payload: dict[str, Any]) -> str:
    """What whoever picks up hears: a telephone elsewhere is asked first who it is."""
    return f"/voice/whisper?room={room.name}" if payload["ring"] == Ring.OWN else "/voice/op"
