"""Roster and forecast over HTTP."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid, query_number
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid
from hotline.roster.forecast import LEAST_PATIENCE_S, MOST_PATIENCE_S, Assumptions
from hotline.roster.forecasting import WEEKS, Forecasts
from hotline.roster.own import OwnShifts
from hotline.roster.planning import Planning

_MOST_WEEKS = 26


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ShiftBody(_Body):
    """Who, and from when to when in the line's own time; `to` not after `from`: the next day."""

    staff: UUID
    day: date
    begin: Annotated[time, Field(alias="from")]
    end: Annotated[time, Field(alias="to")]


class ChangeBody(ShiftBody):
    """The same for a shift that is there, made from `rev`."""

    rev: Annotated[int, Field(ge=1, le=2**31 - 1)]


class DecisionBody(_Body):
    """Yes or no."""

    approve: bool


class SwapDecisionBody(DecisionBody):
    """And who had taken the shift when that was decided."""

    taken_by: UUID | None = None


class AbsenceBody(_Body):
    """Whole days, the last one included."""

    first: date
    last: date


class OfferBody(_Body):
    """An own shift, and whom it is offered to; nobody named is anyone."""

    shift: UUID
    to: UUID | None = None


class ScenarioBody(_Body):
    """What is asked for and supposed; shares are from 0 to 1, times are seconds."""

    week: date | None = None
    weeks: Annotated[int, Field(ge=1, le=_MOST_WEEKS)] = WEEKS
    target: Annotated[float, Field(ge=0.5, le=0.99)] = 0.8
    seconds: Annotated[float, Field(ge=0, le=600)] = 20
    aht_factor: Annotated[float, Field(ge=0.25, le=4)] = 1
    load_factor: Annotated[float, Field(ge=0.1, le=5)] = 1
    patience_s: Annotated[float, Field(ge=LEAST_PATIENCE_S, le=MOST_PATIENCE_S)] | None = None
    shrinkage: Annotated[float, Field(ge=0, le=0.8)] = 0
    chats_at_once: Annotated[int, Field(ge=1, le=20)] = 3

    def assumptions(self) -> Assumptions:
        """Without the week they are for."""
        return Assumptions(**self.model_dump(exclude={"week", "weeks"}))


class Views:
    """For who plans, and for who is planned."""

    def __init__(self, planning: Planning, own: OwnShifts, forecasts: Forecasts) -> None:
        self._planning = planning
        self._own = own
        self._forecasts = forecasts

    def routes(self) -> list[Route]:
        """What may be asked and set."""
        plan, own = Permission.ROSTER_PLAN_MANAGE, Permission.ROSTER_OWN_MANAGE
        load = Permission.FORECAST_LOAD_READ
        return [
            Route("GET", "/api/roster", self.week, plan),
            Route("POST", "/api/roster/shifts", self.plan, plan),
            Route("PUT", "/api/roster/shifts/{id}", self.change, plan),
            Route("DELETE", "/api/roster/shifts/{id}", self.remove, plan),
            Route("POST", "/api/roster/absences/{id}/decide", self.decide_absence, plan),
            Route("POST", "/api/roster/swaps/{id}/decide", self.decide_swap, plan),
            Route("GET", "/api/roster/mine", self.mine, own),
            Route("POST", "/api/roster/absences", self.ask_absence, own),
            Route("DELETE", "/api/roster/absences/{id}", self.withdraw_absence, own),
            Route("POST", "/api/roster/swaps", self.offer, own),
            Route("POST", "/api/roster/swaps/{id}/accept", self.accept, own),
            Route("DELETE", "/api/roster/swaps/{id}/accept", self.leave, own),
            Route("DELETE", "/api/roster/swaps/{id}", self.withdraw_swap, own),
            Route("GET", "/api/forecast", self.forecast, load),
            Route("POST", "/api/forecast/scenario", self.scenario, load),
        ]

    async def week(self, request: web.Request) -> web.StreamResponse:
        """GET /api/roster."""
        return json_ok(await self._planning.week(actor(request), _day(request, "week")))

    async def plan(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/shifts."""
        body = await json_body(request, ShiftBody)
        where = (body.staff, body.day, _clock(body.begin), _clock(body.end))
        return json_ok({"id": await self._planning.plan(actor(request), *where)})

    async def change(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/roster/shifts/{id}."""
        body = await json_body(request, ChangeBody)
        where = (body.staff, body.day, _clock(body.begin), _clock(body.end))
        await self._planning.change(actor(request), path_uuid(request, "id"), body.rev, where)
        return json_ok({})

    async def remove(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/roster/shifts/{id}."""
        rev = query_number(request, "rev")
        if rev is None:
            raise Invalid("invalid-input", rev="required")
        await self._planning.remove(actor(request), path_uuid(request, "id"), rev)
        return json_ok({})

    async def decide_absence(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/absences/{id}/decide."""
        approve = (await json_body(request, DecisionBody)).approve
        key = path_uuid(request, "id")
        await self._planning.decide_absence(actor(request), key, approve=approve)
        return json_ok({})

    async def decide_swap(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/swaps/{id}/decide."""
        body = await json_body(request, SwapDecisionBody)
        who, key = actor(request), path_uuid(request, "id")
        if body.approve:
            await self._planning.approve_swap(who, key, body.taken_by)
        else:
            await self._planning.refuse_swap(who, key)
        return json_ok({})

    async def mine(self, request: web.Request) -> web.StreamResponse:
        """GET /api/roster/mine."""
        return json_ok(await self._own.shown(actor(request)))

    async def ask_absence(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/absences."""
        body = await json_body(request, AbsenceBody)
        return json_ok({"id": await self._own.ask_absence(actor(request), body.first, body.last)})

    async def withdraw_absence(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/roster/absences/{id}."""
        await self._own.withdraw_absence(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def offer(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/swaps."""
        body = await json_body(request, OfferBody)
        return json_ok({"id": await self._own.offer(actor(request), body.shift, body.to)})

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """POST /api/roster/swaps/{id}/accept."""
        await self._own.accept(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/roster/swaps/{id}/accept."""
        await self._own.leave(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def withdraw_swap(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/roster/swaps/{id}."""
        await self._own.withdraw(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def forecast(self, request: web.Request) -> web.StreamResponse:
        """GET /api/forecast."""
        return json_ok(await self._forecasts.week(actor(request), _day(request, "week")))

    async def scenario(self, request: web.Request) -> web.StreamResponse:
        """POST /api/forecast/scenario."""
        body = await json_body(request, ScenarioBody)
        given = body.assumptions()
        return json_ok(await self._forecasts.week(actor(request), body.week, given, body.weeks))


def _day(request: web.Request, name: str) -> date | None:
    """A day of the query, None without one. Raises Invalid."""
    raw = request.query.get(name)
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        error = Invalid("invalid-input")
        error.fields = {name: "not-an-option"}
        raise error from None


def _clock(at: time) -> time:
    """Whole minutes of the line's own time: a zone that came along is refused."""
    if at.tzinfo is not None:
        raise Invalid("invalid-input", time="not-an-option")
    return at.replace(second=0, microsecond=0)
