"""Where a waiting contact stands, and how long it will take: one look at the queue for each ask.

What changes slowly is kept for a while in the process: who is on shift, how long talks take. It is
read anew as well when PostgreSQL's clock was put back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.contacts.model import Channel, Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.kernel.languages import Lang
from hotline.routing import standing, store, waits
from hotline.routing.waits import Crew, Expected, Service

_CREWS_FOR: Final = timedelta(seconds=3)
_SERVICE_FOR: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The place among contacts of the same kind, from 1, and what is known of the wait."""

    place: int
    wait: Expected | None


class Outlooks:
    """One per process. Takes part in the caller's transaction.

    `writing`: the longest that an operator is kept for writing up.
    """

    def __init__(self, contacts: Contacts, writing: timedelta) -> None:
        self._contacts = contacts
        self._writing = writing
        self._crews: dict[str, tuple[datetime, list[Crew]]] = {}
        self._services: dict[tuple[Channel, Lang | None], tuple[datetime, Service | None]] = {}

    async def of(self, uow: Uow, contact: Contact) -> Outlook | None:
        """None when the contact does not wait; no time where too little is known, or in danger."""
        if contact.danger:
            place = await store.position(uow, contact.id)
            return Outlook(place, None) if place is not None else None
        found = await standing.of(uow, contact.id)
        if found is None:
            return None
        return Outlook(found.place, await self._wait(uow, contact, found))

    async def _wait(self, uow: Uow, contact: Contact, found: standing.Standing) -> Expected | None:
        crews = await self._on_shift(uow, contact.channel.kind, found.at)
        known = waits.steps(found.asks, found.ahead, crews)
        talks = await self._service(uow, contact, found.at) if known else None
        if known is None or talks is None or known[0] <= 0:
            return None
        gone = await self._contacts.answered_since(uow, contact)
        return waits.expected(*known, talks, waited_s=found.waited_s, gone=gone)

    async def _on_shift(self, uow: Uow, kind: str, at: datetime) -> list[Crew]:
        read_at, crews = self._crews.get(kind, (None, []))
        if read_at is None or abs(at - read_at) >= _CREWS_FOR:
            crews = await standing.crews(uow, kind)
            self._crews[kind] = (at, crews)
        return crews

    async def _service(self, uow: Uow, contact: Contact, at: datetime) -> Service | None:
        key = (contact.channel, contact.language)
        read_at, talks = self._services.get(key, (None, None))
        if read_at is None or abs(at - read_at) >= _SERVICE_FOR:
            talks = waits.service(
                await self._contacts.talks(
                    uow,
                    contact,
                    newest=waits.MOST,
                    within=waits.RECENT,
                    writing=self._writing,
                )
            )
            self._services[key] = (at, talks)
        return talks
