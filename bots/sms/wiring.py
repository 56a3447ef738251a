"""How SMS is put together."""

from bots.model import Messenger, Outside
from bots.sms.byaggregator import ByAggregator
from bots.sms.bycarrier import ByCarrier
from bots.sms.channel import SmsChannel
from bots.sms.door import Door
from bots.sms.ports import Transport
from bots.sms.reconciler import Reconciler
from bots.sms.webhook import Webhook
from hotline.carrier.gate import Gate
from hotline.chat.delivery import Delivery
from hotline.chat.reception import Reception
from hotline.infra.house import Loop, Room


class SmsMessenger:
    """Short messages, through the carrier or a provider of their own."""

    def __init__(self, outside: Outside, transport: Transport) -> None:
        self._outside = outside
        self._transport = transport
        self.channel = SmsChannel(transport)

    def room(self, reception: Reception, delivery: Delivery) -> Room:
        """The two webhooks, and the net below them where there is a list to compare with."""
        outside = self._outside
        door = Door(reception, outside.metrics)
        webhook = Webhook(self._transport, door, delivery, outside.metrics)
        loops: dict[str, Loop] = {}
        if isinstance(self._transport, ByCarrier):
            loops["sms.reconciler"] = Reconciler(outside.carrier, door, outside.clock).run
        return Room(name="sms", edge=webhook.routes(), loops=loops)

    async def close(self) -> None:
        """Let go of the transport's connections."""
        await self._transport.close()


def build(outside: Outside) -> Messenger | None:
    """SMS, where it is switched on."""
    settings = outside.settings
    return SmsMessenger(outside, transport_of(outside)) if settings.sms.enabled else None


def transport_of(outside: Outside) -> Transport:
    """Whoever carries SMS here."""
    settings = outside.settings
    if settings.sms.transport == "aggregator":
        return ByAggregator(settings.aggregator, settings.public_base_url)
    gate = Gate(outside.signature, settings.carrier.account_sid, lambda: None)
    return ByCarrier(outside.carrier, gate, settings.public_base_url)
