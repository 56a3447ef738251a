"""The plan in the hands of operators: own shifts, days away, shifts offered and taken."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid
from hotline.kernel.ids import StaffId
from hotline.line.reader import LineReader
from hotline.roster import coverage, plan, store, weekgrid
from hotline.roster.changes import Changes
from hotline.roster.model import LONGEST_ABSENCE, NEAR, SwapState
from hotline.staff.directory import Directory

Json = dict[str, Any]
_SHOWN: Final = timedelta(weeks=8)


class OwnShifts:
    """Each person for themselves; of colleagues only what they offer is shown."""

    def __init__(self, db: Database, changes: Changes, staff: Directory, line: LineReader) -> None:
        self._db = db
        self._changes = changes
        self._staff = staff
        self._line = line

    async def shown(self, actor: Actor) -> Json:
        """Own shifts of the next eight weeks, absences, own offers, and what one may take."""
        require(actor, Permission.ROSTER_OWN_MANAGE)
        me = actor.staff_id
        async with self._db.reads() as uow:
            hours, now = (await self._line.now(uow)).hours, await uow.time()
            mine = await store.shifts(uow, now, now + _SHOWN, me)
            absences = await store.absences(uow, now, now + NEAR, me)
            offers = await store.swaps(uow, [one.id for one in mine])
            free = await store.offered_to(uow, me)
            offered = await store.shifts_by_id(uow, [one.shift_id for one in free])
            able = await self._staff.who_may(Permission.ROSTER_OWN_MANAGE, uow)
        by_id = {one.id: one for one in (*mine, *offered)}
        return {
            "zone": hours.zone.key,
            "shifts": [
                plan.shift_json(one, hours.zone, coverage.warnings(one, absences, hours))
                for one in mine
            ],
            "absences": [plan.absence_json(one, hours.zone) for one in absences],
            "offers": [plan.swap_json(one, by_id, hours.zone) for one in offers],
            "free": [
                plan.swap_json(one, by_id, hours.zone) for one in free if one.shift_id in by_id
            ],
            "colleagues": [
                {"id": one.staff_id, "name": one.name} for one in able if one.staff_id != me
            ],
        }

    async def ask_absence(self, actor: Actor, first: date, last: date) -> UUID:
        """Ask to be away for whole local days, the last one included.

        Raises Invalid for days that are over, upside down or too many, Conflict when some of them
        are asked for already.
        """
        require(actor, Permission.ROSTER_OWN_MANAGE)
        async with self._db.uow() as uow:
            zone = (await self._line.now(uow)).hours.zone
            today = await plan.near(uow, zone, None)
            if not today <= first <= last <= today + NEAR or last - first > LONGEST_ABSENCE:
                raise Invalid("invalid-input", last="not-an-option")
            begin = weekgrid.midnight(zone, first)
            end = weekgrid.midnight(zone, last + timedelta(days=1))
            await store.hold(uow, actor.staff_id)
            asked = await store.ask_absence(uow, actor.staff_id, begin, end)
            if asked is None:
                raise Conflict("absence-overlaps")
            await self._changes.note(uow, actor, asked, "absence.asked")
        return asked

    async def withdraw_absence(self, actor: Actor, absence_id: UUID) -> None:
        """Be there after all. Raises Conflict when it is over, or not one's own."""
        require(actor, Permission.ROSTER_OWN_MANAGE)
        async with self._db.uow() as uow:
            if not await store.withdraw_absence(uow, absence_id, actor.staff_id):
                raise Conflict("roster-decided")
            await self._changes.note(uow, actor, absence_id, "absence.withdrawn")

    async def offer(self, actor: Actor, shift_id: UUID, to: UUID | None) -> UUID:
        """Offer an own shift to come to a colleague, or to anyone.

        Raises Conflict when it is offered already, or not one's own any more.
        """
        require(actor, Permission.ROSTER_OWN_MANAGE)
        async with self._db.uow() as uow:
            colleague = None if to is None else await self._colleague(uow, actor, to)
            await store.hold(uow, actor.staff_id)
            made = await store.offer(uow, shift_id, actor.staff_id, colleague)
            if made is None:
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, made, "swap.offered")
        return made

    async def accept(self, actor: Actor, swap_id: UUID) -> None:
        """Take what is offered, for a supervisor to approve.

        Raises Conflict when somebody was faster, it was withdrawn, or it overlaps an own shift.
        """
        require(actor, Permission.ROSTER_OWN_MANAGE)
        async with self._db.uow() as uow:
            if not await store.accept(uow, swap_id, actor.staff_id):
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, swap_id, "swap.accepted")

    async def leave(self, actor: Actor, swap_id: UUID) -> None:
        """Do not take the shift after all: it is offered as before.

        Raises Conflict when it is decided already, or one never took it.
        """
        require(actor, Permission.ROSTER_OWN_MANAGE)
        async with self._db.uow() as uow:
            if not await store.leave(uow, swap_id, actor.staff_id):
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, swap_id, "swap.left")

    async def withdraw(self, actor: Actor, swap_id: UUID) -> None:
        """Keep the shift after all. Raises Conflict when the swap is over, or another's."""
        require(actor, Permission.ROSTER_OWN_MANAGE)
        me = actor.staff_id
        async with self._db.uow() as uow:
            if not await store.end_swap(uow, swap_id, SwapState.WITHDRAWN, me, owner=me):
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, swap_id, "swap.withdrawn")

    async def _colleague(self, uow: Uow, actor: Actor, wanted: UUID) -> StaffId:
        able = await self._staff.who_may(Permission.ROSTER_OWN_MANAGE, uow)
        for one in able:
            if one.staff_id == wanted != actor.staff_id:
                return one.staff_id
        raise Invalid("invalid-input", to="not-an-option")
