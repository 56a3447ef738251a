"""What the carrier reports of recordings."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from aiohttp import web

from hotline.carrier.form import Form
from hotline.carrier.gate import Gate
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable
from hotline.kernel.text import clean
from hotline.recordings.service import Recordings
from hotline.recordings.steering import PATH

_PUBLIC: Final = Public("signed by the carrier, checked before anything is read")
_LIMIT: Final = 64
_LONGEST_S: Final = 10**6


class Webhook:
    """Answered only when the report is written down; `counted(how)` is told what became of it."""

    def __init__(self, recordings: Recordings, gate: Gate, counted: Callable[[str], None]) -> None:
        self._recordings = recordings
        self._gate = gate
        self._counted = counted

    def routes(self) -> list[Route]:
        """The one address."""
        return [Route("POST", PATH, self._gate.guard(self.report), _PUBLIC)]

    async def report(self, request: web.Request, form: Form) -> web.Response:
        """POST /voice/recording?r=: begun, ended, or nothing was recorded."""
        recording_id = _id(request)
        moved = False
        if recording_id is not None:
            sid, status = _word(form, "RecordingSid"), _word(form, "RecordingStatus")
            length = _word(form, "RecordingDuration")
            fits = length.isascii() and length.isdecimal()
            length_s = min(int(length), _LONGEST_S) if fits else None
            try:
                moved = await self._recordings.report(recording_id, sid, status, length_s)
            except Unavailable:
                return web.Response(status=503, headers={"Retry-After": "1"})
        self._counted("moved" if moved else "stale")
        return web.Response()


def _word(form: Form, name: str) -> str:
    return clean(form.get(name, "")[: 4 * _LIMIT], limit=_LIMIT).strip()


def _id(request: web.Request) -> UUID | None:
    try:
        return UUID(request.query.get("r", ""))
    except ValueError:
        return None
