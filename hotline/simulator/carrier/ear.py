"""What the person at the far end of a leg hears, moment by moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    """Kinds of moments."""

    RINGING = "ringing"
    ANSWERED = "answered"
    PROMPT = "prompt"
    SAY = "say"
    PAUSE = "pause"
    GATHER = "gather"
    """The carrier now waits for keys; ``what`` says how many."""
    MUSIC = "music"
    """Waiting music of a room that has not started."""
    HOLD = "hold"
    ROOM = "room"
    """Entered a room; ``what`` is its name."""
    TALKING = "talking"
    """Somebody else is on the line; ``what`` is how many are."""
    ALONE = "alone"
    """In a started room with nobody else: silence."""
    ANNOUNCEMENT = "announcement"
    RECORDING = "recording"
    BEEP = "beep"
    """A tone: now it is recorded, or somebody came into the room or left it."""
    TONES = "tones"
    """Keys pressed by the carrier; ``what`` says which."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing heard. ``seconds`` is its length where it has one; ``audio`` a digest."""

    index: int
    kind: Heard
    what: str = ""
    seconds: float = 0.0
    audio: str = ""


class Ear:
    """All moments of one leg; ``listener`` is told of each."""

    def __init__(self, listener: Callable[[Moment], None]) -> None:
        self.moments: list[Moment] = []
        self._listener = listener
        self._news = asyncio.Event()

    def hear(self, kind: Heard, what: str = "", *, seconds: float = 0.0, audio: str = "") -> None:
        """Add a moment and wake those who wait for one."""
        moment = Moment(len(self.moments), kind, what, seconds=seconds, audio=audio)
        self.moments.append(moment)
        news, self._news = self._news, asyncio.Event()
        news.set()
        self._listener(moment)

    async def wait(self, fits: Callable[[Moment], bool], *, after: int = -1) -> Moment:
        """Return the first fitting moment with an index above ``after``, past or future."""
        seen = after + 1
        while True:
            news = self._news
            for moment in self.moments[seen:]:
                if fits(moment):
                    return moment
            seen = len(self.moments)
            await news.wait()
