"""How long a prompt lasts: read from the file itself, fetched as the carrier would."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

import aiohttp
from yarl import URL

from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.clock import Clock

_OK = 200
_MP3_SYNC = 0xFFE0
_BITRATES_KBPS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """A fetched prompt."""

    digest: str
    url: str
    content_type: str
    body: bytes
    seconds: float


class Media:
    """Fetch prompts once (HEAD, then GET) and keep them; ``session`` is set at start."""

    session: aiohttp.ClientSession

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_url: dict[str, Sound] = {}
        self.by_digest: dict[str, Sound] = {}

    async def sound(self, url: str) -> Sound:
        """Return the prompt. A missing file or no audio refuses the document that plays it."""
        known = self._by_url.get(url)
        if known is None:
            known = self._by_url[url] = await self._fetch(url)
            self.by_digest[known.digest] = known
        return known

    async def _fetch(self, url: str) -> Sound:
        limit = aiohttp.ClientTimeout(total=self._clock.network(15))
        address = URL(url, encoded=True)
        try:
            async with self.session.head(address, timeout=limit, allow_redirects=True) as head:
                if head.status != _OK:
                    raise DocumentError(11200, f"HEAD answered {head.status}", url=url)
            async with self.session.get(address, timeout=limit) as response:
                if response.status != _OK:
                    raise DocumentError(11200, f"GET answered {response.status}", url=url)
                body = await response.read()
                content_type = response.content_type
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise DocumentError(11200, "The audio file cannot be fetched", url=url) from error
        if not content_type.startswith("audio/"):
            raise DocumentError(12300, f"{content_type} is no audio", url=url)
        return Sound(
            digest=hashlib.sha256(body).hexdigest()[:32],
            url=url,
            content_type=content_type,
            body=body,
            seconds=duration_s(body, url=url),
        )


def duration_s(body: bytes, *, url: str = "") -> float:
    """Return the length of a WAV or MP3 file in seconds, from its headers."""
    if body[:4] == b"RIFF" and body[8:12] == b"WAVE":
        return _wav_s(body, url)
    start = _after_id3(body)
    head = int.from_bytes(body[start : start + 2], "big")
    if len(body) > start + 4 and head & _MP3_SYNC == _MP3_SYNC:
        return _mp3_s(body, start, url=url)
    raise DocumentError(12300, "Neither WAV nor MP3", url=url)


def _wav_s(body: bytes, url: str) -> float:
    position, rate = 12, 0
    while position + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, position)
        if name == b"fmt ":
            rate = struct.unpack_from("<I", body, position + 16)[0]
        if name == b"data" and rate:
            return float(min(size, len(body) - position - 8) / rate)
        position += 8 + size + size % 2
    raise DocumentError(12300, "The WAV file has no sound", url=url)


def _after_id3(body: bytes) -> int:
    if body[:3] != b"ID3":
        return 0
    a, b, c, d = body[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)


def _mp3_s(body: bytes, start: int, *, url: str) -> float:
    version = 1 if body[start + 1] >> 3 & 3 == 3 else 2  # noqa: PLR2004 - MPEG-1 is binary 11
    kbps = (*_BITRATES_KBPS[version], 0)[body[start + 2] >> 4]
    if not kbps:
        raise DocumentError(12300, "The MP3 file has no constant bit rate", url=url)
    return (len(body) - start) * 8 / (kbps * 1000)
