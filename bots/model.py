"""What a messenger is built from, and what it gives the house."""

from dataclasses import dataclass, field
from typing import Protocol

from hotline.carrier.ports import Carrier
from hotline.carrier.signature import Signature
from hotline.chat.delivery import Delivery
from hotline.chat.ports import Channel
from hotline.chat.reception import Reception
from hotline.i18n.catalogue import Catalogue
from hotline.infra.house import Room
from hotline.infra.metrics import Metrics
from hotline.kernel.clock import Clock, SystemClock
from hotline.settings import Settings


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything a messenger may need of the world and the ground floors."""

    settings: Settings
    catalogue: Catalogue
    carrier: Carrier
    signature: Signature
    metrics: Metrics
    clock: Clock = field(default_factory=SystemClock)


class Messenger(Protocol):
    """One messenger: its way out, and its room with the way in."""

    @property
    def channel(self) -> Channel:
        """The way out."""
        ...

    def room(self, reception: Reception, delivery: Delivery) -> Room:
        """The way in: webhooks and loops."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
