"""One clock, so that a half-hour wait of the simulated world can pass in seconds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


class Clock:
    """Simulated durations, real timestamps.

    ``factor`` is how many simulated seconds pass in one real second. Waiting (prompts, ringing,
    gather time-outs, retry delays) is divided by it. Timestamps stay real, because the program on
    the other end of the wire lives in real time; ``skew_s`` moves them on purpose.
    """

    def __init__(
        self, *, factor: float = 1.0, network_floor_s: float = 10.0, skew_s: float = 0.0
    ) -> None:
        if factor <= 0:
            raise ValueError(factor)
        self.factor = factor
        self.skew = timedelta(seconds=skew_s)
        self._network_floor_s = network_floor_s

    def now(self) -> datetime:
        """Return the time that goes into timestamps (UTC, real, plus the skew)."""
        real = datetime.now(UTC)  # noqa: TID251 - the simulator's one clock; it may not use ours
        return real + self.skew

    def instant(self) -> float:
        """Return simulated seconds on a scale that only goes forward; for durations."""
        return asyncio.get_running_loop().time() * self.factor

    def real(self, seconds: float) -> float:
        """Convert simulated seconds to real ones."""
        return seconds / self.factor

    def network(self, seconds: float) -> float:
        """Real seconds to wait for the other end of the wire.

        The other end is not sped up, so a network limit never shrinks below the floor.
        """
        return max(self.real(seconds), min(seconds, self._network_floor_s))

    async def sleep(self, seconds: float) -> None:
        """Wait simulated seconds."""
        await asyncio.sleep(self.real(seconds))


def rfc2822(moment: datetime | None) -> str | None:
    """Write a time as the carrier's REST API does: ``Tue, 31 Aug 2010 20:36:28 +0000``."""
    return None if moment is None else format_datetime(moment)
