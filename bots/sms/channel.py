"""Chat's way out by SMS, whoever carries it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bots.sms import render
from bots.sms.model import CHANNEL
from bots.sms.ports import Transport
from hotline.chat.ports import Button, Erases, Outbound, Pace, Sent

PACE: Final = Pace(per_chat_s=1.0)


class SmsChannel:
    """Implements chat's Channel on a transport."""

    name = CHANNEL
    files = None
    erases = Erases(at_once=1)

    def __init__(self, transport: Transport, pace: Pace = PACE) -> None:
        self._transport = transport
        self.can_lookup = transport.can_lookup
        self.pace = pace

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """One segment each, choices as numbers."""
        return render.pieces(text, buttons)

    async def send(self, outbound: Outbound) -> Sent:
        """Send one segment."""
        return await self._transport.send(outbound)

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Whether the provider has it."""
        return await self._transport.lookup(outbound, since)

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """There are no buttons in an SMS."""

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Take the words out of what the provider keeps; those on telephones stay there."""
        del address
        for provider_id in provider_ids:
            await self._transport.erase(provider_id)
