"""What a plan lacks: half hours without a language, shifts that are long, people who are away."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from hotline.intake import hours as opening
from hotline.intake.hours import Hours
from hotline.kernel.languages import LANGS
from hotline.roster.model import LONG, Absence, AbsenceState, Planned, Swap
from hotline.roster.weekgrid import Slot

Json = dict[str, Any]
ANY: Final = "any"


def present(
    slot: Slot, shifts: Sequence[Planned], absences: Sequence[Absence]
) -> AbstractSet[UUID]:
    """Who is planned for all of the half hour, and not away for any of it."""
    away = {
        one.staff_id
        for one in absences
        if one.state is AbsenceState.APPROVED and one.meets(slot.at, slot.end)
    }
    return {one.staff_id for one in shifts if one.covers(slot.at, slot.end)} - away


def gaps(
    week: Sequence[Slot],
    hours: Hours,
    there: Sequence[AbstractSet[UUID]],
    languages: Mapping[UUID, Sequence[str]],
) -> list[Json]:
    """Spans of opening hours without anybody for a language; *any*: without anybody at all.

    `there` says who is there, for each half hour of the week. A span does not go over midnight.
    """
    found: list[Json] = []
    for lang in (ANY, *LANGS):
        running: Json | None = None
        for slot, people in zip(week, there, strict=True):
            missing = opening.is_open(hours, slot.at) and not _speaks(people, languages, lang)
            if not missing or (lang != ANY and not people):
                running = None
            elif running and running["day"] == slot.day:
                running["to"] = slot.end
            else:
                running = {"language": lang, "day": slot.day, "from": slot.at, "to": slot.end}
                found.append(running)
    return sorted(found, key=lambda gap: gap["from"])


def warnings(shift: Planned, absences: Sequence[Absence], hours: Hours) -> list[str]:
    """What is odd: *long*, *absent* (away for part of it), *closed* (the line is, at first)."""
    told = []
    if shift.ends_at - shift.begins_at > LONG:
        told.append("long")
    if any(
        one.staff_id == shift.staff_id
        and one.state is AbsenceState.APPROVED
        and one.meets(shift.begins_at, shift.ends_at)
        for one in absences
    ):
        told.append("absent")
    if not opening.is_open(hours, shift.begins_at):
        told.append("closed")
    return told


def taken(
    swap: Swap, shifts: Mapping[UUID, Planned], absences: Sequence[Absence], hours: Hours
) -> list[str]:
    """What would be odd about a shift if whoever took it had it; nothing while nobody did."""
    if swap.taken_by is None:
        return []
    return warnings(replace(shifts[swap.shift_id], staff_id=swap.taken_by), absences, hours)


def _speaks(people: AbstractSet[UUID], languages: Mapping[UUID, Sequence[str]], lang: str) -> bool:
    return bool(people) if lang == ANY else any(lang in languages.get(one, ()) for one in people)
