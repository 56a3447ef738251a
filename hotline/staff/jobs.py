"""Clears away sessions and counts of failed sign-ins that are over by age."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from hotline.kernel.errors import Unavailable
from hotline.staff.service import Staff

log = structlog.get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]

SWEEP_S: Final = 600.0


async def sweep_forever(staff: Staff, *, sleep: Sleep = asyncio.sleep) -> None:
    """Every ten minutes; an expired session is refused from its last second on, swept or not."""
    while True:
        try:
            await staff.sweep()
        except Unavailable:
            log.warning("staff.sweep_postponed")
        await sleep(SWEEP_S)
