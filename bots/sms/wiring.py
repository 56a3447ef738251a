"""How SMS is put together."""

from bots.model import Messenger, Outside
from bots.sms.channel import CHANNEL, SmsChannel
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
        """The two webhooks."""
        outside = self._outside
        refused = outside.metrics.signatures_bad.labels(CHANNEL).inc
        gate = Gate(outside.signature, outside.settings.carrier.account_sid, refused)
        webhook = Webhook(reception, delivery, gate, outside.metrics)
        return Room(name="sms", edge=webhook.routes())

    async def close(self) -> None:
        """The carrier's connections are not ours."""


def build(outside: Outside) -> Messenger | None:
    """SMS, where it is switched on."""
    return SmsMessenger(outside) if outside.settings.sms.enabled else None
