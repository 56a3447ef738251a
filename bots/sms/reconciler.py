"""Fetches what the carrier could not deliver: it gives up on a webhook after a few seconds."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bots.sms import bycarrier
from bots.sms.door import Door, NotYet
from bots.sms.model import NAME
from bots.sms.ports import Arrival
from hotline.carrier.form import Form
from hotline.carrier.ports import Carrier, CarrierError, MessageReceived
from hotline.kernel.clock import Clock
from hotline.kernel.errors import Unavailable

Sleep = Callable[[float], Awaitable[None]]

EVERY_S: Final = 60.0
FIRST_LOOK: Final = timedelta(hours=24)
# What the carrier lists late, clocks that differ, and a webhook that was still being tried.
OVERLAP: Final = timedelta(minutes=10)
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0

log = structlog.get_logger(__name__)


class Reconciler:
    """Compares the carrier's list with the inbox and takes in what is missing, oldest first.

    Any number of processes may look at once, and while the carrier still posts the same messages:
    the inbox lets each in once. A picture found here is a document: the list does not say more.
    """

    def __init__(
        self, carrier: Carrier, door: Door, clock: Clock, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._carrier = carrier
        self._door = door
        self._clock = clock
        self._sleep = sleep
        self._last: datetime | None = None
        self._told: set[str] = set()

    async def run(self) -> None:
        """The endless loop; nothing ends it, and a trouble is told once until it is over."""
        pause = _FIRST_PAUSE_S
        while True:
            if await self._looked():
                pause = _FIRST_PAUSE_S
                await self._sleep(EVERY_S)
            else:
                await self._sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)

    async def look(self) -> int:
        """Compare once; how many messages were missing. Raises CarrierError or Unavailable.

        Where one of them broke us, the next look goes back as far as this one.
        """
        began = self._clock.now()
        since = began - FIRST_LOOK if self._last is None else self._last - OVERLAP
        listed = [m for m in await self._carrier.received_messages(since) if NAME.fullmatch(m.sid)]
        known = await self._door.known([m.sid for m in listed]) if listed else set()
        missed = [m for m in listed if m.sid not in known]
        taken = [await self._take(message) for message in missed]
        if None not in taken:
            self._last = began
        return sum(filter(None, taken))

    async def _looked(self) -> bool:
        try:
            count = await self.look()
        except (CarrierError, Unavailable) as error:
            if error.code not in self._told:
                log.warning("sms.reconciler_waits", code=error.code)
            self._told.add(error.code)
            return False
        except Exception as error:
            # A crash would start the loop anew in a moment, and fill the log with the same.
            name = type(error).__name__
            if name not in self._told:
                log.exception("sms.reconciler_failed")
            self._told.add(name)
            return False
        if self._told:
            log.info("sms.reconciler_goes_on")
            self._told.clear()
        if count:
            log.warning("sms.missed_messages_taken", count=count)
        return True

    async def _take(self, message: MessageReceived) -> bool | None:
        """False for a repeat, None for one that broke us: those behind it must not wait for it."""
        try:
            return await self._door.take(_arrival(message), first="missed")
        except NotYet:
            return None


def _arrival(message: MessageReceived) -> Arrival:
    """As the carrier would have posted it."""
    return bycarrier.arrival(
        Form(
            {
                "MessageSid": message.sid,
                "From": message.sender,
                "To": message.to,
                "Body": message.body,
                "NumMedia": str(message.num_media),
            }
        )
    )
