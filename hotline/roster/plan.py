"""The plan as the desk shows it: local days and times, names, what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.infra.db import Uow
from hotline.intake.hours import Hours
from hotline.kernel.clock import face
from hotline.kernel.errors import Invalid
from hotline.line.reader import LineReader
from hotline.roster import coverage, store, weekgrid
from hotline.roster.model import NEAR, Absence, Planned, Span, Swap
from hotline.roster.weekgrid import Slot
from hotline.staff.directory import Directory

Json = dict[str, Any]
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the line's zone, who is planned in it, and who could be.

    Shifts may begin before and end after it; absences are those of all their time.
    """

    first: date
    hours: Hours
    slots: list[Slot]
    people: list[Actor]
    shifts: list[Planned]
    absences: list[Absence]

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.first + timedelta(days=n) for n in range(weekgrid.DAYS)]

    @property
    def languages(self) -> dict[UUID, Sequence[str]]:
        """Which languages each person has, by their account."""
        return {one.staff_id: one.languages for one in self.people}

    @property
    def away(self) -> list[Absence]:
        """Absences that are of the week itself."""
        begin, end = self.slots[0].at, self.slots[-1].end
        return [one for one in self.absences if one.meets(begin, end)]

    def there(self) -> list[set[UUID]]:
        """Who is there, for each half hour."""
        return [set(coverage.present(slot, self.shifts, self.absences)) for slot in self.slots]


async def read_week(uow: Uow, line: LineReader, staff: Directory, wanted: date | None) -> Week:
    """The week of a day, this one without; a person whose account is closed is not planned with.

    Raises Invalid for a day that is far away.
    """
    hours = (await line.now(uow)).hours
    first = weekgrid.monday(await near(uow, hours.zone, wanted))
    slots = weekgrid.slots(hours.zone, first)
    begin, end = slots[0].at, slots[-1].end
    people = await staff.who_may(Permission.ROSTER_OWN_MANAGE, uow)
    known = {one.staff_id for one in people}
    shifts = [one for one in await store.shifts(uow, begin, end) if one.staff_id in known]
    since = min([begin, *(one.begins_at for one in shifts)])
    until = max([end, *(one.ends_at for one in shifts)])
    absences = [one for one in await store.absences(uow, since, until) if one.staff_id in known]
    return Week(first, hours, slots, people, shifts, absences)


async def near(uow: Uow, zone: ZoneInfo, day: date | None) -> date:
    """The day, today without one. Raises Invalid for one that is more than 400 days away."""
    today = (await uow.time()).astimezone(zone).date()
    if day is None:
        return today
    if abs(day - today) > NEAR:
        raise Invalid("invalid-input", day="not-an-option")
    return day


def span(zone: ZoneInfo, day: date, begin: time, end: time) -> Span:
    """Local times of a day as moments; an end that is not later is one of the next day.

    Raises Invalid for a time that the clocks jump over.
    """
    last = day if end > begin else day + timedelta(days=1)
    since, until = weekgrid.moment(zone, day, begin), weekgrid.moment(zone, last, end)
    if until <= since:  # the clocks jump over it
        raise Invalid("invalid-input", begin="not-an-option")
    return Span(since, until)


def shift_json(shift: Planned, zone: ZoneInfo, warnings: Sequence[str] = ()) -> Json:
    """A planned shift; `days` are all local days it touches, `from` and `to` local times."""
    begin, end = shift.begins_at.astimezone(zone), shift.ends_at.astimezone(zone)
    return {
        "id": shift.id,
        "rev": shift.rev,
        "staff": shift.staff_id,
        "begins_at": shift.begins_at,
        "ends_at": shift.ends_at,
        "from": _clock(begin),
        "to": _clock(end),
        "days": sorted({begin.date(), (shift.ends_at - _INSTANT).astimezone(zone).date()}),
        "warnings": list(warnings),
    }


def absence_json(absence: Absence, zone: ZoneInfo) -> Json:
    """An absence in whole local days, the last one included."""
    return {
        "id": absence.id,
        "staff": absence.staff_id,
        "state": absence.state,
        "first": absence.begins_at.astimezone(zone).date(),
        "last": (absence.ends_at - _INSTANT).astimezone(zone).date(),
    }


def swap_json(
    swap: Swap, shifts: Mapping[UUID, Planned], zone: ZoneInfo, warnings: Sequence[str] = ()
) -> Json:
    """A swap with its shift; the warnings are those for who took it."""
    return {
        "id": swap.id,
        "state": swap.state,
        "by": swap.offered_by,
        "to": swap.offered_to,
        "taken_by": swap.taken_by,
        "shift": shift_json(shifts[swap.shift_id], zone, warnings),
    }


def gap_json(gap: Json, zone: ZoneInfo) -> Json:
    """A gap in local times; an end at midnight is 00:00."""
    begin: datetime = gap["from"]
    end: datetime = gap["to"]
    local = {"from": _clock(begin.astimezone(zone)), "to": _clock(end.astimezone(zone))}
    return gap | local


def _clock(at: datetime) -> str:
    return face(at.hour * 60 + at.minute)
