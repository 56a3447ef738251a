"""Every address names a right or says why it is public, and stands in exactly one place."""

from collections import Counter

import pytest
from aiohttp import web

from hotline.access.permissions import Permission
from hotline.access.roles import GRANTS
from hotline.infra.web.routes import METHODS, Public, Route, RouteProblems, add_routes
from tests.architecture.conftest import Plan

# Whatever is public is here on purpose: a new one needs a line, and somebody who reads it.
OPEN = {
    "GET /console/{tree}/{path:.+}",
    "GET /health/live",
    "GET /health/ready",
    "GET /login",
    "GET /metrics",
    "GET /prompts/{lang}/{file}",
    "POST /login",
    "POST /sms/duty",
    "POST /sms/in",
    "POST /sms/status",
    "POST /telegram/webhook",
    *(
        f"POST /voice/{name}"
        for name in (
            "after", "bridge", "conf", "gate", "gate-key", "gate-status", "guest", "guest-status",
            "hold", "hold-key", "in", "message", "message-status", "music", "op", "op-status",
            "recording",
            "silence", "status", "step", "whisper",
        )
    ),
}  # fmt: skip
CHANGES = METHODS - {"GET", "HEAD"}


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


def everything(plan: Plan) -> list[Route]:
    return [*plan.probes, *plan.edge, *plan.console]


def test_the_whole_house_may_start(plan: Plan) -> None:
    app = web.Application()
    add_routes(app, everything(plan))
    assert len(plan.console) > 30


def test_a_route_without_a_right_or_reason_does_not_start() -> None:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    nothing: Permission = None  # type: ignore[assignment] # what a careless hand would write
    for access in (nothing, Public(" ")):
        with pytest.raises(RouteProblems):
            add_routes(web.Application(), [Route("GET", "/x", handler, access)])


def test_what_is_public_is_meant_to_be(plan: Plan) -> None:
    open_ = {name(route) for route in everything(plan) if isinstance(route.access, Public)}
    assert open_ == OPEN


def test_the_outside_gets_no_right_of_staff(plan: Plan) -> None:
    """Webhooks prove themselves; a session cookie must mean nothing to them."""
    assert [name(r) for r in plan.edge if not isinstance(r.access, Public)] == []


def test_no_address_is_declared_twice(plan: Plan) -> None:
    twice = [one for one, count in Counter(map(name, everything(plan))).items() if count > 1]
    assert twice == []


def test_what_staff_change_goes_through_the_api(plan: Plan) -> None:
    """Forms exist only for signing in and out; everything else has the CSRF header."""
    forms = {name(r) for r in plan.console if r.method in CHANGES and "/api/" not in r.path}
    assert forms == {"POST /login", "POST /logout"}


def test_every_right_opens_something_or_is_asked_in_a_service(plan: Plan) -> None:
    asked = {route.access for route in everything(plan) if isinstance(route.access, Permission)}
    # Asked inside: the wider right beside "own", and what decides who is told.
    inside = {
        Permission.CALLBACK_WINDOW_OVERRIDE,
        Permission.CASE_RECORD_READ,
        Permission.CONTACT_RECORD_READ,
    }
    assert set(Permission) - asked <= inside


def test_every_right_is_granted_to_somebody() -> None:
    assert frozenset().union(*GRANTS.values()) == set(Permission)


def test_no_address_carries_a_number_or_a_name(plan: Plan) -> None:
    """Variables in addresses are ids of ours: addresses end up in the logs of others."""
    allowed = {"id", "contact", "tree", "path:.+", "lang", "file", "leg"}
    variables = {
        part.split("{", 1)[1].split("}", 1)[0]
        for route in everything(plan)
        for part in route.path.split("/")
        if "{" in part
    }
    assert variables <= allowed
