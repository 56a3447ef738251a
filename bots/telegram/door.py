"""One way in for updates, whether Telegram calls or we ask: read, kept, and only then confirmed."""

import json

from bots.telegram.updates import CHANNEL, read
from hotline.chat.reception import Reception
from hotline.infra.metrics import Metrics


class Door:
    """Takes updates in. Raises Unavailable when nothing can be kept: then they must come again."""

    def __init__(self, reception: Reception, metrics: Metrics, bot: str) -> None:
        self._reception = reception
        self._metrics = metrics
        self._bot = bot

    async def take(self, value: object) -> None:
        """One update, of whatever shape; a repeat changes nothing."""
        update = read(value, self._bot)
        if update is None:
            self._count("unreadable")
        elif update.inbound is None:
            await self._reception.keep(CHANNEL, update.event_id)
            self._count("ignored")
        else:
            first = await self._reception.receive(update.inbound)
            self._count("first" if first else "repeat")

    async def set_aside(self, value: object) -> None:
        """Keep an update that could not be handled, sealed, for a person to look at."""
        update = read(value, self._bot)
        if update is not None:
            raw = json.dumps(value)
            await self._reception.keep(CHANNEL, update.event_id, raw)
            self._count("set-aside")

    def _count(self, how: str) -> None:
        self._metrics.inbox.labels(CHANNEL, how).inc()
