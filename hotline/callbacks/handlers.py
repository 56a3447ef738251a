"""What callbacks do when they hear of contacts."""

from hotline.callbacks.service import Callbacks
from hotline.contacts.events import ContactTalking
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext


class Handlers:
    """Reacts to contacts."""

    def __init__(self, db: Database, callbacks: Callbacks) -> None:
        self._db = db
        self._callbacks = callbacks

    async def talking(self, event: ContactTalking, _job: JobContext) -> None:
        """The two are together, however it came about: nobody is to be called any more."""
        async with self._db.uow() as uow:
            await self._callbacks.reached(uow, event.contact_id)
