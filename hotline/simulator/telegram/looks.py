"""What a file's first bytes say about it, as Telegram looks at what it is sent."""

from __future__ import annotations

import mimetypes
import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_RATE = 48_000
_LAST_PAGE = 27


def picture_size(body: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None for what is no JPEG and no PNG."""
    if body.startswith(_PNG) and len(body) > 24:  # noqa: PLR2004 - where the sizes end
        width, height = struct.unpack(">II", body[16:24])
        return int(width), int(height)
    return _jpeg_size(body) if body.startswith(_JPEG) else None


def opus_seconds(body: bytes) -> int | None:
    """Return how long an OGG with Opus plays, at least 1; None for anything else."""
    if not body.startswith(b"OggS") or b"OpusHead" not in body[:64]:
        return None
    last = body.rfind(b"OggS")
    if len(body) < last + _LAST_PAGE:
        return None
    granule = int.from_bytes(body[last + 6 : last + 14], "little")
    return max(1, round(granule / _RATE))


def mime_of(name: str) -> str:
    """Return the type that a file's name promises, as the apps tell it."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(body) and body[at] == 0xFF:  # noqa: PLR2004 - a marker
        if body[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")
    return None
