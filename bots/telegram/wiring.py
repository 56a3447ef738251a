"""How the Telegram bot is put together."""

from bots.model import Messenger, Outside
from bots.telegram.channel import TelegramChannel
from bots.telegram.door import Door
from bots.telegram.polling import Polling
from bots.telegram.registration import Registration
from bots.telegram.webhook import Webhook
from bots.telegram.wire import Wire, make_bot
from hotline.chat.delivery import Delivery
from hotline.chat.reception import Reception
from hotline.infra.house import Room


class TelegramMessenger:
    """The bot. Building it makes no request, so that Telegram being away stops nobody."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._wire = Wire()
        self._bot = make_bot(outside.settings.telegram, self._wire)
        self.channel = TelegramChannel(self._bot)

    def room(self, reception: Reception, delivery: Delivery) -> Room:
        """The webhook or the polling loop, and what keeps Telegram informed of which."""
        del delivery
        settings, metrics = self._outside.settings, self._outside.metrics
        section = settings.telegram
        # The number before the colon is the bot's public id; update numbers belong to it.
        door = Door(reception, metrics, section.token.reveal().partition(":")[0])
        calls_us = section.mode == "webhook"
        base = settings.public_base_url if calls_us else ""
        registration = Registration(
            self._bot, base, section.webhook_secret, self._outside.catalogue
        )
        loops = {"telegram.registration": registration.run}
        if not calls_us:
            loops["telegram.polling"] = Polling(self._bot, door).run
        routes = Webhook(door, section.webhook_secret, metrics).routes() if calls_us else []
        return Room(name="telegram", edge=routes, edge_loops=loops)

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.shutdown()


def build(outside: Outside) -> Messenger | None:
    """The bot, where it is switched on."""
    return TelegramMessenger(outside) if outside.settings.telegram.enabled else None
