"""How long the two of a room are waited for, as timers that whoever comes in time calls off."""

from datetime import timedelta

from hotline.callbacks.service import Callbacks
from hotline.carrier.capabilities import Capabilities
from hotline.infra.db import Uow
from hotline.telephony.errands import GRACE, NO_JOIN, payload_of, timer
from hotline.telephony.model import Room, Timing


class Patience:
    """Takes part in the caller's transaction, with the contact locked."""

    def __init__(self, capabilities: Capabilities, timing: Timing, callbacks: Callbacks) -> None:
        self._capabilities = capabilities
        self._timing = timing
        self._callbacks = callbacks

    async def with_operator(self, uow: Uow, room: Room) -> None:
        """The operator is gone, and may be back in a moment."""
        at = await uow.time() + self._timing.grace
        key = timer(GRACE, room)
        uow.enqueue(GRACE, payload_of(room), lane=f"timer:{key}", run_at=at, key=key)

    async def to_meet(
        self,
        uow: Uow,
        room: Room,
        *,
        again: bool,
        more: timedelta = timedelta(),
        alone: bool = False,
    ) -> None:
        """The two are to come together from now on; who is called back is given the time for it.

        `alone`: the operator is still to come, and where there are rooms nobody is called before.
        """
        wait = self._timing.no_join + more
        if not self._capabilities.conference:  # rung from the caller's next turn of the hold loop
            wait += timedelta(seconds=self._capabilities.hold_chunk_s + self._timing.ring_s)
        later = alone and self._capabilities.conference
        if not later and await self._callbacks.open_among(uow, [room.contact_id]):
            wait += timedelta(seconds=self._timing.call_back_s) + self._timing.gate
            if await self._callbacks.asks_first(uow, room.contact_id):
                wait += self._timing.reading
        key = timer(NO_JOIN, room)
        at = await uow.time() + wait
        payload = payload_of(room) | {"again": again}
        await uow.cancel(key)
        uow.enqueue(NO_JOIN, payload, lane=f"timer:{key}", run_at=at, key=key)
