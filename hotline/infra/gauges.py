"""The numbers that nobody counts up and somebody has to look at now and then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from hotline.infra.backlog import backlog
from hotline.infra.db import Database
from hotline.infra.metrics import Metrics
from hotline.kernel.errors import Unavailable

Gauge = Callable[[], Awaitable[None]]

EVERY_S: Final = 10.0
_BEAT_S: Final = 1.0


async def watch_lag(metrics: Metrics) -> None:
    """Endless: how much later than asked for this process wakes up."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _BEAT_S
        await asyncio.sleep(_BEAT_S)
        metrics.loop_lag_s.set(max(0.0, loop.time() - due))


async def keep_looking(gauges: Sequence[Gauge]) -> None:
    """Endless: set them all again and again. What cannot be known now keeps its last value."""
    while True:
        for gauge in gauges:
            try:
                await gauge()
            except Unavailable:
                break
        await asyncio.sleep(EVERY_S)


def of_jobs(db: Database, metrics: Metrics) -> Gauge:
    """How far behind the jobs are."""

    async def look() -> None:
        found = await backlog(db)
        metrics.job_age_s.set(found.oldest_s)
        metrics.dead_letters.set(found.dead)

    return look
