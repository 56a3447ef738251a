"""The log and the dead letters over HTTP."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.cases.cursors import read_cursor, write_cursor
from hotline.contacts.model import Channel, ContactState
from hotline.infra.web.http import actor, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid, NotFound
from hotline.kernel.languages import LANGS
from hotline.review.deadletters import DeadLetters
from hotline.review.model import LogFilter, RiskFilter
from hotline.review.service import Review

_NAMES: Final = {"from": "since", "to": "until", "operator": "operator_id"}
_DAY_LENGTH: Final = len("2026-11-23")
_LONGEST_ID: Final = 18
_FIRST_YEAR, _LAST_YEAR = 1990, 2990  # beyond them a change of time zone overflows


class Views:
    """For supervisors; days are those of `timezone`."""

    def __init__(self, review: Review, letters: DeadLetters, timezone: ZoneInfo) -> None:
        self._review = review
        self._letters = letters
        self._timezone = timezone

    async def log(self, request: web.Request) -> web.StreamResponse:
        """GET /api/log: see docs/api.md for the filters."""
        cursor = request.query.get("cursor")
        page = await self._review.log(
            actor(request),
            log_filter(dict(request.query), self._timezone),
            before=read_cursor(cursor) if cursor else None,
        )
        following = write_cursor(*page.next) if page.next else None
        return json_ok({"rows": page.rows, "next": following, "operators": page.operators})

    async def contact(self, request: web.Request) -> web.StreamResponse:
        """GET /api/log/{id}."""
        return json_ok(await self._review.contact(actor(request), path_uuid(request, "id")))

    async def why(self, request: web.Request) -> web.StreamResponse:
        """GET /api/contacts/{id}/why."""
        return json_ok({"why": await self._review.why(actor(request), path_uuid(request, "id"))})

    async def letters(self, request: web.Request) -> web.StreamResponse:
        """GET /api/dead-letters."""
        return json_ok({"jobs": await self._letters.read(actor(request))})

    async def retry(self, request: web.Request) -> web.StreamResponse:
        """POST /api/dead-letters/{id}/retry."""
        return json_ok({"again": await self._letters.retry(actor(request), _job_id(request))})

    async def discard(self, request: web.Request) -> web.StreamResponse:
        """POST /api/dead-letters/{id}/discard."""
        await self._letters.discard(actor(request), _job_id(request))
        return json_ok({})

    def routes(self) -> list[Route]:
        """What supervisors may ask."""
        manage = Permission.JOB_DEAD_MANAGE
        return [
            Route("GET", "/api/log", self.log, Permission.CONTACT_LOG_READ),
            Route("GET", "/api/log/{id}", self.contact, Permission.CONTACT_RECORD_READ),
            Route("GET", "/api/contacts/{id}/why", self.why, Permission.CONTACT_LOG_READ),
            Route("GET", "/api/dead-letters", self.letters, Permission.JOB_DEAD_READ),
            Route("POST", "/api/dead-letters/{id}/retry", self.retry, manage),
            Route("POST", "/api/dead-letters/{id}/discard", self.discard, manage),
        ]


def log_filter(query: dict[str, str], timezone: ZoneInfo) -> LogFilter:
    """The filters of a query; raises Invalid naming all that make no sense.

    `from` and `to` are days (both included) or moments (`to` excluded).
    """
    asked = {name: value for name, value in query.items() if value}
    parts: dict[str, Callable[[str], Any]] = {
        "from": lambda word: moment(word, timezone, closing=False),
        "to": lambda word: moment(word, timezone, closing=True),
        "channel": Channel,
        "language": _language,
        "topic": str,
        "operator": UUID,
        "risk": RiskFilter,
        "state": ContactState,
    }
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, read in parts.items():
        if name not in asked:
            continue
        try:
            found[_NAMES.get(name, name)] = read(asked[name])
        except (ValueError, OverflowError):
            problems[name] = "not-an-option"
    if problems:
        error = Invalid("invalid-input")
        error.fields = problems  # one of them is named like an argument
        raise error
    return LogFilter(**found)


def moment(word: str, timezone: ZoneInfo, *, closing: bool) -> datetime:
    """A day or a moment as a limit. Raises ValueError."""
    at = datetime.fromisoformat(word)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(word)
    if len(word) == _DAY_LENGTH:
        return (at + timedelta(days=1) if closing else at).replace(tzinfo=timezone)
    return at if at.tzinfo is not None else at.replace(tzinfo=timezone)


def _language(word: str) -> str:
    if word not in LANGS:
        raise ValueError(word)
    return word


def _job_id(request: web.Request) -> int:
    raw = request.match_info["id"]
    if len(raw) > _LONGEST_ID or not (raw.isascii() and raw.isdigit()):
        raise NotFound
    return int(raw)
