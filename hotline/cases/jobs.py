"""The background work of cases: climb the ladder, write to the duty telephone, keep the timers."""

import asyncio
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.cases.climbing import Climbing
from hotline.cases.duty import Duty
from hotline.cases.sealing import Sealing
from hotline.infra.jobcontext import JobContext
from hotline.kernel.errors import Unavailable

log = structlog.get_logger(__name__)

SWEEP_EVERY_S: Final = 15.0


class Jobs:
    """Handlers of the job kinds `case.*`, and the loop that finds timers that went missing."""

    def __init__(self, climbing: Climbing, duty: Duty, sealing: Sealing) -> None:
        self._climbing = climbing
        self._duty = duty
        self._sealing = sealing

    async def climb(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Take the step that is due."""
        await self._climbing.climb(
            UUID(payload["case_id"]), int(payload["round"]), step=int(payload["step"])
        )

    async def duty_sms(self, payload: dict[str, Any], job: JobContext) -> None:
        """Write to the duty telephone."""
        back = bool(payload.get("back"))
        await self._duty.send(int(payload["page_id"]), job, back=back)

    async def sweep(self) -> None:
        """Endless: even a timer that was thrown away comes back, and seals are as cases say."""
        while True:
            try:
                if late := await self._climbing.sweep():
                    log.warning("case.timers_set_again", count=late)
                await self._sealing.sweep()
            except Unavailable:
                log.warning("case.sweep_waits")
            await asyncio.sleep(SWEEP_EVERY_S)
