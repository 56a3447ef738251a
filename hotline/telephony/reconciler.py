"""Both sides of the books compared: the carrier's live calls with our legs, and ours with theirs.

Reports get lost in either direction. A call that only we believe in is asked about, never just
written off; one that only the carrier believes in is ended when nobody of ours can be on it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

import structlog

from hotline.carrier.ports import CarrierError, LiveCall
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.kernel.errors import Unavailable
from hotline.telephony import store
from hotline.telephony.lines import Lines, Outside
from hotline.telephony.model import Leg

log = structlog.get_logger(__name__)

# Long enough for first webhooks, look-ups of an unknown outcome and a spoken goodbye.
SETTLED: Final = timedelta(minutes=2)
_LIMIT: Final = 200


class Reconciler:
    """`compare` may run anywhere, at any time, and twice at once."""

    def __init__(self, db: Database, contacts: Contacts, outside: Outside, lines: Lines) -> None:
        self._db = db
        self._contacts = contacts
        self._carrier = outside.carrier
        self._shown = outside.shown
        self._lines = lines

    async def compare(self) -> int:
        """How many calls or legs were ended. Raises CarrierError when it cannot be asked."""
        live = await self._carrier.live_calls()
        async with self._db.reads() as uow:
            now = await uow.time()
            legs = {leg.sid: leg for leg in await store.legs_named(uow, [c.sid for c in live])}
            missing = await store.open_legs_but(uow, list(legs), before=now - SETTLED, limit=_LIMIT)
        ghosts = [call for call in live if await self._is_ghost(call, legs.get(call.sid), now)]
        return await self._hang_up(ghosts) + await self._ask(missing)

    async def _is_ghost(self, call: LiveCall, leg: Leg | None, now: datetime) -> bool:
        """Whether nobody of ours can be on it.

        A stranger's call that we know nothing of may be with the duty telephone: it is left alone.
        """
        if leg is None:
            made_by_us = call.made and call.caller_id.lstrip("+") in self._shown
            return made_by_us and call.since is not None and call.since < now - SETTLED
        if leg.ended_at is not None:
            return leg.ended_at < now - SETTLED
        async with self._db.reads() as uow:
            contact = await self._contacts.get(uow, leg.contact_id)
        left = contact.caller_left_at
        return not contact.live and left is not None and left < now - SETTLED

    async def _hang_up(self, ghosts: Collection[LiveCall]) -> int:
        ended = 0
        for call in ghosts:
            try:
                await self._carrier.hang_up(call.sid)
            except CarrierError as error:
                log.warning("voice.ghost_stays", reason=error.code)
            else:
                log.warning("voice.ghost_ended")
                ended += 1
        return ended

    async def _ask(self, sids: Collection[str]) -> int:
        ended = 0
        for sid in sids:
            try:
                ended += await self._lines.settle(sid)
            except Unavailable:
                break
        return ended
