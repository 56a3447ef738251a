"""One way in for updates, whether Telegram calls or we ask: read, kept, and only then confirmed."""

import json
from collections import Counter
from typing import Final

import structlog

from bots.telegram.updates import CHANNEL, Update, read
from hotline.chat.reception import Reception
from hotline.infra.metrics import Metrics
from hotline.kernel.errors import Unavailable

_TRIES: Final = 5

log = structlog.get_logger(__name__)


class Door:
    """Takes updates in. Raises Unavailable when one is not kept: then it must come again."""

    def __init__(self, reception: Reception, metrics: Metrics, bot: str) -> None:
        self._reception = reception
        self._metrics = metrics
        self._bot = bot
        self._failed: Counter[str] = Counter()

    async def take(self, value: object) -> None:
        """One update, of whatever shape; a repeat changes nothing.

        One that breaks us every time is set aside for a person: it must not come for ever, nor
        keep those behind it waiting.
        """
        update = read(value, self._bot)
        if update is None:
            self._count("unreadable")
            return
        try:
            await self._take(update)
        except Unavailable:
            raise
        except Exception:
            log.exception("telegram.update_failed")
            self._failed[update.event_id] += 1
            if self._failed[update.event_id] < _TRIES:
                raise Unavailable("update-failed") from None
            await self._reception.set_aside(CHANNEL, update.event_id, json.dumps(value))
            self._count("set-aside")
        del self._failed[update.event_id]

    async def _take(self, update: Update) -> None:
        if update.inbound is None:
            await self._reception.keep(CHANNEL, update.event_id)
            self._count("ignored")
        else:
            first = await self._reception.receive(update.inbound)
            self._count("first" if first else "repeat")

    def _count(self, how: str) -> None:
        self._metrics.inbox.labels(CHANNEL, how).inc()
