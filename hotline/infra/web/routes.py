"""No permission, no route: an application that cannot be built with an open door in it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.kernel.errors import Problems

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Public:
    """Open to everybody, for a stated reason. The handler checks whatever there is to check.

    `form` marks a page that people post to with a browser (login): its posts must come from our
    own pages, while a webhook's posts come from no page at all.
    """

    reason: str
    form: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the service and who may use it. GET answers HEAD as well.

    Where the body `streams` the handler reads it, counts it and has its own deadline.
    """

    method: str
    path: str
    handler: Handler
    access: Permission | Public
    streams: bool = False


class RouteProblems(Problems):
    """The list of routes cannot be served; `problems` names each route and what it lacks."""


RouteTable = dict[web.AbstractRoute, Route]
ROUTES: Final = web.AppKey("routes", RouteTable)


def add_routes(app: web.Application, routes: Iterable[Route]) -> None:
    """Register all routes, or raise `RouteProblems` naming every one that may not start."""
    wanted = list(routes)
    problems = [problem for route in wanted for problem in _lacks(route)]
    problems += _doubled(wanted)
    if problems:
        raise RouteProblems(problems)
    table = app[ROUTES] = {}
    for route in wanted:
        resource = app.router.add_resource(route.path)
        for method in _methods(route):
            table[resource.add_route(method, route.handler)] = route


def access_of(request: web.Request) -> Permission | Public | None:
    """What the matched route asks for; None when nothing matched or it was never declared."""
    route = request.app[ROUTES].get(request.match_info.route)
    return None if route is None else route.access


def streams(request: web.Request) -> bool:
    """Whether the handler takes the body as it comes."""
    route = request.app[ROUTES].get(request.match_info.route)
    return route is not None and route.streams


def template_of(request: web.Request) -> str:
    """The path with its variables unfilled: safe for metrics and logs, unlike the path itself."""
    resource = request.match_info.route.resource
    return "none" if resource is None else resource.canonical


def _methods(route: Route) -> tuple[str, ...]:
    return ("GET", "HEAD") if route.method == "GET" else (route.method,)


def _lacks(route: Route) -> Iterable[str]:
    name = f"{route.method} {route.path}"
    access: object = route.access  # a type checker is not everybody's reader
    if not isinstance(access, Permission | Public):
        yield f"{name}: names no permission and does not say why it is public"
    elif isinstance(access, Public) and not access.reason.strip():
        yield f"{name}: is public without a reason"
    if route.method not in METHODS:
        yield f"{name}: {route.method} is not a method we serve"
    if not route.path.startswith("/"):
        yield f"{name}: the path must start with /"


def _doubled(routes: list[Route]) -> Iterable[str]:
    seen: set[tuple[str, str]] = set()
    for route in routes:
        for method in _methods(route):
            if (method, route.path) in seen:
                yield f"{method} {route.path}: is declared twice"
            seen.add((method, route.path))
