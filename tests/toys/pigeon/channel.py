"""Chat's way out by pigeon: whoever holds `letters` is the sky."""

from collections.abc import Sequence
from datetime import datetime

from hotline.chat.ports import Button, DeliveryError, Erases, Outbound, Pace, Sent


class PigeonChannel:
    """Implements chat's Channel; choices are written below the words."""

    name = "pigeon"
    pace = Pace()
    can_lookup = False
    files = None
    erases = Erases()

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.burnt: list[str] = []
        self.lost: set[str] = set()

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """One letter."""
        return ("\n".join((text, *(f"[{button.id}] {button.text}" for button in buttons))),)

    async def send(self, outbound: Outbound) -> Sent:
        """One letter to the loft of that address."""
        if outbound.address in self.lost:
            raise DeliveryError("no-address", permanent=True)
        self.letters.append((outbound.address, outbound.text))
        return Sent(str(len(self.letters)))

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Nobody asks a pigeon."""
        del outbound, since
        return None

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """There are no buttons on paper."""

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Burn the letters."""
        del address
        self.burnt += provider_ids
