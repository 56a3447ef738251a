"""The plan in the hands of supervisors: shifts made, changed and removed, wishes decided."""

from datetime import date, time
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import StaffId
from hotline.line.reader import LineReader
from hotline.roster import coverage, plan, store
from hotline.roster.changes import Changes
from hotline.roster.model import NEAR, AbsenceState, Planned, Span, SwapState
from hotline.staff.directory import Directory

Json = dict[str, Any]


class Planning:
    """Every change is on record in its own transaction. Two changes at once: one, and Conflict."""

    def __init__(self, db: Database, changes: Changes, staff: Directory, line: LineReader) -> None:
        self._db = db
        self._changes = changes
        self._staff = staff
        self._line = line

    async def week(self, actor: Actor, wanted: date | None) -> Json:
        """The week of a day: people, shifts, absences, and what is not covered.

        `asked` and `swaps` wait for a decision, of whatever week to come.
        """
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.reads() as uow:
            found = await plan.read_week(uow, self._line, self._staff, wanted)
            swaps = await store.open_swaps(uow)
            offered = await store.shifts_by_id(uow, [one.shift_id for one in swaps])
            now = await uow.time()
            away = await store.absences(uow, now, now + NEAR)
        zone, hours = found.hours.zone, found.hours
        by_id = {one.id: one for one in offered}
        return {
            "zone": zone.key,
            "week": found.first,
            "days": found.days,
            "people": [
                {"id": one.staff_id, "name": one.name, "languages": one.languages}
                for one in found.people
            ],
            "shifts": [
                plan.shift_json(one, zone, coverage.warnings(one, found.absences, hours))
                for one in found.shifts
            ],
            "absences": [plan.absence_json(one, zone) for one in found.away],
            "asked": [
                plan.absence_json(one, zone) for one in away if one.state is AbsenceState.ASKED
            ],
            "swaps": [
                plan.swap_json(one, by_id, zone, coverage.taken(one, by_id, away, hours))
                for one in swaps
                if one.shift_id in by_id
            ],
            "gaps": [
                plan.gap_json(gap, zone)
                for gap in coverage.gaps(found.slots, hours, found.there(), found.languages)
            ],
        }

    async def plan(self, actor: Actor, staff_id: UUID, day: date, begin: time, end: time) -> UUID:
        """A new shift in local times; an end that is not later is one of the next day.

        Raises Conflict when it overlaps one of the person's, Invalid for who cannot be planned.
        """
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.uow() as uow:
            when, person = await self._checked(uow, staff_id, day, begin, end)
            await store.hold(uow, person)
            made = await store.plan(uow, person, when.begins_at, when.ends_at, actor.staff_id)
            if made is None:
                raise Conflict("shift-overlaps")
            await self._changes.note(uow, actor, made, "shift.planned")
        return made

    async def change(
        self, actor: Actor, shift_id: UUID, rev: int, to: tuple[UUID, date, time, time]
    ) -> None:
        """Give a shift another person, day or time; whoever was offered it is offered it no more.

        Raises Conflict when it was changed since `rev` or would overlap, NotFound when it is gone.
        """
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.uow() as uow:
            when, person = await self._checked(uow, *to)
            before = await self._held(uow, shift_id, rev, person)
            now = Planned(when.begins_at, when.ends_at, before.id, person, rev)
            if not await store.change(uow, now, actor.staff_id):
                raise Conflict("shift-overlaps")
            await store.lapse(uow, shift_id)
            await self._changes.note(uow, actor, shift_id, "shift.changed")

    async def remove(self, actor: Actor, shift_id: UUID, rev: int) -> None:
        """Take a shift out of the plan. Raises Conflict when it was changed since `rev`."""
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.uow() as uow:
            await self._held(uow, shift_id, rev)
            if not await store.remove(uow, shift_id, rev, actor.staff_id):
                raise Conflict("conflict")
            await store.lapse(uow, shift_id)
            await self._changes.note(uow, actor, shift_id, "shift.removed")

    async def decide_absence(self, actor: Actor, absence_id: UUID, *, approve: bool) -> None:
        """Let somebody be away, or not. Raises Conflict when it is decided or withdrawn."""
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        state = AbsenceState.APPROVED if approve else AbsenceState.REFUSED
        async with self._db.uow() as uow:
            if not await store.decide_absence(uow, absence_id, state, actor.staff_id):
                raise Conflict("roster-decided")
            await self._changes.note(uow, actor, absence_id, f"absence.{state}")

    async def approve_swap(self, actor: Actor, swap_id: UUID, taken_by: UUID | None) -> None:
        """Let a colleague have the shift: whoever had accepted it when that was decided.

        Raises Conflict when it is over, they left it, it fits them no more, or they cannot be
        planned any longer.
        """
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.uow() as uow:
            swap = await store.swap(uow, swap_id)
            if swap is None:
                raise NotFound
            if taken_by is None:
                raise Conflict("swap-over")
            if await self._able(uow, taken_by) is None:
                raise Conflict("swap-taker-gone")
            await store.hold(uow, swap.offered_by, taken_by)
            if not await store.approve(uow, swap_id, taken_by, actor.staff_id):
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, swap_id, f"swap.{SwapState.APPROVED}")

    async def refuse_swap(self, actor: Actor, swap_id: UUID) -> None:
        """End a swap. Raises Conflict when it is over."""
        require(actor, Permission.ROSTER_PLAN_MANAGE)
        async with self._db.uow() as uow:
            if await store.swap(uow, swap_id) is None:
                raise NotFound
            if not await store.end_swap(uow, swap_id, SwapState.REFUSED, actor.staff_id):
                raise Conflict("swap-over")
            await self._changes.note(uow, actor, swap_id, f"swap.{SwapState.REFUSED}")

    async def _checked(
        self, uow: Uow, staff_id: UUID, day: date, begin: time, end: time
    ) -> tuple[Span, StaffId]:
        zone = (await self._line.now(uow)).hours.zone
        when = plan.span(zone, await plan.near(uow, zone, day), begin, end)
        person = await self._able(uow, staff_id)
        if person is None:
            raise Invalid("invalid-input", staff="not-an-option")
        return when, person

    async def _able(self, uow: Uow, staff_id: UUID) -> StaffId | None:
        """The person, if they can be planned: their account is open, and they take contacts."""
        able = await self._staff.who_may(Permission.ROSTER_OWN_MANAGE, uow)
        return next((one.staff_id for one in able if one.staff_id == staff_id), None)

    async def _held(self, uow: Uow, shift_id: UUID, rev: int, *more: StaffId) -> Planned:
        """The shift at this revision, with the plans of those concerned held."""
        seen = await store.shift(uow, shift_id)
        if seen is None:
            raise NotFound
        await store.hold(uow, seen.staff_id, *more)
        now = await store.shift(uow, shift_id)
        if now is None or now.rev != rev:
            raise Conflict("conflict")
        return now
