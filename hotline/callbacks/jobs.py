"""The sweeps of callbacks and messages, and the jobs that bring messages in."""

import asyncio
from typing import Any, Final

import structlog

from hotline.callbacks.gathering import Gathering
from hotline.callbacks.messages import DELETE, FETCH, SETTLE, Messages
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.infra.jobcontext import JobContext, JobHandler
from hotline.kernel.errors import Unavailable

log = structlog.get_logger(__name__)

SWEEP_EVERY_S: Final = 5.0
TIDY_EVERY_S: Final = 300.0


async def sweep(callbacks: Callbacks, gathering: Gathering, line: Line) -> None:
    """Endless."""
    while True:
        try:
            await gathering.sweep()
            await callbacks.sweep(line)
        except Unavailable:
            log.warning("callbacks.sweep_waits", reason="database-away")
        await asyncio.sleep(SWEEP_EVERY_S)


async def tidy(messages: Messages) -> None:
    """Endless: nothing said stays at the carrier, and nothing stays here for longer than it may."""
    while True:
        try:
            await messages.sweep()
        except Unavailable:
            log.warning("messages.sweep_waits", reason="database-away")
        await asyncio.sleep(TIDY_EVERY_S)


def handlers(messages: Messages, line: Line) -> dict[str, JobHandler]:
    """What the work role runs for messages."""

    async def settle(payload: dict[str, Any], _job: JobContext) -> None:
        await messages.settle(payload, line)

    return {FETCH: messages.fetch, DELETE: messages.delete, SETTLE: settle}
