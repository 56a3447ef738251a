"""How SMS is put together."""

from bots.model import Messenger, Outside
from bots.sms.channel import CHANNEL, SmsChannel
from bots.sms.door import Door
from bots.sms.reconciler import Reconciler
from bots.sms.webhook import Webhook
from hotline.carrier.gate import Gate
from hotline.chat.delivery import Delivery
from hotline.chat.reception import Reception
from hotline.infra.house import Room


class SmsMessenger:
    """Short messages through the carrier."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self.channel = SmsChannel(outside.carrier, outside.settings.public_base_url)

    def room(self, reception: Reception, delivery: Delivery) -> Room:
        """The two webhooks, and the net below them."""
        outside = self._outside
        refused = outside.metrics.signatures_bad.labels(CHANNEL).inc
        gate = Gate(outside.signature, outside.settings.carrier.account_sid, refused)
        door = Door(reception, outside.metrics)
        webhook = Webhook(door, delivery, gate, outside.metrics)
        reconciler = Reconciler(outside.carrier, door, outside.clock)
        return Room(name="sms", edge=webhook.routes(), loops={"sms.reconciler": reconciler.run})

    async def close(self) -> None:
        """The carrier's connections are not ours."""


def build(outside: Outside) -> Messenger | None:
    """SMS, where it is switched on."""
    return SmsMessenger(outside) if outside.settings.sms.enabled else None
