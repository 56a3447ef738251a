"""Answers of which a browser may ask for a part: what a player needs to begin in the middle."""

from collections.abc import AsyncIterator, Callable
from typing import Final

from aiohttp import web

_PARTIAL: Final = 206
_NOT_THERE: Final = 416


async def send_range(
    request: web.Request,
    media_type: str,
    length: int,
    read: Callable[[int, int], AsyncIterator[bytes]],
    **more: str,
) -> web.StreamResponse:
    """Send `length` bytes or the one range that was asked for; `read(start, stop)` gives them.

    A range that cannot be understood is none; one behind the end is 416. Nothing is kept anywhere.
    `more` are further headers.
    """
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "no-store"} | more
    try:
        wanted = request.http_range
    except ValueError:
        wanted = slice(None)
    start, stop = _within(wanted, length)
    if start >= length:
        headers["Content-Range"] = f"bytes */{length}"
        return web.Response(status=_NOT_THERE, headers=headers)
    whole = wanted.start is None and wanted.stop is None
    if not whole:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{length}"
    response = web.StreamResponse(status=200 if whole else _PARTIAL, headers=headers)
    response.content_type = media_type
    response.content_length = stop - start
    await response.prepare(request)
    async for piece in read(start, stop):
        await response.write(piece)
    await response.write_eof()
    return response


def _within(wanted: slice, length: int) -> tuple[int, int]:
    """First byte and the one behind the last; a negative start counts from the end."""
    start, stop = wanted.start or 0, wanted.stop
    if start < 0:
        return max(0, length + start), length
    return start, min(length, stop if stop is not None else length)
