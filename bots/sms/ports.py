"""What the house needs of whoever carries SMS; one adapter per wire, chosen in the settings."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aiohttp import web

from hotline.carrier.form import Form
from hotline.chat.ports import Outbound, Report, Sent


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that came in. `event_id` claims it once; `raw` is all of it, to be kept sealed.

    `media` are the content types of what came beside words.
    """

    event_id: str
    sender: str = field(repr=False)
    to: str = field(repr=False)
    body: str = field(repr=False)
    raw: str = field(repr=False)
    media: tuple[str, ...] = ()


class Transport(Protocol):
    """Carries SMS both ways. Nothing that is read here may raise: people write anything."""

    @property
    def can_lookup(self) -> bool:
        """Whether the provider can be asked what became of a message."""
        ...

    async def verify(self, request: web.Request) -> Form | None:
        """The fields of a request that is really the provider's; None for any other."""
        ...

    def parse_inbound(self, form: Form) -> Arrival:
        """A message from somebody."""
        ...

    def parse_status(self, form: Form, ref: str) -> Report | None:
        """What became of one of ours; `ref` stood in the address. None: nothing we understand."""
        ...

    def thanks(self) -> web.Response:
        """What the provider takes for "kept"."""
        ...

    async def send(self, outbound: Outbound) -> Sent:
        """Send one segment. Raises DeliveryError or OutcomeUnknown, nothing else."""
        ...

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Whether the provider has this segment, sent at `since` or later."""
        ...

    async def erase(self, provider_id: str) -> None:
        """Empty the words of a message where they are kept. Raises as `send` does."""
        ...

    async def close(self) -> None:
        """Let go of connections of its own."""
        ...
