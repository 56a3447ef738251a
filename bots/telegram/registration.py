"""Tells Telegram how to reach us, in the background: it may be away when we start."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bots.telegram.updates import ALLOWED
from bots.telegram.webhook import PATH
from hotline.i18n.catalogue import Catalogue
from hotline.kernel.languages import LANGS, SOURCE
from hotline.kernel.secret import Secret

Sleep = Callable[[float], Awaitable[None]]

CHECK_S: Final = 600.0
_CONNECTIONS: Final = 20
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_COMMANDS: Final = ("start", "language", "info", "hours", "delete", "stop", "help")

log = structlog.get_logger(__name__)


class Registration:
    """Keeps the webhook set (`url`), or away (`url` is empty: polling), and the menu in place."""

    def __init__(
        self,
        bot: Bot,
        public_base_url: str,
        secret: Secret,
        catalogue: Catalogue,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._url = f"{public_base_url}{PATH}" if public_base_url else ""
        self._secret = secret
        self._catalogue = catalogue
        self._sleep = sleep
        self._told = False

    async def run(self) -> None:
        """The endless loop: nothing else waits for it."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                await self.once()
            except TelegramError as error:
                log.warning("telegram.registration_failed", reason=type(error).__name__)
                await self._sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            else:
                pause = _FIRST_PAUSE_S
                await self._sleep(CHECK_S)

    async def once(self) -> None:
        """Set what differs; after a start always, because the secret cannot be looked at."""
        known = await self._bot.get_webhook_info()
        if known.last_error_date is not None and known.pending_update_count:
            log.warning("telegram.webhook_trouble", pending=known.pending_update_count)
        if self._told and known.url == self._url:
            return
        if self._url:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret.reveal(),
                allowed_updates=list(ALLOWED),
                max_connections=_CONNECTIONS,
                drop_pending_updates=False,
            )
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)
        await self._menu()
        self._told = True
        log.info("telegram.registered", mode="webhook" if self._url else "polling")

    async def _menu(self) -> None:
        for lang in LANGS:
            commands = [
                BotCommand(name, self._catalogue.t(lang, f"bot-command-{name}"))
                for name in _COMMANDS
            ]
            code = None if lang == SOURCE else lang
            await self._bot.set_my_commands(commands, language_code=code)
