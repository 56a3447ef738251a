"""The forecast of a week for supervisors: the past of the line against the plan, on demand."""

import asyncio
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any, Final

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.contacts import load
from hotline.contacts.load import Past
from hotline.infra.db import Database
from hotline.intake import hours as opening
from hotline.kernel.languages import LANGS
from hotline.line.reader import LineReader
from hotline.roster import forecast, plan, weekgrid
from hotline.roster.forecast import ALL, KINDS, Assumptions
from hotline.roster.plan import Week
from hotline.staff.directory import Directory

Json = dict[str, Any]
WEEKS: Final = 8


class Forecasts:
    """Numbers only: nothing of a caller leaves the database, so nothing is put on record."""

    def __init__(self, db: Database, staff: Directory, line: LineReader) -> None:
        self._db = db
        self._staff = staff
        self._line = line

    async def week(
        self,
        actor: Actor,
        wanted: date | None,
        given: Assumptions | None = None,
        weeks: int = WEEKS,
    ) -> Json:
        """The week of a day, from as many whole weeks until yesterday.

        Without assumptions those of the house, with the patience that was measured.
        """
        require(actor, Permission.FORECAST_LOAD_READ)
        async with self._db.reads() as uow:
            week = await plan.read_week(uow, self._line, self._staff, wanted)
            zone = week.hours.zone
            today = await plan.near(uow, zone, None)
            days = [today - timedelta(days=back) for back in range(weeks * 7, 0, -1)]
            since, until = weekgrid.midnight(zone, days[0]), weekgrid.midnight(zone, today)
            past = await load.past(uow, since, until, zone)
        measured = forecast.patience_of(past)
        chosen = given or replace(Assumptions(), patience_s=measured)
        # Thousands of small sums: not on the loop that desks wait for.
        told = await asyncio.to_thread(series, week, past, days, chosen)
        return {
            "zone": zone.key,
            "week": week.first,
            "days": week.days,
            "weeks": weeks,
            "slots": [
                {"day": slot.day, "clock": slot.clock, "open": opening.is_open(week.hours, slot.at)}
                for slot in week.slots
            ],
            "assumptions": asdict(chosen),
            "measured": {"patience_s": measured and round(measured)},
            "languages": told,
        }


def series(week: Week, past: Past, days: list[date], given: Assumptions) -> Json:
    """Every language and *all*, as `forecast.staffing` says it."""
    there, speaks, special = week.there(), week.languages, set(week.hours.days)
    found = {}
    for lang in (ALL, *LANGS):
        spoken = None if lang == ALL else lang
        profiles = {kind: forecast.profile(past, kind, spoken, days, special) for kind in KINDS}
        planned = [
            len(people) if spoken is None else sum(spoken in speaks[one] for one in people)
            for people in there
        ]
        found[lang] = forecast.staffing(profiles, week.slots, planned, given)
    return found
