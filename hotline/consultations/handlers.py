"""What records do when they hear of contacts, and what they tell the desks."""

from hotline.consultations.events import RecordChanged
from hotline.consultations.service import Consultations
from hotline.contacts.events import ContactClosed, ContactHandedOver, ContactReserved
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent


class Handlers:
    """A draft for every contact in hand; a hint to its operator when another hand wrote in it."""

    def __init__(
        self, db: Database, contacts: Contacts, consultations: Consultations, live: Live
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._consultations = consultations
        self._live = live

    async def reserved(self, event: ContactReserved, _job: JobContext) -> None:
        """Begin the record."""
        await self._consultations.begin(event.contact_id, event.staff_id)

    async def handed_over(self, event: ContactHandedOver, _job: JobContext) -> None:
        """The record goes on in another hand."""
        await self._consultations.begin(event.contact_id, event.staff_id)

    async def closed(self, event: ContactClosed, _job: JobContext) -> None:
        """Leave no draft behind."""
        await self._consultations.settle(event.contact_id)

    async def changed(self, event: RecordChanged, _job: JobContext) -> None:
        """Tell the operator of the contact."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        if contact.operator_id is None:
            return
        body = {
            "contact_id": str(event.contact_id),
            "rev": event.rev,
            "by": str(event.staff_id),
        }
        await self._live.tell(
            LiveEvent(
                "record.changed",
                f"staff:{contact.operator_id}",
                f"record.changed:{event.contact_id}",
                body,
            )
        )
