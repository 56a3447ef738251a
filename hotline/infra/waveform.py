"""How long a sound is, and how loud it is when: read while it passes by, from WAV only."""

import struct
import sys
from array import array
from itertools import pairwise
from typing import Final

POINTS: Final = 800
"""The most peaks a sound has: one byte each, 0 silent to 255 as loud as can be."""

_PCM: Final = 1
_SAMPLE: Final = 2  # bytes
_LOUDEST: Final = 32_767
_A_TENTH: Final = 10  # of a second is what one loudness is measured over at first
_LONGEST_HEAD: Final = 64 * 1024
_CHUNK: Final = struct.Struct("<4sI")
_FORMAT: Final = struct.Struct("<HHIIHH")


class Waveform:
    """Feed it the file as it comes; of what is no WAV with 16 bits a sample it knows nothing."""

    def __init__(self) -> None:
        self._kept = b""
        self._rate = 0  # bytes a second; 0 until the head is read
        self._step = 0
        self._left = 0
        self._counted = 0
        self._deaf = False
        self._loud = bytearray()

    def feed(self, data: bytes) -> None:
        """The next bytes of the file."""
        if self._deaf:
            return
        self._kept += data
        if not self._rate:
            self._read_head()
        if self._rate:
            self._measure()

    @property
    def duration_ms(self) -> int | None:
        """Milliseconds; None when this sound could not be read."""
        return round(1000 * self._counted / self._rate) if self._rate else None

    @property
    def peaks(self) -> bytes | None:
        """At most `POINTS` bytes over the whole length; None when it could not be read."""
        if not self._rate:
            return None
        many = len(self._loud)
        points = min(many, POINTS)
        edges = [many * n // points for n in range(points + 1)] if points else [0]
        return bytes(max(self._loud[a:b]) for a, b in pairwise(edges))

    def _read_head(self) -> None:
        head = self._kept
        if head[:4] != b"RIFF"[: len(head)] or len(head) > _LONGEST_HEAD:
            self._deaf = True
            return
        at, rate, step = 12, 0, 0
        while at + _CHUNK.size <= len(head):
            name, size = _CHUNK.unpack_from(head, at)
            inside = at + _CHUNK.size
            if name == b"data":
                self._begin(head[inside:], rate, step, size)
                return
            if name == b"fmt " and inside + _FORMAT.size <= len(head):
                kind, _, _, rate, align, bits = _FORMAT.unpack_from(head, inside)
                if kind != _PCM or bits != 8 * _SAMPLE or not rate or not align:
                    self._deaf = True
                    return
                step = max(align, rate // _A_TENTH // align * align)
            at = inside + size + size % 2

    def _begin(self, body: bytes, rate: int, step: int, size: int) -> None:
        self._deaf = not rate
        self._kept, self._rate, self._step, self._left = body, rate, step, size

    def _measure(self) -> None:
        """Whole steps only; less than a tenth of a second at the end is counted, not measured."""
        usable = self._kept[: self._left]
        whole = len(usable) // self._step * self._step
        samples = array("h", usable[:whole])
        if sys.byteorder == "big":
            samples.byteswap()
        wide = self._step // _SAMPLE
        for at in range(0, len(samples), wide):
            some = samples[at : at + wide]
            loudest = min(_LOUDEST, max(-min(some), max(some)))  # noqa: PLW3301 - unpacked it is slow
            self._loud.append(loudest * 255 // _LOUDEST)
        self._counted += whole
        self._left -= whole
        self._kept = self._kept[whole:]
