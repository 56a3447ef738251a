"""The sweep of callbacks: whose time has come, and whose has passed."""

import asyncio
from typing import Final

import structlog

from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.kernel.errors import Unavailable

log = structlog.get_logger(__name__)

SWEEP_EVERY_S: Final = 5.0


async def sweep(callbacks: Callbacks, line: Line) -> None:
    """Endless."""
    while True:
        try:
            await callbacks.sweep(line)
        except Unavailable:
            log.warning("callbacks.sweep_waits", reason="database-away")
        await asyncio.sleep(SWEEP_EVERY_S)
