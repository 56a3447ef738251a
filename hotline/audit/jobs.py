"""The two endless tasks of the record: tie in what was committed, check that all still holds."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from hotline.audit.service import Audit
from hotline.kernel.errors import Unavailable

log = structlog.get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]

SEAL_S: Final = 1.0
VERIFY_S: Final = 3600.0
_AWAY_S: Final = 10.0


async def seal_forever(audit: Audit, *, sleep: Sleep = asyncio.sleep) -> None:
    """Every second; several processes may do so, one at a time gets the work."""
    while True:
        try:
            await audit.seal()
        except Unavailable:
            log.warning("audit.seal_postponed")
        await sleep(SEAL_S)


async def verify_forever(audit: Audit, *, sleep: Sleep = asyncio.sleep) -> None:
    """At the start and every hour. A broken chain is an alarm and never stops the phone line."""
    while True:
        pause = VERIFY_S
        try:
            await audit.verify()
        except Unavailable:
            pause = _AWAY_S
        await sleep(pause)
