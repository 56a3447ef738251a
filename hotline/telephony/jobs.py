"""The jobs of the telephone by kind, and the sweep that asks about silent calls."""

import asyncio
from typing import Final

import structlog

from hotline.carrier.ports import CarrierError
from hotline.infra.jobcontext import JobHandler
from hotline.kernel.errors import Unavailable
from hotline.telephony import errands
from hotline.telephony.callingback import CallingBack
from hotline.telephony.lines import Lines
from hotline.telephony.reconciler import Reconciler
from hotline.telephony.rooms import Rooms
from hotline.telephony.tuner import Tuner

log = structlog.get_logger(__name__)

COMPARE_EVERY_S: Final = 300.0


class Jobs:
    """What the work role runs for the telephone."""

    def __init__(
        self,
        rooms: Rooms,
        lines: Lines,
        reconciler: Reconciler,
        tuner: Tuner,
        calling_back: CallingBack,
    ) -> None:
        self._lines = lines
        self.reconciler = reconciler
        self.handlers: dict[str, JobHandler] = {
            errands.RING: lines.ring,
            errands.PULL: lines.pull,
            errands.CALL_BACK: calling_back.call,
            errands.HOLD: lines.hold,
            errands.HANG_UP: lines.hang_up,
            errands.END_ROOM: lines.end_room,
            errands.NO_JOIN: rooms.not_joined,
            errands.GRACE: rooms.lost,
            errands.TUNE: tuner.tune,
            errands.RING_GUEST: tuner.ring,
            errands.GUEST_LATE: tuner.late,
        }

    async def reconcile(self) -> None:
        """Endless: status reports get lost, and a call must not be "in progress" for days."""
        while True:
            try:
                ended = await self._lines.reconcile()
                if ended:
                    log.warning("voice.ended_unnoticed", count=ended)
            except Unavailable:
                log.warning("voice.reconcile_waits", reason="database-away")
            await asyncio.sleep(self._lines.ask_every_s)

    async def compare(self) -> None:
        """Endless: what only one side believes in is found by comparing the lists of both."""
        while True:
            try:
                await self.reconciler.compare()
            except (Unavailable, CarrierError) as error:
                log.warning("voice.compare_waits", reason=error.code)
            await asyncio.sleep(COMPARE_EVERY_S)
