"""Cases over HTTP."""

from typing import Final
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.cases.board import Board, Seen
from hotline.cases.cursors import read_cursor, write_cursor
from hotline.cases.model import (
    NOTE_LIMIT,
    REASON_LIMIT,
    CaseKind,
    CaseResult,
    CaseState,
    Level,
    Wish,
)
from hotline.cases.sealing import Sealing
from hotline.cases.service import Cases
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid

_ALL: Final = "all"


class Escalate(BaseModel):
    """What the operator asks for."""

    model_config = ConfigDict(extra="forbid")
    kind: CaseKind
    level: Level
    reason: str = Field(default="", max_length=REASON_LIMIT)


class Note(BaseModel):
    """Words for the history of a case."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=NOTE_LIMIT)


class Close(Note):
    """How it ended."""

    result: CaseResult


class Seal(BaseModel):
    """Whether its person is served by senior operators only."""

    model_config = ConfigDict(extra="forbid")
    sealed: bool


class Views:
    """Raise, take, read, note and close."""

    def __init__(self, cases: Cases, sealing: Sealing, board: Board) -> None:
        self._cases = cases
        self._sealing = sealing
        self._board = board

    async def escalate(self, request: web.Request) -> web.StreamResponse:
        """POST /api/contacts/{id}/escalate."""
        body = await json_body(request, Escalate)
        wish = Wish(body.kind, body.level, body.reason)
        case = await self._cases.escalate(actor(request), path_uuid(request, "id"), wish)
        return await self._card(case.id)

    async def cases(self, request: web.Request) -> web.StreamResponse:
        """GET /api/cases?state=open|acknowledged|closed|all&cursor=…."""
        found = await self._board.listed(actor(request), _state(request), before=_cursor(request))
        following = write_cursor(*found.next) if found.next else None
        return json_ok({"cases": found.cards, "next": following})

    async def case(self, request: web.Request) -> web.StreamResponse:
        """GET /api/cases/{id}."""
        return json_ok(await self._board.read(actor(request), path_uuid(request, "id")))

    async def acknowledge(self, request: web.Request) -> web.StreamResponse:
        """POST /api/escalations/{id}/ack."""
        case = await self._cases.acknowledge(actor(request), path_uuid(request, "id"))
        return await self._card(case.id)

    async def note(self, request: web.Request) -> web.StreamResponse:
        """POST /api/escalations/{id}/note."""
        body = await json_body(request, Note)
        case = await self._cases.note(actor(request), path_uuid(request, "id"), body.text)
        return await self._card(case.id)

    async def close(self, request: web.Request) -> web.StreamResponse:
        """POST /api/escalations/{id}/close."""
        body = await json_body(request, Close)
        case = await self._cases.close(
            actor(request), path_uuid(request, "id"), body.result, body.text
        )
        return await self._card(case.id)

    async def seal(self, request: web.Request) -> web.StreamResponse:
        """POST /api/escalations/{id}/seal."""
        body = await json_body(request, Seal)
        case = await self._sealing.seal(
            actor(request), path_uuid(request, "id"), sealed=body.sealed
        )
        return await self._card(case.id)

    def routes(self) -> list[Route]:
        """What staff may ask of cases."""
        ack, read = Permission.CASE_ESCALATION_ACK, Permission.CASE_RECORD_READ
        raising = Permission.CASE_ESCALATION_RAISE
        return [
            Route("POST", "/api/contacts/{id}/escalate", self.escalate, raising),
            Route("GET", "/api/cases", self.cases, read),
            Route("GET", "/api/cases/{id}", self.case, read),
            Route("POST", "/api/escalations/{id}/ack", self.acknowledge, ack),
            Route("POST", "/api/escalations/{id}/note", self.note, ack),
            Route("POST", "/api/escalations/{id}/close", self.close, ack),
            Route("POST", "/api/escalations/{id}/seal", self.seal, ack),
        ]

    async def _card(self, case_id: UUID) -> web.StreamResponse:
        return json_ok(await self._board.card(case_id))


def _state(request: web.Request) -> CaseState | None:
    wanted = request.query.get("state", CaseState.OPEN)
    if wanted == _ALL:
        return None
    try:
        return CaseState(wanted)
    except ValueError:
        raise Invalid("invalid-input", state="not-an-option") from None


def _cursor(request: web.Request) -> Seen | None:
    raw = request.query.get("cursor")
    return read_cursor(raw) if raw else None
