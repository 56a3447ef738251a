"""What the desk is told of recordings."""

from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.recordings.events import RecordingChanged


class Handlers:
    """Reacts to recordings."""

    def __init__(self, db: Database, contacts: Contacts, live: Live) -> None:
        self._db = db
        self._contacts = contacts
        self._live = live

    async def changed(self, event: RecordingChanged, _job: JobContext) -> None:
        """The desk of whoever has the contact shows it anew."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        if contact.operator_id is not None:
            body = {"contact_id": str(contact.id)}
            place, key = f"staff:{contact.operator_id}", f"contact.card:{contact.id}"
            await self._live.tell(LiveEvent("contact.card", place, key, body))
