"""The sweeps of routing: expired offers, matches as a net, silent desks, forgotten records."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from typing import Final

import structlog

from hotline.infra.heartbeats import Heartbeats
from hotline.kernel.errors import Unavailable
from hotline.kernel.ids import StaffId
from hotline.routing.service import Routing
from hotline.routing.shifts import Shifts

log = structlog.get_logger(__name__)

EXPIRE_EVERY_S: Final = 0.25
MATCH_EVERY_S: Final = 1.0
LOOK_AGAIN_TURNS: Final = 15
WATCH_EVERY_S: Final = 5.0
GIVE_UP_EVERY_S: Final = 60.0
TIME_EVERY_S: Final = 0.5
SILENT_AFTER: Final = timedelta(seconds=25)
# A desk is given up only after looks in a row. One that was never seen gets longer: Redis may just
# have been emptied, and a desk beats every 10 s only.
LOOKS: Final = 2
LOOKS_UNSEEN: Final = 6
# A reload takes seconds; after two minutes of silence what a desk holds goes to somebody else.
LOOKS_TO_HAND_OVER: Final = 24


class Sweeps:
    """Endless loops for the role work; several may run side by side."""

    def __init__(self, routing: Routing, shifts: Shifts, heartbeats: Heartbeats) -> None:
        self._routing = routing
        self._shifts = shifts
        self._heartbeats = heartbeats
        self._missed: Counter[StaffId] = Counter()
        self._away = False

    async def expire(self) -> None:
        """End offers at their deadline."""
        while True:
            await self._unless_away(self._routing.expire_due)
            await asyncio.sleep(EXPIRE_EVERY_S)

    async def match(self) -> None:
        """The net under the events: whatever can be matched is, at the latest a second later."""
        await self._unless_away(self._routing.begin)
        for turn in count():
            if turn % LOOK_AGAIN_TURNS == 0:
                await self._unless_away(self._shifts.count_anew)
                await self._unless_away(self._routing.look_again)
            await self._unless_away(self._routing.tend)
            await asyncio.sleep(MATCH_EVERY_S)

    async def watch(self) -> None:
        """Take desks that fell silent out of rotation, before a caller is offered to one."""
        while True:
            await self._unless_away(self.look)
            await asyncio.sleep(WATCH_EVERY_S)

    async def give_up(self) -> None:
        """Close what nobody came to write up."""
        while True:
            await self._unless_away(self._shifts.give_up_forgotten)
            await asyncio.sleep(GIVE_UP_EVERY_S)

    async def time(self) -> None:
        """End what ends by itself: the time for writing up, pauses after a hard call."""
        while True:
            await self._unless_away(self._shifts.end_wrap_ups)
            await self._unless_away(self._shifts.end_pauses)
            await asyncio.sleep(TIME_EVERY_S)

    async def look(self) -> int:
        """One look at all heartbeats; how many desks were given up. Redis away: nobody is."""
        watched = await self._shifts.watched()
        seen = await self._heartbeats.seen(watched) if watched else {}
        if seen is None:
            return 0
        limit = SILENT_AFTER.total_seconds()
        silent = [i for i in watched if (age := seen.get(i)) is None or age > limit]
        self._missed = Counter({i: self._missed[i] + 1 for i in silent})
        gone = [
            i
            for i, looks in self._missed.items()
            if looks >= (LOOKS_UNSEEN if seen.get(i) is None else LOOKS)
        ]
        await self._shifts.unreachable(gone)
        await self._shifts.reachable([i for i in watched if i not in self._missed])
        await self._shifts.hand_over(
            [i for i, looks in self._missed.items() if looks >= LOOKS_TO_HAND_OVER]
        )
        return len(gone)

    async def _unless_away(self, step: Callable[[], Awaitable[int]]) -> None:
        try:
            await step()
        except Unavailable:
            if not self._away:
                log.warning("routing.sweep_waits")
            self._away = True
        else:
            self._away = False
