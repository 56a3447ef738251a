"""A messenger that sends nothing: tests steer it, and what it was given can be looked at."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from hotline.chat.ports import LONGEST, Button, Erases, FetchError, FilePort, Outbound, Pace, Sent


class SilentFiles:
    """Gives the files it was given, and fails as told."""

    def __init__(self, *, longest_in: int = LONGEST, longest_out: int = LONGEST // 2) -> None:
        self.longest_in = longest_in
        self.longest_out = longest_out
        self.held: dict[str, bytes] = {}
        self.failures: list[Exception] = []

    async def fetch(self, handle: str) -> AsyncIterator[bytes]:
        """What is held under the handle, in pieces."""
        if self.failures:
            raise self.failures.pop(0)
        if handle not in self.held:
            raise FetchError("gone", permanent=True)
        whole = self.held[handle]
        for at in range(0, len(whole), 50_000):
            yield whole[at : at + 50_000]


class SilentChannel:
    """Takes everything and sends nothing: for tests, and where no messenger is set up."""

    def __init__(
        self,
        name: str,
        *,
        can_lookup: bool = False,
        pace: Pace | None = None,
        files: FilePort | None = None,
    ) -> None:
        self.name = name
        self.pace = pace or Pace()
        self.can_lookup = can_lookup
        self.files = files
        self.sent: list[Outbound] = []
        self.acknowledged: list[tuple[str, str, str | None]] = []
        self.failures: list[Exception] = []
        self.found: Sent | None = None
        self.erases = Erases(at_once=100, within=timedelta(hours=48))
        self.erased: list[str] = []
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

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Fail as told, else remember."""
        del address
        if self.failures:
            raise self.failures.pop(0)
        self.erased.extend(provider_ids)

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
