"""Files from strangers are looked at in a process of their own, with little memory and time.

A decoder that is tricked there finds no key, no database and no other file; one that never ends,
or wants all memory, takes nobody with it. What comes back is all that is ever kept.
"""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from hotline.kernel.errors import HotlineError, Unavailable

_PROGRAM: Final = str(Path(__file__).with_name("scrubber.py"))
_PATIENCE_S: Final = 40.0
_END_S: Final = 0.3
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """How a type of file is called, and whether a page may show or play it."""

    media_type: str
    ending: str
    shown: str = "download"


OPAQUE: Final = FileType("application/octet-stream", "bin")
# Pictures are only those that were made anew; nothing else is ever opened by a page but a voice.
TYPES: Final[Mapping[str, FileType]] = {
    "jpeg": FileType("image/jpeg", "jpg", "picture"),
    "png": FileType("image/png", "png", "picture"),
    "opus": FileType("audio/ogg", "ogg", "voice"),
    "mp3": FileType("audio/mpeg", "mp3"),
    "m4a": FileType("audio/mp4", "m4a"),
    "wav": FileType("audio/wav", "wav"),
    "mp4": FileType("video/mp4", "mp4"),
    "webm": FileType("video/webm", "webm"),
    "pdf": FileType("application/pdf", "pdf"),
    "heic": FileType("image/heic", "heic"),
    "other": OPAQUE,
}


class Refused(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """The file is not kept: empty, damaged, too large, or made to do harm."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is by its content, and the bytes to keep. Implements the store's `Shape`."""

    type: str
    content: AsyncIterator[bytes] = field(repr=False)
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    peaks: bytes | None = None

    def feed(self, data: bytes) -> None:
        """Known already."""

    @property
    def media_type(self) -> str:
        """As the content says, never as anybody declared it."""
        return TYPES[self.type].media_type

    @classmethod
    def of(cls, verdict: Mapping[str, Any], content: AsyncIterator[bytes]) -> Self:
        """From the process's answer, which is believed only as far as it fits."""
        name = verdict.get("type")
        if verdict.get("refused") or name not in TYPES:
            raise Refused(str(verdict.get("refused") or "damaged"))
        numbers = {
            key: int(verdict[key]) for key in ("width", "height", "duration_ms") if key in verdict
        }
        peaks = bytes.fromhex(verdict["peaks"]) if "peaks" in verdict else None
        return cls(str(name), content, **numbers, peaks=peaks)


async def gather(chunks: AsyncIterator[bytes], longest: int) -> bytes:
    """All of it, or `Refused` for more than `longest` bytes, and what chunks raise.

    Before anybody looks: a slow line must not keep those waiting who have their file here.
    """
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        if len(held) > longest:
            raise Refused("too-large")
    return bytes(held)


class Scrub:
    """Looks at one file at a time, because one may take half a gigabyte; the rest waits."""

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(1)

    @contextlib.asynccontextmanager
    async def look(self, raw: bytes) -> AsyncIterator[Looked]:
        """What the file is, as long as the block lasts. Raises `Refused`.

        Raises `Unavailable` where the process cannot be what it has to be.
        """
        async with self._room, _worker() as worker:
            await _feed(worker, raw)
            yield await _answer(worker)


@contextlib.asynccontextmanager
async def _worker() -> AsyncIterator[Process]:
    program = (sys.executable, "-I", "-B", _PROGRAM)
    # Nothing of our surroundings: they hold secrets.
    worker = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE, env={})
    try:
        yield worker
    finally:
        # One that has answered ends by itself; to kill it then would confuse who waits for it.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await worker.wait()
        if worker.returncode is None:
            worker.kill()
            await worker.wait()


async def _feed(worker: Process, raw: bytes) -> None:
    assert worker.stdin is not None  # noqa: S101 - asked for
    try:
        worker.stdin.write(raw)
        await worker.stdin.drain()
        worker.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        raise Refused("damaged") from None


async def _answer(worker: Process) -> Looked:
    assert worker.stdout is not None  # noqa: S101 - asked for
    try:
        async with asyncio.timeout(_PATIENCE_S):
            line = await worker.stdout.readline()
            if not line and await worker.wait() > 0:
                # It was not ended by a limit: it could not begin. That says nothing of the file.
                raise Unavailable("unavailable")
        return Looked.of(json.loads(line), _rest(worker.stdout))
    except (ValueError, TypeError, AttributeError, TimeoutError):  # it was ended, or fooled
        raise Refused("damaged") from None


async def _rest(source: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while chunk := await source.read(_CHUNK):
        yield chunk
