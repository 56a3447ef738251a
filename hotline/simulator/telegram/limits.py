"""How many messages a bot may send: one a second to a chat, thirty a second in all."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hotline.simulator.clock import Clock
from hotline.simulator.telegram.errors import BotError

# Short bursts are let through before the limit is felt; how short, Telegram does not say.
_PRIVATE = (1.0, 20.0)
_GROUP = (20 / 60, 20.0)
_ALL = (30.0, 30.0)


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: float
    full: float
    at: float

    def level(self, now: float) -> float:
        """Let in what has come since; return how much is there."""
        self.full = min(self.size, self.full + (now - self.at) * self.rate)
        self.at = now
        return self.full


class Limits:
    """Counts on the simulated clock; switched off by ``on = False``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}
        self.on = True

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Count messages to a chat, or refuse with 429 and when to come back."""
        now = self._clock.instant()
        chat = self._bucket(chat_id, *(_PRIVATE if chat_id > 0 else _GROUP), now=now)
        every = self._bucket(0, *_ALL, now=now)
        missing = [
            (need - one.level(now)) / one.rate
            for one in (chat, every)
            if (need := min(messages, one.size)) > one.level(now)
        ]
        if self.on and missing:
            wait = max(1, math.ceil(self._clock.real(max(missing))))
            raise BotError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for one in (chat, every):
            one.full -= messages

    def _bucket(self, key: int, rate: float, size: float, *, now: float) -> _Bucket:
        if key not in self._buckets:
            self._buckets[key] = _Bucket(rate, size, size, now)
        return self._buckets[key]
