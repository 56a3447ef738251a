"""What desks hear of callers."""

from hotline.contacts.events import LinkSuggested
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent


class Handlers:
    """Tells the operator of a contact to look again at who the caller is."""

    def __init__(self, db: Database, contacts: Contacts, live: Live) -> None:
        self._db = db
        self._contacts = contacts
        self._live = live

    async def link_suggested(self, event: LinkSuggested, _job: JobContext) -> None:
        """Say that there is something to look at; never what."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        if contact.operator_id is not None:
            kind = "contact.links"
            body = {"contact_id": str(contact.id)}
            await self._live.tell(
                LiveEvent(kind, f"staff:{contact.operator_id}", f"{kind}:{contact.id}", body)
            )
