"""What we ask of the carrier about rooms and their guests: only from jobs, as in lines.py."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.carrier.ports import CallRef, CarrierError
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.telephony import store, talkstore
from hotline.telephony.company import Company
from hotline.telephony.dialing import Numbers
from hotline.telephony.entrance import Entrance
from hotline.telephony.lines import Outside
from hotline.telephony.model import (
    Guest,
    LegState,
    Role,
    Timing,
)
from hotline.telephony.rooms import Rooms
from hotline.telephony.tuning import as_told, joins, knows, wishes

log = structlog.get_logger(__name__)

_CLOCKS_DIFFER: Final = timedelta(seconds=5)


class Tuner:
    """Job handlers. Each may run twice, and late."""

    def __init__(
        self,
        db: Database,
        rooms: Rooms,
        company: Company,
        entrance: Entrance,
        outside: Outside,
        numbers: Numbers,
        timing: Timing,
    ) -> None:
        self._db = db
        self._rooms = rooms
        self._company = company
        self._entrance = entrance
        self._outside = outside
        self._numbers = numbers
        self._timing = timing

    async def tune(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Have everybody in the room as they should be; only what the carrier does not know yet."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, UUID(payload["contact_id"]), lock=False)
            room = situation.room
            if room is None:
                return
            times = joins(await store.facts(uow, room.name))
        wanted = wishes(situation, self._outside.documents.url("/voice/music"))
        # Whoever is to be silent or away is so before somebody else may speak.
        for sid, wish in sorted(wanted.items(), key=lambda one: not (one[1].held or one[1].muted)):
            leg = situation.leg(sid)
            if leg is None or knows(leg, wish, times[sid]):
                continue
            try:
                await self._outside.carrier.tune(room.name, sid, wish)
            except CarrierError as error:
                if not error.gone:
                    raise
                continue  # they left meanwhile; the room will say so
            async with self._db.uow() as uow:
                await talkstore.tell(uow, sid, as_told(wish, times[sid]))

    async def ring(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Ring a guest. The intent is on record first; a repeat looks before."""
        guest_id = UUID(payload["guest"])
        async with self._db.uow() as uow:
            guest = await talkstore.guest(uow, guest_id)
            if guest is None or not guest.open or guest.sid is not None:
                return
            first, since = await talkstore.plan_ringing(uow, guest_id)
            sealed = await talkstore.guest_number(uow, guest_id)
        address = self._numbers.address(guest, sealed)
        if address is None:
            await self._lose(guest)
            return
        found = None
        if not first:
            calls = await self._outside.carrier.find_calls(address, since - _CLOCKS_DIFFER)
            found = next((call for call in calls if not call.over), None)
        try:
            call = found or await self._call(guest, address)
        except CarrierError as error:
            if not error.permanent:
                raise
            log.warning("voice.guest_refused", role=guest.role, reason=error.code)
            await self._lose(guest)
            return
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, guest.contact_id)
            known = await talkstore.guest(uow, guest_id) or guest
            if known.sid is None:
                await self._entrance.bind(uow, situation, known, call.sid, LegState.QUEUED)

    async def late(self, payload: dict[str, Any], job: JobContext) -> None:
        """The timer after somebody was asked in: whoever is not here by now is not waited for."""
        async with self._db.uow() as uow:
            guest = await talkstore.guest(uow, UUID(payload["guest"]))
            if guest is not None and guest.open:
                await self._unless_here(uow, guest)
            await job.done(uow)

    async def _lose(self, guest: Guest) -> None:
        async with self._db.uow() as uow:
            await self._unless_here(uow, guest)

    async def _unless_here(self, uow: Uow, guest: Guest) -> None:
        situation = await self._rooms.situation(uow, guest.contact_id)
        for one in situation.guests:
            if one.id == guest.id and not situation.guest_here(guest.id):
                await self._company.dismiss(uow, situation, one)
                self._company.tell(uow, situation)

    async def _call(self, guest: Guest, address: str) -> CallRef:
        documents, third = self._outside.documents, guest.role is Role.THIRD
        return await self._outside.carrier.call(
            address,
            documents.url(f"/voice/guest?g={guest.id}"),
            documents.url(f"/voice/guest-status?g={guest.id}"),
            caller_id=self._outside.caller_id,
            timeout_s=self._timing.ring_third_s if third else self._timing.ring_s,
        )
