"""Roster and forecast in the mock server: an invented plan, and the product's own sums over it."""

from dataclasses import asdict, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.contacts.load import Arrived, Handled, Past
from hotline.infra.web.http import json_ok
from hotline.intake import hours as opening
from hotline.kernel.clock import SystemClock
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import Lang
from hotline.roster import coverage, plan, weekgrid
from hotline.roster.forecast import Assumptions
from hotline.roster.forecasting import series
from hotline.roster.model import Absence, AbsenceState, Planned, Swap, SwapState
from tests.console.world import OPERATOR, OTHER, Json, World

ZONE = ZoneInfo("Asia/Bishkek")
HOURS = opening.parse(
    {
        "timezone": ZONE.key,
        "week": {day: ["08:00-20:00"] for day in opening.WEEKDAYS} | {"sunday": ["10:00-15:00"]},
    }
)


def person(identity: Json, *languages: Lang) -> Actor:
    """Somebody who can be planned."""
    key = StaffId(UUID(identity["id"]))
    return Actor(key, identity["name"], frozenset({Role.OPERATOR}), languages=languages)


def past(days: list[date]) -> Past:
    """Eight weeks of calls, busy at noon, and of chats; in English hardly any."""
    came = [
        Arrived(day, half, "call", lang, max(0, most - abs(half - 25) // 2 - number % 3))
        for number, day in enumerate(days)
        for half in range(14, 42)
        for lang, most in (("ru", 9), ("ky", 6))
    ]
    came += [Arrived(day, 30, "chat", "ru", 2) for day in days]
    came += [Arrived(day, 39, "call", "en", 1) for day in days]
    came += [Arrived(day, 30, "chat", "en", 1) for day in days[-21:]]
    handled = [Handled("call", lang, 900, 420) for lang in ("ru", "ky")]
    return Past(tuple(came), (*handled, Handled("chat", "ru", 112, 600)), 60, 9000.0)


class MockRoster:
    """Everything can be changed; nothing is refused but what overlaps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.me = person(OPERATOR, "ky", "ru")
        self.other = person(OTHER, "ru", "uz")
        self.first = weekgrid.monday(SystemClock().now().astimezone(ZONE).date())
        self.shifts = [self.shift(self.me, n, 8, 16) for n in (0, 1, 2)] + [
            self.shift(self.other, 0, 12, 20),
            self.shift(self.other, 3, 20, 6),
            self.shift(self.me, 8, 8, 16),  # next week: to come, whatever day it is
        ]
        away = plan.span(ZONE, self.first + timedelta(days=4), time(0), time(0))
        self.absences = [
            Absence(away.begins_at, away.ends_at, new_id(), self.me.staff_id, AbsenceState.ASKED)
        ]
        self.swaps = [self.swap(4, self.other, self.me), self.swap(2, self.me, None)]

    def shift(self, who: Actor, on: int, begin: int, end: int) -> Planned:
        when = plan.span(ZONE, self.first + timedelta(days=on), time(begin), time(end))
        return Planned(when.begins_at, when.ends_at, new_id(), who.staff_id, 1)

    def swap(self, shift: int, by: Actor, taken: Actor | None) -> Swap:
        state = SwapState.ACCEPTED if taken else SwapState.OFFERED
        key = taken.staff_id if taken else None
        return Swap(new_id(), self.shifts[shift].id, by.staff_id, None, key, state)

    def week_of(self, wanted: str | None) -> plan.Week:
        first = weekgrid.monday(date.fromisoformat(wanted)) if wanted else self.first
        slots = weekgrid.slots(ZONE, first)
        begin, end = slots[0].at, slots[-1].end
        shifts = [one for one in self.shifts if one.meets(begin, end)]
        absences = [one for one in self.absences if one.meets(begin, end)]
        return plan.Week(first, HOURS, slots, [self.me, self.other], shifts, absences)

    def shown(self, shift: Planned) -> Json:
        return plan.shift_json(shift, ZONE, coverage.warnings(shift, self.absences, HOURS))

    def swaps_json(self, swaps: list[Swap]) -> list[Json]:
        by_id = {one.id: one for one in self.shifts}
        return [
            plan.swap_json(one, by_id, ZONE, coverage.taken(one, by_id, self.absences, HOURS))
            for one in swaps
            if one.shift_id in by_id
        ]

    async def week(self, request: web.Request) -> web.StreamResponse:
        week = self.week_of(request.query.get("week"))
        gaps = coverage.gaps(week.slots, HOURS, week.there(), week.languages)
        return json_ok(
            {
                "zone": ZONE.key,
                "week": week.first,
                "days": week.days,
                "people": [
                    {"id": one.staff_id, "name": one.name, "languages": one.languages}
                    for one in week.people
                ],
                "shifts": [self.shown(one) for one in week.shifts],
                "absences": [plan.absence_json(one, ZONE) for one in week.absences],
                "asked": [
                    plan.absence_json(one, ZONE)
                    for one in self.absences
                    if one.state is AbsenceState.ASKED
                ],
                "swaps": self.swaps_json(self.swaps),
                "gaps": [plan.gap_json(gap, ZONE) for gap in gaps],
            }
        )

    async def save(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        key = UUID(request.match_info["id"]) if "id" in request.match_info else new_id()
        times = (time.fromisoformat(body["from"]), time.fromisoformat(body["to"]))
        when = plan.span(ZONE, date.fromisoformat(body["day"]), *times)
        who = StaffId(UUID(body["staff"]))
        made = Planned(when.begins_at, when.ends_at, key, who, body.get("rev", 0) + 1)
        others = [one for one in self.shifts if one.id != key]
        if any(o.staff_id == who and o.meets(made.begins_at, made.ends_at) for o in others):
            return web.json_response({"error": "shift-overlaps", "text": "…"}, status=409)
        self.shifts = sorted([*others, made], key=lambda one: one.begins_at)
        return json_ok({"id": key})

    async def remove(self, request: web.Request) -> web.StreamResponse:
        self.shifts = [one for one in self.shifts if str(one.id) != request.match_info["id"]]
        return json_ok({})

    async def decide_absence(self, request: web.Request) -> web.StreamResponse:
        yes = (await request.json())["approve"]
        state = AbsenceState.APPROVED if yes else AbsenceState.REFUSED
        self.absences = [replace(one, state=state) for one in self.absences]
        return json_ok({})

    async def end_swap(self, request: web.Request) -> web.StreamResponse:
        self.swaps = [one for one in self.swaps if str(one.id) != request.match_info["id"]]
        return json_ok({})

    async def accept(self, request: web.Request) -> web.StreamResponse:
        self.swaps = [
            replace(one, **self.taking(request.method))
            if str(one.id) == request.match_info["id"]
            else one
            for one in self.swaps
        ]
        return json_ok({})

    def taking(self, method: str) -> dict[str, Any]:
        """POST takes a shift, DELETE leaves it."""
        if method == "POST":
            return {"state": SwapState.ACCEPTED, "taken_by": self.me.staff_id}
        return {"state": SwapState.OFFERED, "taken_by": None}

    async def mine(self, _request: web.Request) -> web.StreamResponse:
        own = [one for one in self.shifts if one.staff_id == self.me.staff_id]
        free = [one for one in self.swaps if one.offered_by != self.me.staff_id]
        return json_ok(
            {
                "zone": ZONE.key,
                "shifts": [self.shown(one) for one in own],
                "absences": [plan.absence_json(one, ZONE) for one in self.absences],
                "offers": self.swaps_json([one for one in self.swaps if one not in free]),
                "free": self.swaps_json(free),
                "colleagues": [{"id": self.other.staff_id, "name": self.other.name}],
            }
        )

    async def ask_absence(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        begin = weekgrid.midnight(ZONE, date.fromisoformat(body["first"]))
        end = weekgrid.midnight(ZONE, date.fromisoformat(body["last"]) + timedelta(days=1))
        asked = Absence(begin, end, new_id(), self.me.staff_id, AbsenceState.ASKED)
        self.absences.append(asked)
        return json_ok({"id": asked.id})

    async def offer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        to = StaffId(UUID(body["to"])) if body["to"] else None
        made = Swap(new_id(), UUID(body["shift"]), self.me.staff_id, to, None, SwapState.OFFERED)
        self.swaps.append(made)
        return json_ok({"id": made.id})

    async def forecast(self, request: web.Request) -> web.StreamResponse:
        body: dict[str, Any] = await request.json() if request.method == "POST" else {}
        week = self.week_of(body.pop("week", None) or request.query.get("week"))
        given = Assumptions(**body) if body else Assumptions(patience_s=150)
        days = [self.first - timedelta(days=back) for back in range(56, 0, -1)]
        return json_ok(
            {
                "zone": ZONE.key,
                "week": week.first,
                "days": week.days,
                "weeks": 8,
                "slots": [
                    {"day": s.day, "clock": s.clock, "open": opening.is_open(HOURS, s.at)}
                    for s in week.slots
                ],
                "assumptions": asdict(given),
                "measured": {"patience_s": 150},
                "languages": series(week, past(days), days, given),
            }
        )

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/roster and /api/forecast."""
        return [
            web.get("/api/roster", self.week),
            web.post("/api/roster/shifts", self.save),
            web.put("/api/roster/shifts/{id}", self.save),
            web.delete("/api/roster/shifts/{id}", self.remove),
            web.post("/api/roster/absences/{id}/decide", self.decide_absence),
            web.post("/api/roster/swaps/{id}/decide", self.end_swap),
            web.get("/api/roster/mine", self.mine),
            web.post("/api/roster/absences", self.ask_absence),
            web.post("/api/roster/swaps", self.offer),
            web.post("/api/roster/swaps/{id}/accept", self.accept),
            web.delete("/api/roster/swaps/{id}/accept", self.accept),
            web.delete("/api/roster/swaps/{id}", self.end_swap),
            web.get("/api/forecast", self.forecast),
            web.post("/api/forecast/scenario", self.forecast),
        ]
