"""What happens when: a heap of things to come, and the time it is."""

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from hotline.rehearsal.plan import span
from hotline.rehearsal.virtual import START

Action = Callable[..., Awaitable[None]]


class Agenda:
    """Things to come, in the order of their time; of two at once, the one that was put first."""

    def __init__(self) -> None:
        self.now = START
        self.steps = 0
        self._heap: list[tuple[datetime, int, Action, tuple[Any, ...]]] = []
        self._put = 0

    def at(self, when: datetime, action: Action, *args: object) -> None:
        """Do it then."""
        self._put += 1
        heapq.heappush(self._heap, (max(when, self.now), self._put, action, args))

    def after(self, seconds: float, action: Action, *args: object) -> None:
        """Do it so much later."""
        self.at(self.now + span(seconds), action, *args)

    def next(self) -> tuple[Action, tuple[Any, ...]] | None:
        """It is later now; what is to be done. None: nothing more happens."""
        if not self._heap:
            return None
        self.now, _, action, args = heapq.heappop(self._heap)
        self.steps += 1
        return action, args
