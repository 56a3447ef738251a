"""The jobs of the telephone by kind, and the sweep that asks about silent calls."""

import asyncio
from typing import Final

import structlog

from hotline.infra.jobcontext import JobHandler
from hotline.kernel.errors import Unavailable
from hotline.telephony import rooms as kinds
from hotline.telephony.callingback import CallingBack
from hotline.telephony.lines import Lines
from hotline.telephony.rooms import Rooms

log = structlog.get_logger(__name__)

RECONCILE_EVERY_S: Final = 15.0


class Jobs:
    """What the work role runs for the telephone."""

    def __init__(self, rooms: Rooms, lines: Lines, calling_back: CallingBack) -> None:
        self._lines = lines
        self.handlers: dict[str, JobHandler] = {
            kinds.RING: lines.ring,
            kinds.PULL: lines.pull,
            kinds.CALL_BACK: calling_back.call,
            kinds.HOLD: lines.hold,
            kinds.HANG_UP: lines.hang_up,
            kinds.END_ROOM: lines.end_room,
            kinds.NO_JOIN: rooms.not_joined,
            kinds.GRACE: rooms.lost,
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
            await asyncio.sleep(RECONCILE_EVERY_S)
