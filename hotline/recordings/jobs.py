"""The sweep of recordings: destroys what is old, goes on with what got stuck."""

import asyncio
from typing import Final

import structlog

from hotline.kernel.errors import Unavailable
from hotline.recordings.keeping import Keeping

log = structlog.get_logger(__name__)

SWEEP_EVERY_S: Final = 30.0


async def sweep(keeping: Keeping) -> None:
    """Endless."""
    while True:
        try:
            await keeping.sweep()
        except Unavailable:
            log.warning("recording.sweep_waits", reason="database-away")
        await asyncio.sleep(SWEEP_EVERY_S)
