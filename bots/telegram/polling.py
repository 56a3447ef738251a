"""Asks Telegram for updates, where Telegram cannot call us; the same door, the same inbox."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bots.telegram.door import Door
from bots.telegram.updates import ALLOWED
from bots.telegram.wire import Flood
from hotline.kernel.errors import Unavailable

Sleep = Callable[[float], Awaitable[None]]

LONG_POLL_S: Final = 25
_MARGIN_S: Final = 10
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 30.0

log = structlog.get_logger(__name__)


class Polling:
    """Asks for what comes after the last update that was kept.

    Nothing is remembered over a restart: Telegram then gives again what was not confirmed, and the
    inbox knows what it has.
    """

    def __init__(
        self, bot: Bot, door: Door, *, sleep: Sleep = asyncio.sleep, wait_s: int = LONG_POLL_S
    ) -> None:
        self._bot = bot
        self._door = door
        self._sleep = sleep
        self._wait_s = wait_s
        self._offset = 0

    async def run(self) -> None:
        """The endless loop."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                updates = await self._ask()
                await self._take(updates)
            except (TelegramError, Unavailable) as error:
                _explain(error)
                await self._sleep(max(pause, getattr(error, "retry_after_s", 0.0)))
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            else:
                pause = _FIRST_PAUSE_S

    async def _ask(self) -> list[Any]:
        # By the method's bare name: the typed one fails as a whole when one update is odd.
        found = await self._bot.do_api_request(
            "getupdates",
            api_kwargs={
                "offset": self._offset,
                "timeout": self._wait_s,
                "allowed_updates": list(ALLOWED),
            },
            read_timeout=self._wait_s + _MARGIN_S,
        )
        return found if isinstance(found, list) else []

    async def _take(self, updates: list[Any]) -> None:
        for value in updates:
            number = value.get("update_id") if isinstance(value, dict) else None
            if not isinstance(number, int):
                continue
            await self._door.take(value)
            self._offset = number + 1


def _explain(error: Exception) -> None:
    match error:
        case Conflict():
            # Another program polls with this token, or a webhook is set: only one may.
            log.error("telegram.polled_twice_or_webhook_set", reason="conflict")
        case Flood():
            log.warning("telegram.slow_down", retry_s=error.retry_after_s)
        case Unavailable():
            log.warning("telegram.cannot_keep_updates", code=error.code)
        case _:
            log.warning("telegram.unreachable", reason=type(error).__name__)
