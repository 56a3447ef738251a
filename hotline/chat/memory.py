"""A messenger that sends nothing: tests steer it, and what it was given can be looked at."""

from datetime import datetime

from hotline.chat.ports import Button, Outbound, Pace, Sent


class SilentChannel:
    """Takes everything and sends nothing: for tests, and where no messenger is set up."""

    def __init__(self, name: str, *, can_lookup: bool = False, pace: Pace | None = None) -> None:
        self.name = name
        self.pace = pace or Pace()
        self.can_lookup = can_lookup
        self.sent: list[Outbound] = []
        self.acknowledged: list[tuple[str, str, str | None]] = []
        self.failures: list[Exception] = []
        self.found: Sent | None = None
        self.typed: list[str] = []
        self.edits: list[tuple[str, str, str]] = []

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """One part per paragraph marked with a form feed; ordinary text is one part."""
        del buttons
        return tuple(text.split("\f"))

    async def send(self, outbound: Outbound) -> Sent:
        """Fail as told, else remember."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(outbound)
        return Sent(f"{outbound.message_id}.{outbound.part}")

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """What it was told to find."""
        del outbound, since
        return self.found

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """Remember."""
        self.acknowledged.append((address, token, message_id))

    async def typing(self, address: str) -> None:
        """Fail as told, else remember."""
        if self.failures:
            raise self.failures.pop(0)
        self.typed.append(address)

    async def edit(self, address: str, provider_id: str, text: str) -> None:
        """Fail as told, else remember."""
        if self.failures:
            raise self.failures.pop(0)
        self.edits.append((address, provider_id, text))
