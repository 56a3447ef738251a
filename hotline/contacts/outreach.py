"""Whether something automatic may be sent to a caller now: what they asked for, and what is safe.

Who asked to stop is known by the keyed hash of their number alone, so that one word is enough also
from somebody who never was a caller. It binds what the house sends by itself; whether a person
may still be answered by a person is asked at the desk.
"""

from dataclasses import dataclass
from datetime import datetime

from hotline.contacts import optoutstore
from hotline.contacts.model import Channel, Contact
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import allows, next_safe
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether it may go: now, from `until` on, or never, for the reason `code`."""

    code: str = ""
    until: datetime | None = None

    @property
    def now(self) -> bool:
        """Whether nothing is in the way."""
        return not self.code and self.until is None


class Outreach:
    """Reads and writes within the unit of work of whoever asks."""

    def __init__(self, contacts: Contacts, safe: SafeContact) -> None:
        self._contacts = contacts
        self._safe = safe

    async def stop(self, uow: Uow, channel: Channel, address: str) -> bool:
        """They want nothing automatic here any more; False when that was known."""
        return await optoutstore.stop(uow, self._contacts.index(channel, address), channel)

    async def resume(self, uow: Uow, channel: Channel, address: str) -> bool:
        """They take it back; False when there was nothing to take back."""
        return await optoutstore.resume(uow, self._contacts.index(channel, address), channel)

    async def stopped(self, uow: Uow, contact: Contact) -> bool:
        """Whether the caller of a contact asked for it on its channel."""
        return await optoutstore.stopped(uow, contact.caller_id, contact.channel)

    async def leave(self, uow: Uow, contact: Contact) -> Leave:
        """What an automatic text to this caller may do now."""
        if await self.stopped(uow, contact):
            return Leave("asked-to-stop")
        known = await self._safe.of(uow, contact.caller_id)
        if known is None:
            return Leave()
        if not allows(known, contact.channel):
            return Leave("not-safe")
        now = await uow.time()
        safe = next_safe(known, now)
        if safe is None:
            return Leave("not-safe")
        return Leave(until=safe if safe > now else None)
