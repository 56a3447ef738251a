"""What monitoring is told about people: who waits, for how long, who is there, how offers end."""

from typing import Final

from hotline.contacts.events import ContactClosed
from hotline.contacts.model import CHANNELS
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.metrics import Metrics
from hotline.routing import operatorstore, waiting
from hotline.routing.events import OfferAccepted, OfferEnded
from hotline.routing.model import HARD_CALL, OfferState, Presence, Purpose

_ON_SHIFT: Final = (*(one for one in Presence if one is not Presence.OFFLINE), HARD_CALL)


class Numbers:
    """Counts what happens and looks at what is. An event that comes again is counted again."""

    def __init__(self, db: Database, contacts: Contacts, metrics: Metrics) -> None:
        self._db = db
        self._contacts = contacts
        self._metrics = metrics
        self._channels: set[str] = set(CHANNELS)

    async def look(self) -> None:
        """Set the gauges; what is not there any more is 0."""
        async with self._db.reads() as uow:
            waits, _ = await waiting.queue_counts(uow)
            presences = await operatorstore.presences(uow)
        self._channels.update(waits)
        for channel in self._channels:
            self._metrics.waiting.labels(channel).set(waits.get(channel, 0))
        for presence in _ON_SHIFT:
            self._metrics.operators.labels(presence).set(presences.get(presence, 0))

    async def offer_ended(self, event: OfferEnded, _job: JobContext) -> None:
        """Nobody took it."""
        self._metrics.offers.labels(event.how).inc()

    async def offer_accepted(self, event: OfferAccepted, _job: JobContext) -> None:
        """The wait is over; nobody waited for a colleague who joins a talk."""
        self._metrics.offers.labels(OfferState.ACCEPTED).inc()
        if event.purpose == Purpose.TRANSFER:
            return
        async with self._db.reads() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        if contact.reserved_at is not None and contact.waiting_since is not None:
            waited = contact.reserved_at - contact.waiting_since
            self._metrics.waited_s.labels(contact.channel).observe(max(0.0, waited.total_seconds()))

    async def contact_closed(self, event: ContactClosed, _job: JobContext) -> None:
        """A contact reached its end."""
        async with self._db.reads() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        self._metrics.contacts.labels(contact.channel, event.outcome).inc()
