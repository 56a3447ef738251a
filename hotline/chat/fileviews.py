"""Files of chats over HTTP: sent by operators, read by ticket, never opened as a page."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.chat.model import message_json
from hotline.chat.reading import Reading
from hotline.chat.sending import Sending
from hotline.infra.web.http import actor, json_ok, path_uuid, query_number
from hotline.infra.web.ranges import send_range
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid

_CHUNK: Final = 64 * 1024
_UPLOAD_S: Final = 600.0
_DRAIN_S: Final = 30.0


class FileViews:
    """What the desk may ask about files."""

    def __init__(self, sending: Sending, reading: Reading) -> None:
        self._sending = sending
        self._reading = reading

    async def send(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/files?client_id=&reply_to=: the body is the file alone."""
        client_id = request.query.get("client_id", "")
        chunks = request.content.iter_chunked(_CHUNK)
        try:
            async with asyncio.timeout(_UPLOAD_S):
                message = await self._sending.send(
                    actor(request),
                    path_uuid(request, "id"),
                    client_id,
                    _of(chunks),
                    reply_to=query_number(request, "reply_to"),
                )
        except TimeoutError:
            raise Invalid("file-too-slow") from None
        finally:
            await _drain(request)
        return json_ok({"message": message_json(message)})

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        """POST /api/files/{id}/ticket."""
        return json_ok(await self._reading.ticket(actor(request), path_uuid(request, "id")))

    async def content(self, request: web.Request) -> web.StreamResponse:
        """GET /api/files/{id}/content?t=: the whole, or one range of it."""
        ticket = request.query.get("t", "")
        found = await self._reading.content(actor(request), path_uuid(request, "id"), ticket)
        return await send_range(
            request,
            found.media_type,
            found.blob.length,
            lambda start, stop: self._reading.read(found, start, stop),
            **{
                "Content-Disposition": f'attachment; filename="{found.name}"',
                "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            },
        )

    def routes(self) -> list[Route]:
        """All of them."""
        read, write = Permission.CONTACT_OWN_READ, Permission.CHAT_MESSAGE_SEND
        return [
            Route("POST", "/api/chats/{id}/files", self.send, write, streams=True),
            Route("POST", "/api/files/{id}/ticket", self.ticket, read),
            Route("GET", "/api/files/{id}/content", self.content, read),
        ]


async def _of(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    try:
        async for chunk in chunks:
            yield chunk
    except (web.RequestPayloadError, OSError):  # broken, or gone
        raise Invalid("invalid") from None


async def _drain(request: web.Request) -> None:
    """Take what still comes: a browser hears the answer only when all of its body is gone."""
    try:
        async with asyncio.timeout(_DRAIN_S):
            async for _ in request.content.iter_chunked(_CHUNK):
                pass
    except (TimeoutError, web.RequestPayloadError, OSError):
        return
