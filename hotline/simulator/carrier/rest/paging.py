"""Lists in pages, with the links the vendor's libraries follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from aiohttp import web

from hotline.simulator.carrier.errors import invalid

_T = TypeVar("_T")
_DEFAULT_SIZE = 50
_MAX_SIZE = 1000


def page(
    request: web.Request, name: str, items: Sequence[_T], *, show: Callable[[_T], dict[str, object]]
) -> web.Response:
    """Answer with one page of a list under its ``name``."""
    number = _whole(request, "Page", default=0, high=1_000_000)
    size = max(1, _whole(request, "PageSize", default=_DEFAULT_SIZE, high=_MAX_SIZE))
    first = number * size
    shown = items[first : first + size]
    more = first + size < len(items)
    body: dict[str, object] = {
        name: [show(item) for item in shown],
        "page": number,
        "page_size": size,
        "start": first,
        "end": max(first, first + len(shown) - 1),
        "uri": request.path_qs,
        "first_page_uri": _link(request, 0, size),
        "previous_page_uri": _link(request, number - 1, size) if number else None,
        "next_page_uri": _link(request, number + 1, size) if more else None,
    }
    return web.json_response(body)


def _whole(request: web.Request, name: str, *, default: int, high: int) -> int:
    value = request.query.get(name, "")
    if value and not value.isdecimal():
        raise invalid(f"Invalid value for {name}")
    return min(high, int(value)) if value else default


def _link(request: web.Request, number: int, size: int) -> str:
    kept = [
        (key, value)
        for key, value in request.query.items()
        if key not in {"Page", "PageSize", "PageToken"}
    ]
    return f"{request.path}?{urlencode([*kept, ('PageSize', size), ('Page', number)])}"
